"""Service teams with their members and leaders, and grids with how many they hold, as far as the
reader may see."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)
from django.db.models.functions import Coalesce, JSONObject

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, ids_below, places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import own_registration, registration_rows
from baodao.registration.rules.states import State
from baodao.teams.models import TeamLeader, TeamProfile, TeamRequest
from baodao.teams.rules.teams import DAYS_TO_ANSWER, Passage, RequestState

Teams = QuerySet[Any]


def leadership() -> QuerySet[TeamLeader]:
    """Who leads which open team now: as long as they stand in it."""
    rows = TeamLeader.objects.select_related("registration__person", "team__parent")
    return rows.filter(
        until=None,
        team__closed_at=None,
        registration__state=State.ACCEPTED,
        registration__team=F("team"),
    )


def past_leadership() -> QuerySet[TeamLeader]:
    """Leaders whose membership is over and of whom nobody has said so yet, for the worker."""
    leading = leadership().order_by().values("pk")
    rows = TeamLeader.objects.filter(until=None).exclude(pk__in=leading)
    return rows.select_related("team__parent").order_by("pk")


def over_since(row: TeamLeader) -> datetime | None:
    """The instant at which the membership by which somebody leads a team was over, as it stands in
    the stages of their registration, or the team was closed; None while neither is so."""
    stages = row.registration.stages.filter(since__gte=row.since)
    gone = stages.exclude(state=State.ACCEPTED, team=row.team_id).order_by("since").first()
    ends = [row.team.closed_at, gone.since if gone else None]
    return min((one for one in ends if one is not None), default=None)


def led_teams(actor: Actor) -> QuerySet[Organisation]:
    """The teams that the actor leads now, in person."""
    mine = own(leadership(), actor, "registration__person").order_by()
    return places(Kind.TEAM).filter(pk__in=mine.values("team"))


def mates(team: Organisation) -> QuerySet[Registration]:
    """Who is in a team now, by name; nobody in one that was closed."""
    rows = registration_rows().filter(team=team, team__closed_at=None, state=State.ACCEPTED)
    return rows.order_by("person__pinyin", "pk")


def counted_teams(rows: QuerySet[Organisation]) -> Teams:
    """With the number of `mates` as its `size`, what each is of and says about itself, and its
    `leaders`."""
    inside = registration_rows().filter(team=OuterRef("pk"), state=State.ACCEPTED).order_by()
    number = Subquery(
        inside.values("team").annotate(number=Count("pk")).values("number"),
        output_field=IntegerField(),
    )
    led_by = leadership().filter(team=OuterRef("pk")).order_by("since", "pk")
    person = "registration__person"
    leader = JSONObject(id="pk", name=f"{person}__name", number=f"{person}__number")
    columns: dict[str, Any] = {
        "leaders": ArraySubquery(led_by.values(leader=leader)),
        "size": Coalesce(number, 0),
        "bond": F("team_profile__bond"),
        "about": F("team_profile__about"),
    }
    return rows.select_related("parent").annotate(**columns)


def teams_in(community: Organisation) -> Teams:
    """The open teams of a community, or of who took it over, by their order."""
    rows = below(standing_of(community), Kind.TEAM).filter(closed_at=None)
    return counted_teams(rows).order_by("sort", "pk")


def teams(actor: Actor) -> Teams:
    """Open teams where the actor reads registrations."""
    rows = within(places(Kind.TEAM), actor, Permission.REGISTRATION_READ, "path")
    return counted_teams(rows).order_by("pk")


def team_of(actor: Actor, team_id: int) -> Any:
    """One open team: of the actor's community, or where they read registrations. Raises
    `Absent`."""
    row = counted_teams(places(Kind.TEAM)).filter(pk=team_id).first()
    if row is None:
        raise Absent("team")
    mine = own_registration(actor)
    here = mine is not None and mine.state == State.ACCEPTED
    if here and mine and row.path.startswith(standing_of(mine.community).path):
        return row
    if not actor.may(Permission.REGISTRATION_READ, row.path):
        raise Absent("team")
    return row


def reads_names(actor: Actor, team: Organisation) -> bool:
    """Whether the actor reads who is in a team: who is in it, and who reads registrations there."""
    if actor.may(Permission.REGISTRATION_READ, team.path):
        return True
    return own(mates(team), actor).exists()


def words_of(team: Organisation) -> dict[str, object]:
    """Of what a team is and what it says about itself now, as a form has it."""
    profile = TeamProfile.objects.filter(team=team.pk).first()
    return {"bond": profile.bond if profile else "", "about": profile.about if profile else ""}


def leaders_of(team_ids: Collection[int]) -> dict[int, list[TeamLeader]]:
    """Who leads each of these teams now, the longest first; teams without a leader are left out."""
    leaders: defaultdict[int, list[TeamLeader]] = defaultdict(list)
    for row in leadership().filter(team__in=team_ids).order_by("since", "pk"):
        leaders[row.team_id].append(row)
    return leaders


def own_team(actor: Actor) -> Organisation | None:
    """The open team in which the actor stands now."""
    mine = own_registration(actor)
    if mine is None or mine.state != State.ACCEPTED or mine.team is None:
        return None
    return mine.team if mine.team.closed_at is None else None


def request_rows() -> QuerySet[TeamRequest]:
    """Every request with what pages show."""
    return TeamRequest.objects.select_related(
        "team__parent",
        "registration__person",
        "registration__community",
        "registration__branch__parent",
    )


def own_request(actor: Actor) -> TeamRequest | None:
    """The actor's own request to join that waits for an answer."""
    rows = own(request_rows(), actor, "registration__person")
    return waiting(rows).filter(passage=Passage.JOIN).first()


