"""Visits in scope: whose words the reader sees, what was made of them, what papers print."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.needs.models import Need
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.visits.models import ContactPoint, ContactVisit, VisitNeed
from baodao.visits.queries.contacts import going_on
from baodao.visits.rules.contacts import ContactKind
from baodao.visits.rules.policies import LATE_DAYS
from baodao.visits.rules.visits import bounds_for

Visits = QuerySet[Any]
"""Visits with whether the reader sees their words: `legible`."""

_HERE = "community__path"


def visit_rows() -> QuerySet[ContactVisit]:
    """Every visit that was not withdrawn, with its cadre and contact point, for this slice."""
    rows = ContactVisit.objects.select_related(
        "person", "community", "branch__parent", "contact__place__parent"
    )
    return rows.filter(withdrawn_at=None)


def visits_until(as_of: datetime) -> QuerySet[ContactVisit]:
    """Everybody's visits as they stood at an instant: noted before it, not withdrawn by then."""
    rows = ContactVisit.objects.filter(noted_at__lt=as_of)
    return rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=as_of))


def _legible(rows: QuerySet[ContactVisit], actor: Actor) -> Visits:
    """Of a household the words are for who looks after the community, and for who visited as long
    as they are the contact; others read that somebody was there, and when."""
    mine = own(going_on(), actor).order_by().values("pk")
    after = within(ContactVisit.objects.all(), actor, Permission.PERSON_UNMASK, _HERE)
    looking = Q(pk__in=within(after, actor, Permission.CONTACT_READ, _HERE).values("pk"))
    open_one = ~Q(contact__kind=ContactKind.HOUSEHOLD) | looking | Q(contact__in=mine)
    legible = Case(When(open_one, then=Value(True)), default=False, output_field=BooleanField())
    return rows.annotate(legible=legible)


def visits_in(actor: Actor, place: Organisation) -> Visits:
    """Visits in the communities of a place, the latest first."""
    rows = within(visit_rows(), actor, Permission.CONTACT_READ, _HERE)
    rows = rows.filter(community__path__startswith=place.path)
    return _legible(rows, actor).order_by("-on", "-noted_at", "pk")


def own_visits(actor: Actor) -> Visits:
    """What the actor told, the latest first."""
    return _legible(own(visit_rows(), actor), actor).order_by("-on", "-noted_at", "pk")


def visits_of(contact: ContactPoint, actor: Actor) -> Visits:
    """The visits of a contact point that the caller fetched through its scope."""
    rows = visit_rows().filter(contact=contact)
    return _legible(rows, actor).order_by("-on", "-noted_at", "pk")


def visit_of(actor: Actor, visit_id: UUID) -> Any:
    """One that the actor told or reads in a place; raises `Absent`."""
    here = within(ContactVisit.objects.all(), actor, Permission.CONTACT_READ, _HERE)
    mine = own(ContactVisit.objects.all(), actor)
    readable = Q(pk__in=here.values("pk")) | Q(pk__in=mine.values("pk"))
    visit = _legible(visit_rows().filter(readable), actor).filter(pk=visit_id).first()
    if visit is None:
        raise Absent("visit")
    return visit


def visit_to_use(actor: Actor, visit_id: UUID) -> Any:
    """One of which the actor makes a need or a problem: their own, while they are the contact, or
    one in a community whose needs they screen; raises `Absent`."""
    visit = _legible(_usable(visit_rows(), actor), actor).filter(pk=visit_id).first()
    if visit is None:
        raise Absent("visit")
    return visit


def _usable(rows: QuerySet[ContactVisit], actor: Actor) -> QuerySet[ContactVisit]:
    mine = own(rows, actor).filter(contact__in=going_on().order_by().values("pk"))
    here = within(ContactVisit.objects.all(), actor, Permission.NEED_SCREEN, _HERE)
    return rows.filter(
        Q(pk__in=mine.order_by().values("pk")) | Q(pk__in=here.order_by().values("pk"))
    )


def is_usable(actor: Actor, visit: ContactVisit) -> bool:
    """Whether the actor may make a need or a problem of it (`visit_to_use`)."""
    return _usable(visit_rows(), actor).filter(pk=visit.pk).exists()


def is_own(actor: Actor, visit: ContactVisit) -> bool:
    """Whether the actor told it, and is asked as themselves."""
    return actor.reaches_own and actor.person_id == visit.person_id


def topic_of(visit: ContactVisit) -> str:
    """Of which words of a visit something is made, before somebody writes others."""
    return visit.heard or visit.seen or visit.done or visit.explained


def needs_made_of(visit: ContactVisit) -> list[Need]:
    """The needs that were made of a visit, the first first."""
    rows = VisitNeed.objects.filter(visit=visit).select_related("need")
    return [row.need for row in rows.order_by("need__collected_at", "pk")]


def visit_behind(need_id: UUID) -> UUID | None:
    """The visit of which a need was made."""
    return VisitNeed.objects.filter(need=need_id).values_list("visit", flat=True).first()


def need_counts_of(visits: Collection[ContactVisit]) -> Counter[UUID]:
    """How many needs were made of each of these visits."""
    rows = VisitNeed.objects.filter(visit__in=[visit.pk for visit in visits])
    return Counter(rows.values_list("visit", flat=True))


def bounds_of(contact: ContactPoint, *, on_server: bool) -> dict[str, Any]:
    """What the rules of a visit compare with; to a phone today is left open."""
    today = clock.today()
    earliest = today - timedelta(days=value_of(LATE_DAYS, contact.place))
    ended_on = clock.day_of(contact.ended_at)
    ends = [day for day in (contact.until, ended_on) if day is not None]
    until = min(ends, default=None)
    return bounds_for(contact.since, until, earliest, today if on_server else None)


def pack_of(actor: Actor, contacts: Collection[ContactPoint]) -> dict[str, Any]:
    """What a phone takes along to write visits down: to what the actor is the contact, without who
    lives there, and what the rules compare with."""
    if actor.account_id is None:
        raise Absent("account")
    return {
        "owner": str(actor.account_id),
        "contacts": [
            {
                "id": str(row.pk),
                "words": row.words,
                "kind": row.get_kind_display(),
                "bounds": bounds_of(row, on_server=False),
            }
            for row in contacts
        ],
    }


OutcomeSource = Callable[[Collection[UUID]], Iterable[Any]]
"""What a slice above made of the visits with these ids, each row with its `visit_id`."""

_sources: list[OutcomeSource] = []


def register_outcomes(source: OutcomeSource) -> None:
    """Show beside a visit what a slice above made of it; called by that slice when it starts."""
    _sources.append(source)


def outcomes_of(visit: ContactVisit) -> list[Any]:
    """The problems that were made of a visit."""
    return [row for source in _sources for row in source([visit.pk])]


def outcome_counts_of(visits: Collection[ContactVisit]) -> Counter[UUID]:
    """How many problems were made of each of these visits."""
    ids = [visit.pk for visit in visits]
    return Counter(row.visit_id for source in _sources for row in source(ids))
