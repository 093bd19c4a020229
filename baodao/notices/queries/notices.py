"""Notices shown to a person or to an organisation."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.notices.models import Notice
from baodao.notices.queries.pending import closed_among
from baodao.notices.queries.preferences import topics_off
from baodao.notices.rules.catalogue import KINDS, hidden_kinds
from baodao.orgs.models import Organisation
from baodao.ui.wording import filled


def _shown() -> QuerySet[Notice]:
    return Notice.objects.filter(show_at__lte=clock.now()).order_by("-show_at", "-id")


def _wanted(rows: QuerySet[Notice], actor: Actor) -> QuerySet[Notice]:
    """Without what the actor turned off; decisions about somebody stay."""
    off = topics_off(actor)
    return rows.exclude(kind__in=hidden_kinds(off)) if off else rows


def _to(actor: Actor) -> Q:
    """Addressed to the actor in person; to nobody for who acts by a token."""
    if not actor.reaches_own or (actor.account_id is None and actor.person_id is None):
        return Q(pk=None)
    if actor.person_id is not None:
        return Q(person=actor.person_id)
    return Q(account=actor.account_id)


def persons_told(kind: str, about: UUID) -> set[UUID]:
    """Whom a notice of this kind told about something, for the slice that tells it."""
    rows = Notice.objects.filter(kind=kind, about=about, person__isnull=False)
    return set(rows.order_by().values_list("person", flat=True))


def own_notices(actor: Actor) -> QuerySet[Notice]:
    """What the actor in person was told, newest first; nothing before its hour."""
    return _wanted(_shown().filter(_to(actor)), actor)


def of_organisation(actor: Actor, organisation: Organisation) -> QuerySet[Notice]:
    """What the organisation itself was told; `Absent` for who does not act for it."""
    if not actor.may(Permission.REGISTRATION_READ, organisation.path):
        raise Absent("notices")
    return _wanted(_shown().filter(organisation=organisation), actor)


def _told(actor: Actor, organisation: Organisation | None) -> QuerySet[Notice]:
    """All that the actor in person, and the organisation acted for, was told."""
    if organisation is None or not actor.may(Permission.REGISTRATION_READ, organisation.path):
        return _shown().filter(_to(actor))
    return _shown().filter(Q(organisation=organisation) | _to(actor))


def notices_to(actor: Actor, organisation: Organisation | None) -> QuerySet[Notice]:
    """What the actor in person, and the organisation acted for, was told, newest first."""
    return _wanted(_told(actor, organisation), actor)


def unread_of(actor: Actor, organisation: Organisation | None = None) -> int:
    """How many notices the actor, and the organisation acted for, has not read and which are not
    closed. Every page asks: what was turned off or is closed is looked up only where there is
    something."""
    rows = _told(actor, organisation).filter(read_at=None).order_by()
    kinds = rows.values("kind").annotate(count=Count("pk")).values_list("kind", "count")
    counts: dict[str, int] = dict(kinds)
    for kind in hidden_kinds(topics_off(actor)) if counts else ():
        counts.pop(kind, None)
    return sum(counts.values()) - closed_among(rows, counts)


def sentence_of(notice: Notice) -> str:
    """The notice in the reader's language."""
    return filled(KINDS[notice.kind].sentence, notice.facts)
