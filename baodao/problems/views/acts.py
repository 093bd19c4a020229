"""What is done about a problem: given to somebody, divided, whistled about, closed, reopened."""

from functools import partial
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
from baodao.problems.commands import escalations
from baodao.problems.commands import problems as commands
from baodao.problems.commands.problems import ProblemAsker
from baodao.problems.forms import (
    CallAnswerForm,
    CallForm,
    ClosureForm,
    DepartmentForm,
    DutyForm,
    ResultForm,
    SaidForm,
    TaskForm,
)
from baodao.problems.models import Escalation, PlaceProblem, ProblemTask
from baodao.problems.queries.problems import (
    escalations_to_answer,
    owners_for,
    problem_of,
    problems_to_edit,
    tasks_to_end,
)
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
        return commands.add_task(actor, problem_id=row.pk, text=text, duty=form.duty())

    message = gettext("Added. Whoever does it is told.")
    return submit(request, act, to=_page_of(row), message=message, page=page)


@asking
def end_task(request: ActorRequest, problem_task_id: UUID) -> HttpResponse:
    """Say that a task is done."""
    task = tasks_to_end(request.actor).filter(pk=problem_task_id, done_at=None).first()
    if task is None:
        raise Absent("task")
    headline = gettext("“%(words)s” is done") % {"words": task.text}
    page = question(bound(request, ResultForm), headline, gettext("Done"), task.problem.text)
    act = partial(commands.end_task, task_id=task.pk)
    message = gettext("Noted as done.")
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
    return submit(request, act, to=_page_of(row), message=message, page=page)


def _to_department(command: object) -> partial[Escalation]:
    """The command, given the department as it stands in the form."""

    def act(actor: Actor, *, receiver: object, question: str) -> Escalation:
        given = {"receiver_id": getattr(receiver, "pk", None), "question": question}
        row: Escalation = command(actor, **given)  # type: ignore[operator]
        return row

    return partial(act)


def _call(request: ActorRequest, escalation_id: UUID) -> Escalation:
    row = escalations_to_answer(request.actor).filter(pk=escalation_id, answered_at=None).first()
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
    return submit(request, act, to=reverse("problems:ours"), message=message, page=page)


@asking
def solve(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """销号: close it, with what was done and by what one sees it."""
    row = _problem(request, problem_id)
    page = question(
        bound(request, ClosureForm), gettext("It is solved"), gettext("Close the problem"), row.text
    )
    act = partial(commands.solve_problem, problem_id=row.pk)
    message = gettext("Closed. If whoever asked says what they think, write it down here.")
    return submit(request, act, to=_page_of(row), message=message, page=page)


@asking
def word(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """What whoever asked says of it, by whichever way."""
    row = _problem(request, problem_id)
    page = question(
        bound(request, SaidForm), gettext("The asker's own word"), gettext("Save"), row.text
    )
    act = partial(commands.note_word, problem_id=row.pk)
    return submit(request, act, to=_page_of(row), message=gettext("Written down."), page=page)


@asking
def reopen(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """Let it go on, for a reason."""
    row = _problem(request, problem_id)
    page = question(
        bound(request, ReasonForm), gettext("Open it again"), gettext("Open it again"), row.text
    )
    act = partial(commands.reopen_problem, problem_id=row.pk)
    return submit(request, act, to=_page_of(row), message=gettext("It is open again."), page=page)


@asking
@never_cache
def asker(request: ActorRequest, problem_id: UUID) -> HttpResponse:
    """Ask why; the page that answers shows once who asked."""
    row = _problem(request, problem_id)
    lead = gettext("Why you read it is written down.")
    page = question(bound(request, PurposeForm), gettext("Who asked"), gettext("Show"), lead)

    def once_read(one: ProblemAsker) -> HttpResponse:
        return render(request, "problems/asker.html", {"asker": one, "problem": row})

    act = partial(commands.unmask_asker, problem_id=row.pk)
    message = gettext("It was shown once; open it again if need be.")
    return submit(request, act, to=_page_of(row), message=message, page=page, answer=once_read)
