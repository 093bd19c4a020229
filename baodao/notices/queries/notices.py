"""Notices shown to a person or to an organisation."""

from django.db.models import Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.notices.models import Notice
from baodao.notices.queries.pending import unread
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


def own_notices(actor: Actor) -> QuerySet[Notice]:
    """What the actor in person was told, newest first; nothing before its hour."""
    return _wanted(_shown().filter(_to(actor)), actor)


def of_organisation(actor: Actor, organisation: Organisation) -> QuerySet[Notice]:
    """What the organisation itself was told; `Absent` for who does not act for it."""
    if not actor.may(Permission.REGISTRATION_READ, organisation.path):
        raise Absent("notices")
    return _wanted(_shown().filter(organisation=organisation), actor)


def notices_to(actor: Actor, organisation: Organisation | None) -> QuerySet[Notice]:
    """What the actor in person, and the organisation acted for, was told, newest first."""
    if organisation is None or not actor.may(Permission.REGISTRATION_READ, organisation.path):
        return own_notices(actor)
    return _wanted(_shown().filter(Q(organisation=organisation) | _to(actor)), actor)


def unread_of(actor: Actor, organisation: Organisation | None = None) -> int:
    """How many notices the actor, and the organisation acted for, has not read and which are not
    closed."""
    return unread(notices_to(actor, organisation)).count()


def sentence_of(notice: Notice) -> str:
    """The notice in the reader's language."""
    return filled(KINDS[notice.kind].sentence, notice.facts)