def own_departure(actor: Actor) -> TeamRequest | None:
    """The actor's own request to leave the team in which they are, while it waits."""
    rows = own(request_rows(), actor, "registration__person")
    here = waiting(rows).filter(passage=Passage.LEAVE, registration__team=F("team"))
    return here.filter(registration__state=State.ACCEPTED, team__closed_at=None).first()


def requests_to(actor: Actor) -> QuerySet[TeamRequest]:
    """Requests that the actor may answer: to a team that they lead, and where they place members;
    the longest waiting first."""
    here = within(request_rows(), actor, Permission.REGISTRATION_PLACE, "team__path")
    rows = requests_to_led(actor) | here
    return rows.order_by("requested_at", "pk")


def requests_to_led(actor: Actor) -> QuerySet[TeamRequest]:
    """Requests of others to the teams that the actor leads, the longest waiting first."""
    rows = request_rows().filter(team__in=led_teams(actor).order_by().values("pk"))
    rows = rows.exclude(registration__person=actor.person_id)
    return rows.order_by("requested_at", "pk")


def waiting(rows: QuerySet[TeamRequest]) -> QuerySet[TeamRequest]:
    """Those that wait: unanswered, or to leave although one was asked to stay."""
    return rows.filter(state=RequestState.WAITING)


def unanswered(rows: QuerySet[TeamRequest]) -> QuerySet[TeamRequest]:
    """Those to which nobody has said anything yet."""
    return waiting(rows).filter(reason="")


def overdue_departures() -> QuerySet[TeamRequest]:
    """Requests to leave whose days are over, of who is in the team still, for the worker."""
    rows = waiting(request_rows()).filter(passage=Passage.LEAVE, team__closed_at=None)
    here = rows.filter(registration__state=State.ACCEPTED, registration__team=F("team"))
    last = clock.today() - timedelta(days=DAYS_TO_ANSWER)
    return here.filter(requested_at__lt=clock.end_of(last)).order_by("pk")


def past_requests() -> QuerySet[TeamRequest]:
    """Requests that wait though the team was closed or went to another community, or their member
    is registered there no longer, or stands already where they asked to be, for the worker."""
    over = ~Q(registration__state=State.ACCEPTED) | Q(team__closed_at__isnull=False)
    inside = Q(registration__team__isnull=False, registration__team=F("team"))
    elsewhere = ~Q(registration__community__path__startswith=F("team__parent__path"))
    over |= Q(passage=Passage.JOIN) & (inside | elsewhere)
    over |= Q(passage=Passage.LEAVE) & ~inside
    return waiting(request_rows()).filter(over).order_by("pk")


def _leaderless() -> QuerySet[TeamLeader]:
    """Leaders who were the last of an open team that has members."""
    inside = registration_rows().filter(team=OuterRef("team"), state=State.ACCEPTED)
    rows = TeamLeader.objects.filter(Exists(inside), pk=OuterRef("about"), team__closed_at=None)
    return rows.exclude(team__in=leadership().order_by().values("team"))


def _asking() -> QuerySet[TeamRequest]:
    """Requests that wait for the word of whom the notice addresses: who leads the team now, or its
    community where nobody else does."""
    rows = unanswered(TeamRequest.objects.filter(pk=OuterRef("about")))
    leading = leadership().filter(team=OuterRef("team")).order_by()
    leading = leading.exclude(registration=OuterRef("registration"))
    reader = leading.filter(registration__person=OuterRef(OuterRef("person")))
    addressed = rows.annotate(person=ExpressionWrapper(OuterRef("person"), UUIDField()))
    return addressed.filter(Exists(reader) | Q(~Exists(leading), person=None))


def grid_counts(community: Organisation) -> dict[int, int]:
    """How many members stand in each grid of a community the caller may see."""
    here = registration_rows().filter(community__in=ids_below(community.path), state=State.ACCEPTED)
    rows = here.exclude(grid=None).order_by().values_list("grid")
    return dict(rows.annotate(members=Count("pk")))


PENDING: dict[str, PendingRows] = {
    "team-asked": _asking,
    "team-asked-to-leave": _asking,
    "team-leaderless": _leaderless,
}
"""For which rows notices ask."""
