"""What is done about a problem: given to somebody, divided, whistled about, closed, reopened."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.queries.choices import Choices
from baodao.orgs.queries.tree import place_name
from baodao.orgs.rules.tree import Kind
from baodao.problems.commands import escalations, outcomes, problem_tasks
from baodao.problems.commands import problems as commands
from baodao.problems.commands.problems import ProblemAsker
from baodao.problems.forms import (
    CallAnswerForm,
    CallForm,
    ClosureForm,
    DepartmentForm,
    DutyForm,
    OutcomeForm,
    ResultForm,
    SaidForm,
    TaskForm,
)
from baodao.problems.models import Escalation, PlaceProblem, ProblemTask
from baodao.problems.queries.barriers import (
    check_call_waiting,
    check_callable,
    check_open_problem,
    check_rateable,
    check_reportable,
    check_reported,
    check_solvable,
    check_task_waiting,
)
from baodao.problems.queries.problems import (
    escalations_to_answer,
    owners_for,
    problem_of,
    problems_to_edit,
    problems_to_solve,
    tasks_to_end,
)
from baodao.problems.rules.problems import PROBLEM, ProblemState
from baodao.ui.forms import PurposeForm, ReasonForm
from baodao.ui.guards import asking
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import bound, question, submit


def _problem(request: ActorRequest, problem_id: UUID) -> PlaceProblem:
    row: PlaceProblem = problem_of(problems_to_edit(request.actor), problem_id)
    return row


def _page_of(row: PlaceProblem) -> str:
    return reverse("problems:problem", args=[row.pk])


def _values(row: PlaceProblem) -> dict[str, object]:
    return {"owner": place_name(row.owner), "owner_name": row.owner_name, "due_on": row.due_on}


@asking
def assign(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """Who solves it, and by when."""
    row = _problem(request, problem_id)
    find = Choices(owners_for(row.place), row.owner)
    form = bound(request, DutyForm, find=find)
    page = question(form, gettext("Who solves it"), gettext("Save"), row.text).editing(row, _values)

    def act(actor: Actor, **_: object) -> PlaceProblem:
        return commands.assign_problem(actor, problem_id=row.pk, duty=form.duty())

    page = page.while_open(check_open_problem, row)
    return submit(request, act, to=_page_of(row), message=gettext("Saved."), page=page)


@asking
def add_task(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """A step, with who does it and by when."""
    row = _problem(request, problem_id)
    # no edit: a proposal; the task is not there yet
    form = bound(request, TaskForm, find=Choices(owners_for(row.place)), initial=_values(row))
    page = question(form, gettext("A new task"), gettext("Add"), row.text)

    def act(actor: Actor, **_: object) -> ProblemTask:
        text = form.cleaned_data["text"]
        return problem_tasks.add_task(actor, problem_id=row.pk, text=text, duty=form.duty())

    message = gettext("Added. Whoever does it is told.")
    page = page.while_open(check_open_problem, row)
    return submit(request, act, to=_page_of(row), message=message, page=page)


@asking
def end_task(request: ActorRequest, problem_task_id: UUID) -> HttpResponse:
    """Say that a task is done."""
    task = tasks_to_end(request.actor).filter(pk=problem_task_id).first()
    if task is None:
        raise Absent("task")
    headline = gettext("“%(words)s” is done") % {"words": task.text}
    page = question(bound(request, ResultForm), headline, gettext("Done"), task.problem.text)
    act = partial(problem_tasks.end_task, task_id=task.pk)
    message = gettext("Noted as done.")
    page = page.while_open(check_task_waiting, task)
    return submit(request, act, to=_page_of(task.problem), message=message, page=page)


@asking
def escalate(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """吹哨: a community for its street, an authority for the department that it names."""
    row = _problem(request, problem_id)
    lead = gettext("It answers within the working days for whistles, and is told at once.")
    label = gettext("Whistle")
    if row.place.kind != Kind.COMMUNITY:
        form = bound(request, DepartmentForm, find=Choices(owners_for(row.place)))
        page = question(form, gettext("Whistle for a department"), label, lead)
        act = _to_department(partial(escalations.escalate, problem_id=row.pk))
    else:
        page = question(bound(request, CallForm), gettext("Whistle for the street"), label, lead)
        act = partial(escalations.escalate, problem_id=row.pk)
    message = gettext("Whistled. The answer appears here.")
    page = page.while_open(check_callable, row)
    return submit(request, act, to=_page_of(row), message=message, page=page)


def _to_department(command: object) -> partial[Escalation]:
    """The command, given the department as it stands in the form."""

    def act(actor: Actor, *, receiver: object, question: str) -> Escalation:
        given = {"receiver_id": getattr(receiver, "pk", None), "question": question}
        row: Escalation = command(actor, **given)  # type: ignore[operator]
        return row

    return partial(act)


def _call(request: ActorRequest, escalation_id: UUID) -> Escalation:
    row = escalations_to_answer(request.actor).filter(pk=escalation_id).first()
    if row is None:
        raise Absent("escalation")
    return row


@asking
def answer(request: ActorRequest, escalation_id: UUID) -> HttpResponse:
    """Say what is done about what one was whistled for."""
    row = _call(request, escalation_id)
    headline = gettext("Answer about “%(words)s”") % {"words": row.problem.text}
    page = question(bound(request, CallAnswerForm), headline, gettext("Answer"), row.question)
    act = partial(escalations.answer_escalation, escalation_id=row.pk)
    message = gettext("Answered. Whoever whistled reads it.")
    page = page.while_open(check_call_waiting, row)
    return submit(request, act, to=reverse("problems:ours"), message=message, page=page)


@asking
def pass_on(request: ActorRequest, escalation_id: UUID) -> HttpResponse:
    """Name the department that answers instead."""
    row = _call(request, escalation_id)
    if row.receiver.kind == Kind.UNIT or row.receiver.kind == Kind.COMMUNITY:
        raise Absent("escalation")
    form = bound(request, DepartmentForm, find=Choices(owners_for(row.problem.place)))
    page = question(form, gettext("Whistle for a department"), gettext("Whistle"), row.question)
    act = _to_department(partial(escalations.refer_escalation, escalation_id=row.pk))
    message = gettext("Whistled. The community reads who answers now.")
    page = page.while_open(check_call_waiting, row)
    return submit(request, act, to=reverse("problems:ours"), message=message, page=page)


@asking
def solve(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """销号: close it, with what was done and by what one sees it; what is known stands there."""
    row = _problem(request, problem_id)
    # no edit: a proposal; the closure is not there yet
    form = bound(request, ClosureForm, initial={"evidence": row.outcome or _results(row)})
    page = question(form, gettext("It is solved"), gettext("Close the problem"), row.text)
    act = partial(commands.solve_problem, problem_id=row.pk)
    message = gettext("Closed. If whoever asked says what they think, write it down here.")
    page = page.while_open(check_solvable, row)
    return submit(request, act, to=_page_of(row), message=message, page=page)


def _results(row: PlaceProblem) -> str:
    """What came of its tasks, in the order in which they were done."""
    done = row.tasks.exclude(done_at=None).order_by("done_at", "pk")
    return "；".join(done.values_list("result", flat=True))


@asking
def state(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """Whoever solves it says that it is solved; the place looks and closes it."""
    row = problem_of(problems_to_solve(request.actor), problem_id)
    # no edit: a proposal; nothing is reported yet
    form = bound(request, OutcomeForm, initial={"outcome": _results(row)})
    lead = gettext("The place reads it, looks, and closes the problem or asks you to go on.")
    page = question(form, gettext("Report as solved"), gettext("Report it"), lead)
    act = partial(outcomes.state_outcome, problem_id=row.pk)
    message = gettext("Reported. The place was told.")
    page = page.beside(facts=[(gettext("Problem"), row.text)]).while_open(check_reportable, row)
    return submit(request, act, to=_page_of(row), message=message, page=page)


@asking
def go_on(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """What was reported as solved is not solved yet, and why."""
    row = _problem(request, problem_id)
    headline = gettext("Not solved yet")
    page = question(bound(request, ReasonForm), headline, gettext("Ask to go on"), row.outcome)
    act = partial(outcomes.decline_outcome, problem_id=row.pk)
    message = gettext("Whoever solves it was told why, and goes on.")
    page = page.while_open(check_reported, row)
    return submit(request, act, to=_page_of(row), message=message, page=page)


@asking
def withdraw_task(request: ActorRequest, problem_task_id: UUID) -> HttpResponse:
    """Take a task back, for a reason."""
    rows = ProblemTask.objects.filter(problem__in=_edited(request))
    task = rows.select_related("problem").filter(pk=problem_task_id).first()
    if task is None:
        raise Absent("task")
    label, lead = gettext("Withdraw the task"), gettext("Whoever has it is told why.")
    page = question(bound(request, ReasonForm), label, label, lead, [(gettext("Task"), task.text)])
    act = partial(problem_tasks.withdraw_task, task_id=task.pk)
    to = _page_of(task.problem)
    page = page.while_open(check_task_waiting, task)
    return submit(request, act, to=to, message=gettext("Withdrawn."), page=page)


def _edited(request: ActorRequest) -> Any:
    return problems_to_edit(request.actor).values("pk")


@asking
def withdraw_call(request: ActorRequest, escalation_id: UUID) -> HttpResponse:
    """Take a whistle back, for a reason."""
    rows = Escalation.objects.filter(problem__in=_edited(request))
    row = rows.select_related("problem", "receiver").filter(pk=escalation_id).first()
    if row is None:
        raise Absent("escalation")
    label, lead = gettext("Withdraw the whistle"), gettext("Whoever was whistled for is told why.")
    facts = [(gettext("Whistle"), f"{row.receiver.name} · {row.question}")]
    page = question(bound(request, ReasonForm), label, label, lead, facts)
    act = partial(escalations.withdraw_escalation, escalation_id=row.pk)
    to = _page_of(row.problem)
    page = page.while_open(check_call_waiting, row)
    return submit(request, act, to=to, message=gettext("Withdrawn."), page=page)


@asking
def word(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """What whoever asked says of it, by whichever way."""
    row = _problem(request, problem_id)
    page = question(
        bound(request, SaidForm), gettext("The asker's own word"), gettext("Save"), row.text
    )
    act = partial(outcomes.note_word, problem_id=row.pk)
    page = page.while_open(check_rateable, row)
    return submit(request, act, to=_page_of(row), message=gettext("Written down."), page=page)


@asking
def reopen(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """Let it go on, for a reason."""
    row = _problem(request, problem_id)
    page = question(
        bound(request, ReasonForm), gettext("Open it again"), gettext("Open it again"), row.text
    )
    act = partial(commands.reopen_problem, problem_id=row.pk)
    page = page.while_open(PROBLEM.check, row.state, ProblemState.SOLVED)
    return submit(request, act, to=_page_of(row), message=gettext("It is open again."), page=page)


@asking
@never_cache
def asker(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """Ask why; the page that answers shows once who asked."""
    # no end: reading changes nothing; what was forgotten is said then
    row = _problem(request, problem_id)
    lead = gettext("Why you read it is written down.")
    page = question(bound(request, PurposeForm), gettext("Who asked"), gettext("Show"), lead)

    def once_read(one: ProblemAsker) -> HttpResponse:
        return render(request, "problems/asker.html", {"asker": one, "problem": row})

    act = partial(commands.unmask_asker, problem_id=row.pk)
    message = gettext("It was shown once; open it again if need be.")
    return submit(request, act, to=_page_of(row), message=message, page=page, answer=once_read)
