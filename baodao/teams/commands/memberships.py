"""How a member comes into a team, with the leader's word, and leaves it; both are placements of
their registration."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.scope import own
from baodao.kernel.stages import move
from baodao.orgs.models import Organisation
from baodao.registration.commands.placements import put
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import State
from baodao.teams.commands.messages import ask, note, tell, tell_leaders
from baodao.teams.commands.teams import close_leaderships
from baodao.teams.models import TeamRequest
from baodao.teams.queries.teams import request_rows, requests_to, teams_in, waiting
from baodao.teams.rules.departures import let_go
from baodao.teams.rules.teams import RequestState, check_about, check_newcomer


def _own_registration(actor: Actor) -> Registration:
    """The actor's accepted registration, locked. Raises `Absent`."""
    mine = own(registration_rows().filter(state=State.ACCEPTED), actor)
    rows = list(mine.select_for_update(of=("self",), no_key=True))
    if not rows:
        raise Absent("registration")
    return rows[0]


@command
def request_membership(actor: Actor, *, team_id: int, words: str = "") -> TeamRequest:
    """Ask to join a team of the community where the actor is registered; its leader answers, or
    the community where nobody leads it. Raises `Absent` for a team of another."""
    mine = _own_registration(actor)
    team = teams_in(mine.community).filter(pk=team_id).first()
    if team is None:
        raise Absent("team")
    check_newcomer(mine.team_id, team.pk)
    if TeamRequest.objects.filter(registration=mine, state=RequestState.WAITING).exists():
        raise TeamRequest.life.refusal(RequestState.WAITING)
    row = TeamRequest.objects.create(team=team, registration=mine, words=check_about(words))
    note(actor, team, "team.asked")
    ask(row)
    return row


@command
def withdraw_request(actor: Actor, *, request_id: UUID) -> TeamRequest:
    """Take one's own request back, as long as nobody has answered it."""
    row = lock(own(request_rows(), actor, "registration__person"), request_id)
    move([row], RequestState.WITHDRAWN, clock.now(), decided_at=clock.now())
    note(actor, row.team, "team.request-withdrawn")
    return row


@command
def decide_requests(
    actor: Actor, *, request_ids: Collection[UUID], approve: bool, reason: str = ""
) -> Batch[TeamRequest]:
    """Take members into a team who asked, or not, with the reason that each of them reads: by who
    leads it, or the community. Whoever stands in another team leaves it for this one. Cannot be
    taken back: the answer is read at once."""
    why = "" if approve else check_reason(reason)
    rows = lock_many(requests_to(actor).order_by(), request_ids)
    registrations = {
        row.pk: row for row in lock_many(registration_rows(), {row.registration_id for row in rows})
    }
    answerable = partial(_answerable, actor, registrations, approve=approve)
    batch = Batch.each(rows, answerable, _label)
    to = RequestState.ACCEPTED if approve else RequestState.DECLINED
    decided = {"decided_at": clock.now(), "decided_by": actor.name, "reason": why}
    move(batch.done, to, clock.now(), **decided)
    for row in batch.done:
        note(actor, row.team, "team.decided")
        if approve:
            _join(actor, registrations[row.registration_id], row.team)
        else:
            person = row.registration.person_id
            tell([person], "team-declined", row.team, reason=why)
    if approve:
        let_go(actor, [row.registration.person_id for row in batch.done])
    return batch


def _label(row: TeamRequest) -> str:
    return row.registration.person.name


def _answerable(
    actor: Actor, registrations: dict[UUID, Registration], row: TeamRequest, *, approve: bool
) -> TeamRequest:
    """The request; refused where it is answered, no longer applies, or is one's own, and as a
    newcomer who is in the team already."""
    TeamRequest.life.check(row.state, RequestState.WAITING)
    there = registrations[row.registration_id]
    if there.person_id == actor.person_id:
        raise Refused("team-request.own", gettext_noop("Nobody answers their own request."))
    if there.state != State.ACCEPTED or row.team.closed_at is not None or _went(row):
        raise TeamRequest.life.refusal(RequestState.LAPSED)
    if approve:
        check_newcomer(there.team_id, row.team_id)
    return row


def _went(row: TeamRequest) -> bool:
    """Whether the team went to another community than the member, when theirs was split."""
    community = row.team.parent
    return community is None or not row.registration.community.path.startswith(community.path)


def _join(actor: Actor, registration: Registration, team: Organisation) -> None:
    """Put a locked registration into the team; they are told, and who leads what they leave. What
    they led is over, also the same team, of which they were no member in between."""
    before, registration.team = registration.team, team
    put(actor, [registration])
    close_leaderships(actor, registration)
    tell([registration.person_id], "team-accepted", team)
    if before is not None and before.closed_at is None:
        tell_leaders(before, "team-left", name=registration.person.name)


@command
def leave_team(actor: Actor, *, team_id: int) -> Registration:
    """Leave one's own team: its leader is told, nobody is asked. Places in activities ahead go on
    at once; who has a place in what has begun stays on its list."""
    mine = _own_registration(actor)
    if mine.team_id != team_id or mine.team is None:
        raise Absent("team")
    team, mine.team = mine.team, None
    put(actor, [mine])
    note(actor, team, "team.left")
    close_leaderships(actor, mine)
    tell_leaders(team, "team-left", name=mine.person.name)
    let_go(actor, [mine.person_id])
    return mine


@command
def lapse_request(actor: Actor, *, request_id: UUID) -> TeamRequest:
    """Let a request go of a team that was closed or went to another community, of who is
    registered here no longer, or who was placed in the team meanwhile and has read so."""
    row = lock(waiting(request_rows()), request_id)
    move([row], RequestState.LAPSED, clock.now(), decided_at=clock.now())
    note(actor, row.team, "team.request-lapsed")
    inside = row.registration.team_id == row.team_id and row.team.closed_at is None
    if row.registration.person.died_on is None and not inside:
        tell([row.registration.person_id], "team-lapsed", row.team)
    return row
