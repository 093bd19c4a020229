"""What an organisation keeps of its organisational life, for whom it is, what a member finds."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.gatherings.models import Gathering, StudyMaterial
from baodao.gatherings.rules.gatherings import GatheringState, birthdays_on
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestors, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.people.queries.members import current, memberships_of, own_membership
from baodao.registration.queries.registrations import (
    accepted_rows,
    in_force_on,
    own_registration,
)
from baodao.registration.rules.states import State

KEEP = Permission.GATHERING_KEEP
KEEPERS = (Kind.UNIT, Kind.BRANCH, Kind.COMMUNITY)
"""Organisations that have an organisational life of their own."""


def gatherings(actor: Actor) -> QuerySet[Gathering]:
    """Those that the actor keeps, of the past too."""
    rows = Gathering.objects.select_related("organisation")
    return within(rows, actor, KEEP, "organisation__path")


def materials(actor: Actor) -> QuerySet[StudyMaterial]:
    """Those that the actor keeps and that were not withdrawn."""
    rows = StudyMaterial.objects.filter(withdrawn_at=None).select_related("organisation")
    return within(rows, actor, KEEP, "organisation__path")


def audience(organisation: Organisation) -> Collection[UUID]:
    """The members to whom an organisation speaks: of a unit or a branch who belongs there, of a
    community who is registered there now."""
    if organisation.kind == Kind.COMMUNITY:
        rows = in_force_on(accepted_rows(organisation), clock.today()).filter(state=State.ACCEPTED)
        return set(rows.values_list("person", flat=True))
    return set(memberships_of(organisation).values_list("person", flat=True))


def own_circle(actor: Actor) -> list[int]:
    """The organisations that speak to the actor: the branch and unit to which they belong, and the
    community where they are registered."""
    membership, registration = own_membership(actor), own_registration(actor)
    circle = []
    if membership is not None:
        above = [*ancestors(membership.branch), membership.branch]
        circle = [one.pk for one in above if one.kind in (Kind.UNIT, Kind.BRANCH)]
    if registration is not None and registration.state == State.ACCEPTED:
        circle.append(standing_of(registration.community).pk)
    return circle


def own_gatherings(actor: Actor) -> QuerySet[Gathering]:
    """What is ahead for the actor, of today too, the next one first; what was cancelled says so."""
    today = clock.midnight(clock.today())
    rows = Gathering.objects.filter(organisation__in=own_circle(actor), starts_at__gte=today)
    return rows.select_related("organisation").order_by("starts_at", "pk")


def own_materials(actor: Actor) -> QuerySet[StudyMaterial]:
    """What is shared with the actor, the latest first."""
    rows = StudyMaterial.objects.filter(organisation__in=own_circle(actor), withdrawn_at=None)
    return rows.select_related("organisation").order_by("-shared_at", "-pk")


def near_gatherings(day: date) -> QuerySet[Gathering]:
    """Those of the day after, of which their members are reminded on `day`."""
    first = clock.midnight(day + timedelta(days=1))
    rows = Gathering.objects.filter(
        state=GatheringState.ANNOUNCED,
        starts_at__gte=first,
        starts_at__lt=first + timedelta(days=1),
    )
    return rows.select_related("organisation").order_by("starts_at", "pk")


def _members_with(column: str, day: date) -> QuerySet[Membership]:
    """Present members of whom the date in a column of the person returns on this day."""
    returns = Q()
    for month, number in birthdays_on(day):
        returns |= Q(
            **{f"person__{column}__month": month, f"person__{column}__day": number},
        )
    earlier = Q(**{f"person__{column}__lt": day})
    return current().filter(returns, earlier, person__died_on=None).order_by("person")


def birthdays(day: date) -> QuerySet[Membership]:
    """Members who have their birthday."""
    return _members_with("born_on", day)


def party_birthdays(day: date) -> QuerySet[Membership]:
    """Members who joined the Party on this day of an earlier year; a date of joining of which the
    month alone is known is kept as its first day, so who has one is told on the first."""
    return _members_with("joined_on", day)
