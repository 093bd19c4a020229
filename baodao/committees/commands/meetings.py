"""Meetings called and cancelled, who came, what was decided, and the tasks that follow; a committee
ended with what it has ahead."""

from collections.abc import Collection, Iterable
from uuid import UUID

from baodao.committees.commands.committees import locked_committee
from baodao.committees.commands.invitations import tell_invited
from baodao.committees.models import Committee, DecisionTask, Invitee, Meeting, MeetingItem
from baodao.committees.queries.barriers import (
    check_called_off,
    check_decided,
    check_resolvable,
)
from baodao.committees.queries.committees import (
    meetings_to_run,
    members_on,
)
from baodao.committees.rules.committees import (
    DECISION,
    ITEM,
    MEETING,
    SPOT,
    MeetingFacts,
    MeetingState,
    check_ahead,
    check_begun,
    check_held,
    check_meeting,
    check_words,
    plain,
    task_words,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length, check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.needs.queries.needs import need_of
from baodao.problems.commands.problem_tasks import append_task
from baodao.problems.commands.problems import raise_problem
from baodao.problems.models import PlaceProblem, ProblemTask
from baodao.problems.queries.problems import problem_of, problem_rows, problems_in
from baodao.problems.rules.problems import Duty, ProblemFacts, ProblemSource


@command
def call_meeting(actor: Actor, *, committee_id: UUID, facts: MeetingFacts) -> Meeting:
    """Call a committee together: whoever is in it on that day is invited and told."""
    check_ahead(facts.starts_at, clock.now())
    meeting = _with_items(actor, "meeting.called", committee_id, facts)
    words = "；".join(meeting.items.order_by("position").values_list("text", flat=True))
    tell_invited(meeting, "meeting-called", items=words[:200], spot=meeting.spot)
    return meeting


@command
def enter_meeting(actor: Actor, *, committee_id: UUID, facts: MeetingFacts) -> Meeting:
    """补录: a meeting that took place, with who was in the committee then; nobody is told."""
    check_held(facts.starts_at, clock.now())
    meeting = _with_items(actor, "meeting.entered", committee_id, facts)
    if not meeting.invitees.exists():
        message = gettext_noop(
            "Nobody was in the committee on that day. Take its members in first, with terms that "
            "begin by then."
        )
        raise Refused("meeting.nobody", message)
    return meeting


def _with_items(actor: Actor, verb: str, committee_id: UUID, facts: MeetingFacts) -> Meeting:
    """A meeting with who is in the committee on its day, and what it is about."""
    check_meeting(facts)
    committee = locked_committee(actor, committee_id)
    meeting = Meeting.objects.create(
        committee=committee,
        place=committee.place,
        committee_name=committee.name,
        place_name=committee.place.name,
        starts_at=facts.starts_at,
        spot=check_length(facts.spot.strip(), SPOT),
        called_at=clock.now(),
        called_by=actor.name,
    )
    members = members_on(committee, clock.local(facts.starts_at).date())
    Invitee.objects.bulk_create(
        [Invitee(meeting=meeting, member=one, name=one.words) for one in members]
    )
    items = list(_items(actor, meeting, facts))
    for number, item in enumerate(items, 1):
        item.position = number
    MeetingItem.objects.bulk_create(items)
    journal.write(actor, verb, meeting.pk, committee.place_id)
    return meeting


def _items(actor: Actor, meeting: Meeting, facts: MeetingFacts) -> Iterable[MeetingItem]:
    """The open problems and needs that are named, then what is said in words. Raises `Absent`."""
    place = meeting.committee.place
    for key in facts.problem_ids:
        problem = problem_of(problems_in(actor, place), UUID(str(key)))
        yield MeetingItem(meeting=meeting, text=problem.text, problem=problem)
    for key in facts.need_ids:
        need = need_of(actor, Permission.NEED_READ, UUID(str(key)))
        if not need.community.path.startswith(place.path):
            raise Absent("need")
        yield MeetingItem(meeting=meeting, text=need.text[:ITEM], need=need)
    for words in facts.words:
        yield MeetingItem(meeting=meeting, text=check_length(plain(words), ITEM))


def locked_meeting(actor: Actor, meeting_id: UUID) -> Meeting:
    """One that the actor runs and that is not cancelled, locked. Raises `Absent`."""
    meeting = lock(meetings_to_run(actor), meeting_id)
    MEETING.check(meeting.state, MeetingState.CALLED)
    return meeting


@command
def cancel_meeting(actor: Actor, *, meeting_id: UUID, reason: str) -> Meeting:
    """Let it not take place, and say why; whoever was invited is told. Refused once it is written
    down who came or what was decided, or minutes were issued."""
    why = check_reason(reason)
    meeting = locked_meeting(actor, meeting_id)
    check_called_off(meeting)
    return _call_off(actor, meeting, why)


def _call_off(actor: Actor, meeting: Meeting, why: str) -> Meeting:
    move([meeting], MeetingState.CANCELLED, clock.now(), cancelled_at=clock.now(), reason=why)
    journal.write(actor, "meeting.cancelled", meeting.pk, _place(meeting), reason=why)
    tell_invited(meeting, "meeting-cancelled", reason=why)
    return meeting


@command
def end_committee(actor: Actor, *, committee_id: UUID, reason: str) -> Committee:
    """End it, for a reason; meetings that are still to come are cancelled, and whoever was invited
    is told. What it met about and decided, and the minutes, stay."""
    why = check_reason(reason)
    row = locked_committee(actor, committee_id)
    row.ended_at, row.reason = clock.now(), why
    row.save(update_fields=["ended_at", "reason"])
    journal.write(actor, "committee.ended", row.pk, row.place_id, reason=why)
    ahead = row.meetings.filter(starts_at__gt=row.ended_at, state=MeetingState.CALLED)
    for meeting_id in list(ahead.order_by("pk").values_list("pk", flat=True)):
        _call_off(actor, locked_meeting(actor, meeting_id), why)
    return row


def _place(meeting: Meeting) -> int:
    return meeting.committee.place_id


@command
def note_attendance(actor: Actor, *, meeting_id: UUID, came_ids: Collection[UUID]) -> Meeting:
    """Write down who came of those who were invited: a fact, and no score."""
    meeting = locked_meeting(actor, meeting_id)
    check_begun(meeting.starts_at, clock.now())
    rows = list(meeting.invitees.all())
    if not set(came_ids) <= {row.pk for row in rows}:
        raise Absent("invitee")
    for row in rows:
        row.came = row.pk in set(came_ids)
    Invitee.objects.bulk_update(rows, ["came"])
    journal.write(actor, "meeting.attended", meeting.pk, _place(meeting))
    return meeting


def _item(actor: Actor, item_id: UUID) -> MeetingItem:
    """An item of a meeting that the actor runs and that has begun, locked. Raises `Absent`."""
    rows = MeetingItem.objects.select_related("meeting__committee__place", "problem__place", "need")
    item = lock(rows.filter(meeting__in=meetings_to_run(actor).values("pk")), item_id)
    check_resolvable(item)
    return item


@command
def resolve_item(actor: Actor, *, item_id: UUID, decision: str) -> MeetingItem:
    """Write down what the meeting decided of an item."""
    words = check_words(decision, DECISION)
    item = _item(actor, item_id)
    item.decision, item.decided_at = words, item.decided_at or clock.now()
    item.save(update_fields=["decision", "decided_at"])
    facts = {"words": words}
    journal.write(actor, "meeting.decided", item.meeting_id, _place(item.meeting), **facts)
    return item


@command
def add_decision_task(actor: Actor, *, item_id: UUID, text: str, duty: Duty) -> ProblemTask:
    """A task that follows from a decision, with who does it and by when: a task of the item's
    problem; of an item without one the problem is put on the list first."""
    item = _item(actor, item_id)
    check_decided(item)
    task = append_task(actor, _problem(actor, item, duty), text, duty)
    words = task_words(task.text, f"{task.owner.name}{task.owner_name}", task.due_on)
    DecisionTask.objects.create(task=task, item=item, words=words)
    return task


def _problem(actor: Actor, item: MeetingItem, duty: Duty) -> PlaceProblem:
    """The problem of an item, locked; a new one on the list of the committee's place."""
    if item.problem_id is not None:
        problem: PlaceProblem = lock(problem_rows(), item.problem_id)
        return problem
    place = item.meeting.committee.place
    facts = ProblemFacts(ProblemSource.MEETING, item.text)
    main = Duty(place.pk, duty.due_on)
    item.problem = raise_problem(actor, place_id=place.pk, facts=facts, duty=main)
    item.save(update_fields=["problem"])
    return item.problem
