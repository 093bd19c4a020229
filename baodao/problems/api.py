"""Problems over the API: the list with whom each lies, put on it, divided, answered, closed; who
asked is read on the page alone, and programs have no place for it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.problems.commands import escalations, outcomes, problem_tasks
from baodao.problems.commands import problems as commands
from baodao.problems.queries.problems import problem_of, problems_in
from baodao.problems.queries.problems import problems as problems_read
from baodao.problems.rules.problems import Duty, ProblemFacts, ProblemSource, ProblemState
from baodao.ui.api import (
    ApiRequest,
    Code,
    Cursor,
    Day,
    Page,
    Place,
    Remark,
    Spot,
    Text,
    Words,
    answers,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Lists of problems")])


class ProblemRow(Schema):
    """A problem, without who asked."""

    id: UUID
    place: Place
    source: ProblemSource
    text: str
    spot: str
    owner: Place
    owner_name: str
    due_on: date
    state: ProblemState
    holder: str = Field(description=gettext_noop("With whom it lies, as long as it is open."))
    since: datetime = Field(description=gettext_noop("Since when it lies there."))
    late: bool = Field(description=gettext_noop("Whether it, a task or an answer is overdue."))
    raised_at: datetime


class ProblemPage(Page[ProblemRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtProblems(Schema):
    """Which problems."""

    community: Code
    state: ProblemState | None = None


class ApiDuty(Schema):
    """Who does it, and by when."""

    owner: Code = Field(description=gettext_noop("Code of the organisation."))
    owner_name: Remark = ""
    due_on: Day

    def duty(self) -> Duty:
        """As the commands take it. Raises `Absent`."""
        return Duty(by_code(self.owner).pk, self.due_on, self.owner_name)


class ToRaise(ApiDuty):
    """A problem, and who solves it."""

    community: Code
    source: ProblemSource
    text: Words
    spot: Spot = ""


class ToDivide(ApiDuty):
    """A task, and who does it."""

    text: Words


class ProblemTaskRow(Schema):
    """A task of a problem."""

    id: UUID
    problem: UUID
    text: str
    owner: Place
    owner_name: str
    due_on: date
    done_at: datetime | None
    result: str
    withdrawn_at: datetime | None
    reason: str = Field(description=gettext_noop("Why it was withdrawn; empty otherwise."))


class ProblemWords(Schema):
    """What is said, in words."""

    words: Text


def _problem(row: Any) -> ProblemRow:
    return ProblemRow.model_validate({name: getattr(row, name) for name in ProblemRow.model_fields})


def _one(request: ApiRequest, problem_id: UUID) -> ProblemRow:
    return _problem(problem_of(problems_read(request.actor), problem_id))


def task_row(row: Any) -> ProblemTaskRow:
    """A task as the API tells it."""
    same = ProblemTaskRow.model_fields.keys() - {"problem"}
    facts = {"problem": row.problem_id}
    return ProblemTaskRow.model_validate(facts | {name: getattr(row, name) for name in same})


@router.get("/problems/", response=answers(ProblemPage), summary=gettext_noop("Problems in scope"))
@reading(Permission.PROBLEM_READ)
def problems(
    request: ApiRequest, sought: Query[SoughtProblems], cursor: Query[Cursor]
) -> dict[str, object]:
    """问题清单 of one community or street, the oldest first."""
    rows = problems_in(request.actor, by_code(sought.community))
    if sought.state is not None:
        rows = rows.filter(state=sought.state)
    return page_of(rows, cursor, "id", _problem)


@router.post(
    "/problems/",
    response=answers(ProblemRow, writes=True),
    summary=gettext_noop("Put a problem on the list"),
)
@writing(Permission.PROBLEM_EDIT)
def raise_problem(request: ApiRequest, body: ToRaise) -> ProblemRow:
    """登记问题: what it is, who solves it and by when; whoever solves it is told."""
    row = commands.raise_problem(
        request.actor,
        place_id=by_code(body.community).pk,
        facts=ProblemFacts(body.source, body.text, body.spot),
        duty=body.duty(),
    )
    return _one(request, row.pk)


@router.post(
    "/problems/{uuid:problem_id}/tasks/",
    response=answers(ProblemTaskRow, writes=True),
    summary=gettext_noop("Add a task"),
)
@writing(Permission.PROBLEM_EDIT)
def add_task(request: ApiRequest, problem_id: UUID, body: ToDivide) -> ProblemTaskRow:
    """分解任务: a step towards solving a problem; whoever does it is told."""
    row = problem_tasks.add_task(
        request.actor, problem_id=problem_id, text=body.text, duty=body.duty()
    )
    return task_row(row)


@router.post(
    "/problems/tasks/{uuid:problem_task_id}/done/",
    response=answers(ProblemTaskRow, writes=True),
    summary=gettext_noop("End a task"),
)
@writing(Permission.PROBLEM_ANSWER)
def end_task(request: ApiRequest, problem_task_id: UUID, body: ProblemWords) -> ProblemTaskRow:
    """完成任务: what came of it."""
    return task_row(
        problem_tasks.end_task(request.actor, task_id=problem_task_id, result=body.words)
    )


@router.post(
    "/problems/whistles/{uuid:escalation_id}/answer/",
    response=answers(ProblemRow, writes=True),
    summary=gettext_noop("Answer a whistle about a problem"),
)
@writing(Permission.PROBLEM_ANSWER)
def answer(request: ApiRequest, escalation_id: UUID, body: ProblemWords) -> ProblemRow:
    """答复吹哨: what is done about it; whoever whistled reads it."""
    row = escalations.answer_escalation(
        request.actor, escalation_id=escalation_id, answer=body.words
    )
    return _one(request, row.problem_id)


@router.post(
    "/problems/{uuid:problem_id}/solved/",
    response=answers(ProblemRow, writes=True),
    summary=gettext_noop("Close a problem as solved"),
)
@writing(Permission.PROBLEM_EDIT)
def solve(request: ApiRequest, problem_id: UUID, body: ProblemWords) -> ProblemRow:
    """销号: with what was done and by what one sees it."""
    commands.solve_problem(request.actor, problem_id=problem_id, evidence=body.words)
    return _one(request, problem_id)


@router.post(
    "/problems/{uuid:problem_id}/reported/",
    response=answers(ProblemRow, writes=True),
    summary=gettext_noop("Report a problem as solved"),
)
@writing(Permission.PROBLEM_ANSWER)
def state(request: ApiRequest, problem_id: UUID, body: ProblemWords) -> ProblemRow:
    """报告办结: by who solves it; the place looks, and closes it or asks to go on."""
    outcomes.state_outcome(request.actor, problem_id=problem_id, outcome=body.words)
    return _one(request, problem_id)


@router.post(
    "/problems/tasks/{uuid:problem_task_id}/withdrawn/",
    response=answers(ProblemTaskRow, writes=True),
    summary=gettext_noop("Withdraw a task"),
)
@writing(Permission.PROBLEM_EDIT)
def withdraw_task(request: ApiRequest, problem_task_id: UUID, body: ProblemWords) -> ProblemTaskRow:
    """撤回任务: with the reason; whoever had it is told."""
    row = problem_tasks.withdraw_task(request.actor, task_id=problem_task_id, reason=body.words)
    return task_row(row)


@router.post(
    "/problems/whistles/{uuid:escalation_id}/withdrawn/",
    response=answers(ProblemRow, writes=True),
    summary=gettext_noop("Withdraw a whistle about a problem"),
)
@writing(Permission.PROBLEM_EDIT)
def withdraw_call(request: ApiRequest, escalation_id: UUID, body: ProblemWords) -> ProblemRow:
    """撤回吹哨: with the reason; whoever was whistled for is told."""
    row = escalations.withdraw_escalation(
        request.actor, escalation_id=escalation_id, reason=body.words
    )
    return _one(request, row.problem_id)
