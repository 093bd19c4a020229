"""社区吹哨: a community whistles for its street, a street for a named department; who does not
answer within the working days is told of."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.workdays import workday_after
from baodao.notices.commands.notices import Message, announce
from baodao.orders.rules.policies import ANSWER_DAYS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import ancestor_of, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.problems.commands.problems import day_words, locked_problem
from baodao.problems.models import Escalation, PlaceProblem
from baodao.problems.queries.barriers import check_call_waiting, check_callable
from baodao.problems.queries.problems import (
    escalations_to_answer,
    overdue_escalations,
    owners_for,
    problems_to_edit,
)
from baodao.problems.rules.problems import EVIDENCE, PROBLEM, ProblemState


@command
def escalate(
    actor: Actor, *, problem_id: UUID, question: str, receiver_id: int | None = None
) -> Escalation:
    """Whistle about a problem: a community for its street, an authority for the department that is
    named. It answers within the working days in which a unit answers a whistle."""
    why = check_reason(question)
    problem = locked_problem(actor, problem_id)
    check_callable(problem)
    receiver = _street(problem) if receiver_id is None else _department(problem, receiver_id)
    return _send(actor, problem, standing_of(problem.place), receiver, why)


def _street(problem: PlaceProblem) -> Organisation:
    street = ancestor_of(standing_of(problem.place), Kind.STREET)
    if street is None or street.pk == problem.place_id:
        raise Refused("problem.no-street", gettext_noop("Name the department that is to answer."))
    return street


def _department(problem: PlaceProblem, receiver_id: int) -> Organisation:
    """One that a street or an authority above may name. Raises `Absent`."""
    if problem.place.kind == Kind.COMMUNITY:
        raise Absent("organisation")
    return _any(problem, receiver_id)


def _any(problem: PlaceProblem, receiver_id: int) -> Organisation:
    receiver = owners_for(problem.place).filter(pk=receiver_id).first()
    if receiver is None:
        raise Absent("organisation")
    return receiver


def _send(
    actor: Actor, problem: PlaceProblem, sender: Organisation, receiver: Organisation, why: str
) -> Escalation:
    PROBLEM.check(problem.state, ProblemState.OPEN)
    days = value_of(ANSWER_DAYS, standing_of(problem.place))
    row = Escalation.objects.create(
        problem=problem,
        sender=sender,
        receiver=receiver,
        question=why,
        sent_at=clock.now(),
        sent_by=actor.name,
        due_on=workday_after(clock.today(), days),
    )
    facts = {"owner": receiver.name, "due_on": row.due_on.isoformat(), "reason": why}
    journal.write(actor, "problem.escalated", problem.pk, problem.place_id, **facts)
    announce([_message("problem-escalated", row, receiver.pk, row.pk)])
    return row


@command
def answer_escalation(actor: Actor, *, escalation_id: UUID, answer: str) -> Escalation:
    """Say what is done about a problem about which one was whistled for; who whistled reads it, and
    the community where it is."""
    words = check_reason(answer, EVIDENCE)
    row = _waiting(actor, escalation_id)
    _close(actor, row, words)
    readers = dict.fromkeys((row.sender_id, row.problem.place_id))
    announce(_message("problem-answered", row, one, row.problem_id, words) for one in readers)
    return row


@command
def refer_escalation(
    actor: Actor, *, escalation_id: UUID, receiver_id: int, question: str
) -> Escalation:
    """A street, or an authority above it, names the department that answers in its place."""
    why = check_reason(question)
    row = _waiting(actor, escalation_id)
    if row.receiver.kind not in (Kind.STREET, Kind.DISTRICT, Kind.CITY):
        raise Absent("escalation")
    receiver = _any(row.problem, receiver_id)
    if receiver.pk == row.receiver_id:
        raise Refused("problem.same", gettext_noop("Name another one, or answer yourself."))
    _close(actor, row, why)
    return _send(actor, row.problem, row.receiver, receiver, why)


def _waiting(actor: Actor, escalation_id: UUID) -> Escalation:
    row = lock(escalations_to_answer(actor), escalation_id)
    check_call_waiting(row)
    return row


@command
def withdraw_escalation(actor: Actor, *, escalation_id: UUID, reason: str) -> Escalation:
    """Take back a whistle that nobody answered, for a reason, by who looks after the problem;
    whoever was whistled for is told, and who passed it on."""
    why = check_reason(reason)
    rows = Escalation.objects.select_related("problem__place", "receiver", "sender")
    row = lock(rows.filter(problem__in=problems_to_edit(actor).values("pk")), escalation_id)
    check_call_waiting(row)
    row.withdrawn_at, row.withdrawn_by, row.reason = clock.now(), actor.name, why
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    facts = {"owner": row.receiver.name, "reason": why}
    place_id = row.problem.place_id
    journal.write(actor, "problem.call-withdrawn", row.problem_id, place_id, **facts)
    readers = dict.fromkeys((row.receiver_id, row.sender_id))
    others = [one for one in readers if one != place_id]
    announce(_message("problem-call-withdrawn", row, one, row.problem_id, why) for one in others)
    return row


def _close(actor: Actor, row: Escalation, words: str) -> None:
    row.answered_at, row.answered_by, row.answer = clock.now(), actor.name, words
    row.save(update_fields=["answered_at", "answered_by", "answer"])
    facts = {"owner": row.receiver.name, "reason": words}
    journal.write(actor, "problem.answered", row.problem_id, row.problem.place_id, **facts)


def _message(
    kind: str, row: Escalation, organisation_id: int, about: UUID, reason: str = ""
) -> Message:
    facts = {
        "place": row.sender.name,
        "owner": row.receiver.name,
        "words": row.problem.text,
        "day": day_words(row),
        "reason": reason,
    }
    return Message(kind, organisation_id=organisation_id, about=about, facts=facts)


@command
def tell_overdue(actor: Actor, *, escalation_id: UUID) -> bool:  # noqa: ARG001 - the worker, for everybody
    """Tell who whistled, and the place, once, of an answer that did not come in time; whether there
    was something to tell."""
    rows = overdue_escalations().select_related("problem", "sender", "receiver")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=escalation_id).first()
    if row is None:
        return False
    row.overdue_told_at = clock.now()
    row.save(update_fields=["overdue_told_at"])
    readers = dict.fromkeys((row.sender_id, row.problem.place_id))
    announce(_message("problem-overdue", row, one, row.problem_id) for one in readers)
    return True
