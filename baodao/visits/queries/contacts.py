"""Contact points in scope: whose they are now, how many visits are due and done, who is missing."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago, days_at
from baodao.orgs.queries.tree import organisations, standing_of
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import current
from baodao.people.rules.standing import Standing
from baodao.residents.rules.households import SupportGrade
from baodao.visits.models import ContactPoint, ContactReminder, ContactVisit
from baodao.visits.rules.contacts import WITHOUT_CADRE, ContactKind, period_of
from baodao.visits.rules.policies import (
    MONTHLY,
    MONTHLY_CLOSE,
    MONTHLY_LIGHT,
    REMIND_DAYS,
    WEEKLY,
)

Contacts = QuerySet[Any]
"""Contact points with `wish` and `visits_done` of their period, and the day last `visited_on`."""

_PLACE = "place__path"


def contact_rows() -> QuerySet[ContactPoint]:
    """Every contact point with its person and place, for this slice."""
    return ContactPoint.objects.select_related("person", "place__parent", "assigner")


def serving(person: str = "person") -> Exists:
    """Whether whoever a row names is a member who has not retired: who left or retired visits for
    nobody, also before somebody takes over."""
    return Exists(current().filter(person=OuterRef(person)).exclude(standing=Standing.RETIRED))


def in_force(today: date) -> Q:
    """Contact points whose days are running, unless they were ended."""
    return Q(ended_at=None, since__lte=today) & (Q(until=None) | Q(until__gte=today))


def going_on() -> QuerySet[ContactPoint]:
    """Contact points in force now, of cadres who still serve."""
    return contact_rows().filter(in_force(clock.today()), serving())


def with_progress(rows: QuerySet[Any], week: date, month: date) -> Contacts:
    """Contact points with the visits done since the first day of their period, the `wish` of it and
    the day last `visited_on`; `week` and `month` are the first days of these periods."""
    household = Q(kind=ContactKind.HOUSEHOLD)
    first_on = Case(
        When(household, then=Value(month)), default=Value(week), output_field=DateField()
    )
    visits = ContactVisit.objects.filter(contact=OuterRef("pk"), withdrawn_at=None).order_by()
    recent = visits.filter(on__gte=OuterRef("first_on")).values("contact")
    number = Subquery(recent.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    graded = {
        SupportGrade.CLOSE: days_at(MONTHLY_CLOSE, _PLACE),
        SupportGrade.LIGHT: days_at(MONTHLY_LIGHT, _PLACE),
    }
    wish = Case(
        *(When(household & Q(household__file__grade=one), then=n) for one, n in graded.items()),
        When(household, then=days_at(MONTHLY, _PLACE)),
        default=days_at(WEEKLY, _PLACE),
        output_field=IntegerField(),
    )
    last = Subquery(visits.values("contact").annotate(last=Max("on")).values("last"))
    columns: dict[str, Any] = {
        "visits_done": Coalesce(number, 0),
        "visited_on": last,
        "wish": wish,
    }
    counted: Contacts = rows.annotate(first_on=first_on).annotate(**columns)
    return counted


def _now(rows: QuerySet[Any]) -> Contacts:
    today = clock.today()
    week, month = (
        period_of(kind, today)[0] for kind in (ContactKind.COMMUNITY, ContactKind.HOUSEHOLD)
    )
    return with_progress(rows, week, month)


def contacts_in(actor: Actor, place: Organisation) -> Contacts:
    """Contact points of a place and below, those in force first."""
    rows = within(contact_rows(), actor, Permission.CONTACT_READ, _PLACE)
    rows = rows.filter(place__path__startswith=place.path)
    return _now(rows.annotate(serves=serving()))


def contact_in(actor: Actor, contact_id: UUID) -> Any:
    """One that the actor reads in a place; raises `Absent`."""
    rows = within(contact_rows(), actor, Permission.CONTACT_READ, _PLACE)
    contact = _now(rows.annotate(serves=serving())).filter(pk=contact_id).first()
    if contact is None:
        raise Absent("contact")
    return contact


def follower_of(contact: ContactPoint) -> ContactPoint | None:
    """Who took it over."""
    return contact_rows().filter(follows=contact).first()


def contacts_to_steer(actor: Actor) -> QuerySet[ContactPoint]:
    """Those that the actor hands over and ends: of communities and grids an authority, of
    households the secretary of the community."""
    rows = contact_rows()
    places = rows.exclude(kind=ContactKind.HOUSEHOLD)
    households = rows.filter(kind=ContactKind.HOUSEHOLD)
    above = within(places, actor, Permission.CONTACT_ASSIGN, _PLACE)
    return above | within(households, actor, Permission.CONTACT_ENTRUST, _PLACE)


def households_to_read(actor: Actor) -> QuerySet[ContactPoint]:
    """Those of households in force in communities that the actor looks after."""
    rows = contact_rows().filter(in_force(clock.today()), kind=ContactKind.HOUSEHOLD)
    rows = within(rows, actor, Permission.CONTACT_READ, _PLACE)
    return within(rows, actor, Permission.PERSON_UNMASK, _PLACE)


def household_to_read(actor: Actor, contact_id: UUID) -> ContactPoint:
    """One of them; raises `Absent`."""
    contact = households_to_read(actor).filter(pk=contact_id).first()
    if contact is None:
        raise Absent("contact")
    return contact


def assigner_of(contact: ContactPoint) -> Organisation:
    """For whom it is decided who takes a contact over: of a household the community that looks
    after it now, else the authority that named the contact."""
    if contact.kind == ContactKind.HOUSEHOLD:
        return standing_of(contact.place)
    return contact.assigner


def places_to_assign(actor: Actor, place: Organisation) -> QuerySet[Organisation]:
    """Open communities and grids at a place and below, for which the actor names contacts."""
    rows = organisations(actor, Permission.CONTACT_ASSIGN).filter(
        kind__in=(Kind.COMMUNITY, Kind.GRID), closed_at=None, path__startswith=place.path
    )
    return rows.select_related("parent")


def may_assign(actor: Actor, place: Organisation) -> bool:
    """Whether the actor names contacts there: an authority of its communities and grids, the
    secretary of a community of its households."""
    if place.kind in AUTHORITIES:
        return actor.may(Permission.CONTACT_ASSIGN, place.path)
    return actor.may(Permission.CONTACT_ENTRUST, place.path)


def own_contacts(actor: Actor) -> Question[list[Any]]:
    """To what the actor is the contact now, with what is due in this week or month."""
    today = clock.today()
    week, month = period_of(ContactKind.GRID, today)[0], period_of(ContactKind.HOUSEHOLD, today)[0]
    return _OWN.question(actor, week, month)


def _own(actor: Actor, week: date, month: date) -> Contacts:
    rows = with_progress(own(going_on(), actor), week, month)
    return rows.order_by("kind", "since", "pk")


_OWN = Prepared(_own)


def own_contact(actor: Actor, contact_id: UUID) -> Any:
    """One to which the actor is the contact now; raises `Absent`, also once it is over."""
    contact = _now(own(going_on(), actor)).filter(pk=contact_id).first()
    if contact is None:
        raise Absent("contact")
    return contact


def own_contacts_ever(actor: Actor) -> QuerySet[ContactPoint]:
    """Those to which the actor is or was the contact, of which they may still tell visits of days
    on which they were."""
    return own(contact_rows(), actor)


def vacant_contacts(actor: Actor, place: Organisation) -> Question[list[tuple[UUID, str, str]]]:
    """Of a place: contact points whose cadre left, died or retired and that nobody took over, with
    their title and place."""
    return _VACANT.question(actor, place)


def vacant(rows: QuerySet[ContactPoint]) -> QuerySet[ContactPoint]:
    """Those of these whose cadre is gone and that nobody took over."""
    gone = Q(ending__in=WITHOUT_CADRE) | (Q(in_force(clock.today())) & ~Q(serving()))
    return rows.filter(gone, follower=None)


def _vacant(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = vacant(ContactPoint.objects.filter(place__path__startswith=place.path))
    rows = within(rows, actor, Permission.CONTACT_READ, _PLACE)
    return rows.order_by("since", "pk").values_list("pk", "title", "place__name")


_VACANT = Prepared(_vacant)


def to_remind() -> list[UUID]:
    """Contact points of whose visits the cadre is to be reminded today, once in their period."""
    today = clock.today()
    rows = _now(going_on()).annotate(remind_days=days_at(REMIND_DAYS, _PLACE))
    reminders = ContactReminder.objects.filter(
        contact=OuterRef("pk"), first_on=OuterRef("first_on")
    )
    rows = rows.filter(~Exists(reminders), visits_done__lt=F("wish")).order_by("pk")
    return [
        row.pk
        for row in rows
        if today >= period_of(row.kind, today)[1] - timedelta(days=row.remind_days)
    ]


def contact_to_remind(contact_id: UUID) -> Any | None:
    """One of them, with what is due; None where nothing is."""
    return _now(going_on()).filter(pk=contact_id, visits_done__lt=F("wish")).first()


def entries_of_contacts() -> QuerySet[Any, Any]:
    """The entries at which a contact point in force, one to be taken over, or one that has not been
    over for long points."""
    rows = ContactPoint.objects.filter(household__isnull=False)
    fresh = Q(ended_at=None) | Q(ended_at__gte=days_ago(KEPT_DAYS, _PLACE))
    going = rows.filter(fresh) | rows.filter(pk__in=vacant(rows).values("pk"))
    return going.order_by().values("household")


def _unvisited() -> QuerySet[ContactReminder]:
    """For who was reminded: as long as they are the contact and the visits of the period are not
    done."""
    visits = ContactVisit.objects.filter(
        contact=OuterRef("contact"),
        withdrawn_at=None,
        on__range=(OuterRef("first_on"), OuterRef("last_on")),
    )
    number = visits.order_by().values("contact").annotate(n=Count("pk")).values("n")
    rows = ContactReminder.objects.filter(pk=OuterRef("about"))
    rows = rows.annotate(n=Coalesce(Subquery(number, output_field=IntegerField()), 0))
    mine = Q(contact__person=OuterRef("person"), contact__ended_at=None)
    return rows.filter(mine, n__lt=F("wish"), last_on__gte=clock.today())


PENDING: dict[str, PendingRows] = {"visit-due": _unvisited}
"""For which rows notices ask."""


def numbers_of(contact_ids: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer number of the cadre of each of these contact points."""
    rows = ContactPoint.objects.filter(pk__in=contact_ids)
    return dict(rows.values_list("pk", "person__number"))
