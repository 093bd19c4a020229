"""Notices shown to a person or to an organisation."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import together
from baodao.notices.models import Notice
from baodao.notices.queries.pending import closed_of, pending_kinds
from baodao.notices.queries.preferences import topics_off
from baodao.notices.rules.catalogue import KINDS, hidden_kinds
from baodao.orgs.models import Organisation
from baodao.ui.wording import filled


def _due() -> QuerySet[Notice]:
    return Notice.objects.filter(show_at__lte=clock.now()).order_by("-show_at", "-id")


def _without_hidden(rows: QuerySet[Notice], actor: Actor) -> QuerySet[Notice]:
    """Without what the actor turned off; decisions about somebody stay."""
    off = topics_off(actor)
    return rows.exclude(kind__in=hidden_kinds(off)) if off else rows


class Addressees(NamedTuple):
    """To whom what somebody reads is addressed, by their ids."""

    organisation: int | None = None
    person: UUID | None = None
    account: UUID | None = None


def _addressees(actor: Actor, organisation: Organisation | None = None) -> Addressees:
    """The actor in person, nobody for who acts by a token; and the organisation acted for."""
    ours = organisation
    if organisation is not None and not actor.may(Permission.REGISTRATION_READ, organisation.path):
        ours = None
    place = ours.pk if ours else None
    if not actor.reaches_own:
        return Addressees(place)
    if actor.person_id is not None:
        return Addressees(place, actor.person_id)
    return Addressees(place, account=actor.account_id)


def _to(rows: QuerySet[Notice], *addressees: object) -> QuerySet[Notice]:
    """Those of the rows that are addressed to one of these `Addressees`."""
    condition = Q()
    for name, key in zip(Addressees._fields, addressees, strict=True):
        condition |= Q(**{name: key}) if key is not None else Q()
    return rows.filter(condition) if condition else rows.none()


def persons_told(kind: str, about: UUID, facts: Mapping[str, str] | None = None) -> set[UUID]:
    """Whom a notice of this kind, with these `facts` among its own, told about something, for the
    slice that tells it."""
    rows = Notice.objects.filter(kind=kind, about=about, person__isnull=False)
    rows = rows.filter(facts__contains=facts or {})
    return set(rows.order_by().values_list("person", flat=True))


def notice_counts(kind: str, about: QuerySet[Any], since: datetime) -> Counter[UUID]:
    """How many notices of this kind about any of these rows each person had since then."""
    rows = Notice.objects.filter(kind=kind, about__in=about.values("pk"), show_at__gte=since)
    persons = rows.filter(person__isnull=False).order_by().values("person")
    return Counter(dict(persons.annotate(number=Count("pk")).values_list("person", "number")))


def organisations_told(kind: str, about: UUID) -> set[int]:
    """Which organisations a notice of this kind told about something."""
    rows = Notice.objects.filter(kind=kind, about=about, organisation__isnull=False)
    return set(rows.order_by().values_list("organisation", flat=True))


def own_notices(actor: Actor) -> QuerySet[Notice]:
    """What the actor in person was told, newest first; nothing before its hour."""
    return _without_hidden(_to(_due(), *_addressees(actor)), actor)


def of_organisation(actor: Actor, organisation: Organisation) -> QuerySet[Notice]:
    """What the organisation itself was told; `Absent` for who does not act for it."""
    if not actor.may(Permission.REGISTRATION_READ, organisation.path):
        raise Absent("notices")
    return _without_hidden(_due().filter(organisation=organisation), actor)


def _notices_to(actor: Actor, organisation: Organisation | None) -> QuerySet[Notice]:
    """All that the actor in person, and the organisation acted for, was told."""
    return _to(_due(), *_addressees(actor, organisation))


def notices_to(actor: Actor, organisation: Organisation | None) -> QuerySet[Notice]:
    """What the actor in person, and the organisation acted for, was told, newest first."""
    return _without_hidden(_notices_to(actor, organisation), actor)


def unread_of(actor: Actor, organisation: Organisation | None = None) -> int:
    """How many notices the actor, and the organisation acted for, has not read and which are not
    closed. Every page asks: what was turned off or is closed is looked up only where there is
    something."""
    addressees = _addressees(actor, organisation)
    counts = dict(_COUNTS.rows(*addressees))
    if not counts:
        return 0
    for kind in hidden_kinds(topics_off(actor)):
        counts.pop(kind, None)
    closed = {
        kind: _closed(kind).number(*addressees) for kind in sorted(counts.keys() & pending_kinds())
    }
    return sum(counts.values()) - together(_sum, **closed).answer()


def _unread(*addressees: object) -> QuerySet[Notice]:
    return _to(_due().filter(read_at=None), *addressees).order_by()


def _counts(*addressees: Any) -> QuerySet[Notice, tuple[str, int]]:
    """How many notices of each kind have not been read."""
    rows = _unread(*addressees)
    return rows.values("kind").annotate(count=Count("pk")).values_list("kind", "count")


_COUNTS = Prepared(_counts)


@cache
def _closed(kind: str) -> Prepared[tuple[UUID]]:
    """Those of a kind which have not been read and are closed."""
    return Prepared(lambda *to: closed_of(_unread(*to), kind).values_list("pk"))


def _sum(**numbers: int) -> int:
    return sum(numbers.values())


def sentence_of(notice: Notice) -> str:
    """The notice in the reader's language."""
    return filled(KINDS[notice.kind].sentence, notice.facts)
