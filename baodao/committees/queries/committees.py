"""Committees of a place, their members in force, meetings and what a member organisation has."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.committees.models import (
    Committee,
    CommitteeMember,
    Invitee,
    Meeting,
    MeetingItem,
)
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.needs.models import Need
from baodao.needs.queries.needs import needs_without_help
from baodao.orgs.models import Organisation
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.orgs.rules.tree import Kind
from baodao.problems.models import PlaceProblem
from baodao.problems.queries.problems import open_problems_in

LONG_DAYS = 30
"""A need that has waited so long is suggested as an item."""
MOST_SUGGESTED = 15


def committees_in(actor: Actor, place: Organisation) -> QuerySet[Committee]:
    """Committees of a place and below, those that go on first."""
    rows = Committee.objects.select_related("place")
    rows = within(rows, actor, Permission.PROBLEM_READ, "place__path")
    rows = rows.filter(place__path__startswith=place.path)
    return rows.order_by("-ended_at", "founded_at", "pk")


def committees_to_run(actor: Actor) -> QuerySet[Committee]:
    """Those that the actor calls together: of a place whose problems they look after."""
    rows = Committee.objects.select_related("place")
    here = within(
        rows.filter(place__kind=Kind.COMMUNITY), actor, Permission.PROBLEM_EDIT, "place__path"
    )
    above = rows.filter(place__kind__in=AUTHORITIES)
    return here | within(above, actor, Permission.PROBLEM_STEER, "place__path")


def members_on(committee: Committee, day: date) -> QuerySet[CommitteeMember]:
    """Who is in it on a day, in the order in which they came in."""
    rows = committee.members.select_related("organisation")
    in_force = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    return rows.filter(in_force).order_by("added_at", "pk")


def standing_members(committee: Committee) -> QuerySet[CommitteeMember]:
    """Who is in it, and who comes in later, in the order in which they were taken in."""
    rows = committee.members.select_related("organisation")
    return rows.filter(Q(until=None) | Q(until__gte=clock.today())).order_by("added_at", "pk")


def former_members(committee: Committee) -> QuerySet[CommitteeMember]:
    """Whose term is over, the latest first."""
    rows = committee.members.select_related("organisation").filter(until__lt=clock.today())
    return rows.order_by("-until", "pk")


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """Meetings that the actor reads: of committees of their places, and those to which an
    organisation of theirs was invited."""
    rows = Meeting.objects.select_related("committee__place")
    of_place = within(rows, actor, Permission.PROBLEM_READ, "committee__place__path")
    invited = within(
        Invitee.objects.filter(meeting=OuterRef("pk")),
        actor,
        Permission.PROBLEM_READ,
        "member__organisation__path",
    )
    return rows.filter(Q(pk__in=of_place.order_by().values("pk")) | Exists(invited))


def meeting_of(rows: QuerySet[Meeting], meeting_id: UUID) -> Meeting:
    """One of these. Raises `Absent`."""
    row = rows.filter(pk=meeting_id).first()
    if row is None:
        raise Absent("meeting")
    return row


def meetings_to_run(actor: Actor) -> QuerySet[Meeting]:
    """Those of committees that the actor calls together."""
    rows = Meeting.objects.select_related("committee__place")
    return rows.filter(committee__in=committees_to_run(actor).values("pk"))


def meetings_around(actor: Actor, place: Organisation) -> QuerySet[Meeting]:
    """Meetings of the committees of a place and below, and those to which it was invited."""
    here = Q(committee__place__path__startswith=place.path)
    invited = Invitee.objects.filter(
        meeting=OuterRef("pk"), member__organisation__path__startswith=place.path
    )
    return meetings(actor).filter(here | Exists(invited))


def meetings_of(actor: Actor, organisation: Organisation) -> QuerySet[Meeting]:
    """To which an organisation was invited, or one that it took over, the latest first."""
    invited = Invitee.objects.filter(
        meeting=OuterRef("pk"), member__organisation__path__startswith=organisation.path
    )
    rows = meetings(actor).filter(Exists(invited))
    return rows.order_by("-starts_at", "pk")


class MeetingAhead(NamedTuple):
    """A meeting of today or later: of which committee, when and where."""

    meeting_id: UUID
    committee: str
    starts_at: datetime
    spot: str


def meetings_ahead(actor: Actor, organisation: Organisation) -> Question[list[MeetingAhead]]:
    """Meetings of today, also those that have begun, and later ones, to which an organisation is
    invited, the next first."""
    return _AHEAD.question(actor, organisation, clock.midnight(clock.today())).then(_as_meetings)


def _ahead(actor: Actor, organisation: Organisation, since: datetime) -> QuerySet[Any, Any]:
    invited = Invitee.objects.filter(meeting=OuterRef("pk"), member__organisation=organisation.pk)
    invited = within(invited, actor, Permission.PROBLEM_READ, "member__organisation__path")
    rows = Meeting.objects.filter(Exists(invited), cancelled_at=None, starts_at__gte=since)
    return rows.order_by("starts_at", "pk").values_list(*_OF_MEETING)


_OF_MEETING = ("pk", "committee_name", "starts_at", "spot")
_AHEAD = Prepared(_ahead)


def meetings_today(actor: Actor, place: Organisation) -> Question[list[MeetingAhead]]:
    """Meetings of today of the committees of a place, and those to which it is invited, the first
    first."""
    begins = clock.midnight(clock.today())
    return _TODAY.question(actor, place, begins, begins + timedelta(days=1)).then(_as_meetings)


def _today(
    actor: Actor, place: Organisation, begins: datetime, ends: datetime
) -> QuerySet[Any, Any]:
    invited = Invitee.objects.filter(meeting=OuterRef("pk"), member__organisation=place.pk)
    here = Q(committee__place=place.pk) | Exists(invited)
    rows = Meeting.objects.filter(here, pk__in=meetings(actor).order_by().values("pk"))
    rows = rows.filter(cancelled_at=None, starts_at__gte=begins, starts_at__lt=ends)
    return rows.order_by("starts_at", "pk").values_list(*_OF_MEETING)


_TODAY = Prepared(_today)


def _as_meetings(rows: list[tuple[Any, ...]]) -> list[MeetingAhead]:
    return [MeetingAhead(*row) for row in rows]


def suggested_problems(actor: Actor, place: Organisation) -> list[PlaceProblem]:
    """Open problems that a meeting could be about, what is due first."""
    return list(open_problems_in(actor, place)[:MOST_SUGGESTED])


def suggested_needs(actor: Actor, place: Organisation) -> list[Need]:
    """Needs without help whose age is great, the oldest first."""
    before = clock.now() - timedelta(days=LONG_DAYS)
    rows = needs_without_help(actor, place).filter(collected_at__lt=before)
    return list(rows.order_by("collected_at", "pk")[:MOST_SUGGESTED])


def business_of(meeting: Meeting) -> QuerySet[MeetingItem]:
    """The items of a meeting with their tasks, in their order."""
    rows = meeting.items.select_related("problem", "need")
    return rows.prefetch_related("decision_tasks__task__owner").order_by("position")
