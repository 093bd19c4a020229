"""How a member comes into a team and leaves it, with the leader's word; both are placements of
their registration. Nobody is kept: who asked to leave is out once the days set are over."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.days import month_day
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
from baodao.teams.queries.teams import (
    overdue_departures,
    request_rows,
    requests_to,
    teams_in,
    waiting,
)
from baodao.teams.rules.departures import let_go
from baodao.teams.rules.teams import (
    Passage,
    RequestState,
    check_about,
    check_newcomer,
    check_plea,
)


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
    requests = TeamRequest.objects.filter(registration=mine, passage=Passage.JOIN)
    if requests.filter(state=RequestState.WAITING).exists():
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
def request_departure(actor: Actor, *, team_id: int, words: str = "") -> TeamRequest:
    """Ask to leave one's own team; its leader answers, or the community where nobody else leads it.
    Until then, for at most `DAYS_TO_ANSWER` days, one stands in it as before. Raises `Absent` for
    a team in which one is not."""
    mine = _own_registration(actor)
    if mine.team is None or mine.team_id != team_id or mine.team.closed_at is not None:
        raise Absent("team")
    here = TeamRequest.objects.filter(registration=mine, passage=Passage.LEAVE)
    if here.filter(state=RequestState.WAITING).exists():
        raise TeamRequest.life.refusal(RequestState.WAITING)
    row = TeamRequest.objects.create(
        team=mine.team, registration=mine, passage=Passage.LEAVE, words=check_about(words)
    )
    note(actor, mine.team, "team.asked-to-leave")
    ask(row)
    return row


@command
def decide_requests(
    actor: Actor, *, request_ids: Collection[UUID], approve: bool, reason: str = ""
) -> Batch[TeamRequest]:
    """Agree to what members ask, or not, with the reason that each of them reads: by who leads the
    team, or the community. Whoever joins and stands in another team leaves it for this one; who
    asks to leave is only asked to stay, once. Cannot be taken back: the answer is read at once."""
    why = "" if approve else check_reason(reason)
    rows = lock_many(requests_to(actor).order_by(), request_ids)
    registrations = {
        row.pk: row for row in lock_many(registration_rows(), {row.registration_id for row in rows})
    }
    answerable = partial(_answerable, actor, registrations, approve=approve)
    batch = Batch.each(rows, answerable, _label)
    if approve:
        _agree(actor, batch.done, registrations)
    else:
        _refuse(actor, batch.done, why)
    return batch


def _agree(
    actor: Actor, rows: Sequence[TeamRequest], registrations: Mapping[UUID, Registration]
) -> None:
    """Let these members, whose registrations are locked, into the teams or out of them."""
    now = clock.now()
    move(rows, RequestState.ACCEPTED, now, decided_at=now, decided_by=actor.name)
    for row in rows:
        joins = row.passage == Passage.JOIN
        note(actor, row.team, "team.decided" if joins else "team.let-leave")
        act = _join if joins else _leave
        act(actor, registrations[row.registration_id], row.team)
    let_go(actor, [row.registration.person_id for row in rows])


def _refuse(actor: Actor, rows: Sequence[TeamRequest], why: str) -> None:
    """Say no to who asks to join; who asks to leave reads the word to stay, and goes on asking."""
    now = clock.now()
    joining = [row for row in rows if row.passage == Passage.JOIN]
    decided = {"decided_at": now, "decided_by": actor.name, "reason": why}
    move(joining, RequestState.DECLINED, now, **decided)
    for row in rows:
        person = [row.registration.person_id]
        if row.passage == Passage.JOIN:
            note(actor, row.team, "team.decided")
            tell(person, "team-declined", row.team, reason=why)
        else:
            row.reason, row.decided_by = why, actor.name
            row.save(update_fields=["reason", "decided_by"])
            note(actor, row.team, "team.asked-to-stay")
            day = month_day(row.leaves_on, clock.today())
            tell(person, "team-asked-to-stay", row.team, reason=why, day=day)


@command
def let_leave(actor: Actor, *, request_id: UUID) -> TeamRequest:
    """Let a member leave to whom nobody answered in the days set, or who was asked to stay and
    did not take the request back."""
    row = lock(overdue_departures(), request_id)
    _agree(actor, [row], {row.registration_id: lock(registration_rows(), row.registration_id)})
    return row


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
    if there.state != State.ACCEPTED or row.team.closed_at is not None or _went(row, there):
        raise TeamRequest.life.refusal(RequestState.LAPSED)
    if row.passage == Passage.LEAVE and not approve:
        check_plea(row.reason)
    if row.passage == Passage.JOIN and approve:
        check_newcomer(there.team_id, row.team_id)
    return row


def _went(row: TeamRequest, there: Registration) -> bool:
    """Whether the team went to another community than the member, when theirs was split; or who
    asks to leave it was placed elsewhere."""
    if row.passage == Passage.LEAVE:
        return there.team_id != row.team_id
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


def _leave(actor: Actor, registration: Registration, team: Organisation) -> None:
    """Put a locked registration out of the team: they are told, and who else leads it. Places in
    activities ahead go on at once; who has a place in what has begun stays on its list. Who was
    taken into another team in the same act has left this one by that."""
    if registration.team_id != team.pk:
        return
    registration.team = None
    put(actor, [registration])
    close_leaderships(actor, registration)
    tell([registration.person_id], "team-let-leave", team)
    tell_leaders(team, "team-left", name=registration.person.name)


@command
def lapse_request(actor: Actor, *, request_id: UUID) -> TeamRequest:
    """Let a request go of a team that was closed or went to another community, of who is
    registered here no longer, or who was placed meanwhile where they asked to be and has read
    so."""
    row = lock(waiting(request_rows()), request_id)
    move([row], RequestState.LAPSED, clock.now(), decided_at=clock.now())
    note(actor, row.team, "team.request-lapsed")
    inside = row.registration.team_id == row.team_id and row.team.closed_at is None
    joins = row.passage == Passage.JOIN
    if joins and row.registration.person.died_on is None and not inside:
        tell([row.registration.person_id], "team-lapsed", row.team)
    return row
