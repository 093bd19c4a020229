"""责任清单: who has something to do for the problems of a place; the facts of the three papers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least

from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.problems.models import Escalation, PlaceProblem, ProblemClosure, ProblemTask
from baodao.problems.queries.problems import (
    UNANSWERED,
    WAITING,
    open_problems_in,
    problems_in,
    tasks_in,
)
from baodao.problems.rules.problems import ProblemState


def duties_in(actor: Actor, place: Organisation) -> QuerySet[Any]:
    """Every organisation with something to do for the open problems of a place and below: how many
    problems it has `owned`, `tasks` and `calls` to answer, and the `next_due` day of them."""
    going = open_problems_in(actor, place).order_by().values("pk")
    owned = PlaceProblem.objects.filter(pk__in=going, owner=OuterRef("pk"))
    tasks = ProblemTask.objects.filter(problem__in=going, owner=OuterRef("pk")).filter(WAITING)
    calls = Escalation.objects.filter(problem__in=going, receiver=OuterRef("pk")).filter(UNANSWERED)
    columns: dict[str, Any] = {
        "owned": _number(owned, "owner"),
        "tasks": _number(tasks, "owner"),
        "calls": _number(calls, "receiver"),
        "next_due": Least(
            _first(owned, "owner"), _first(tasks, "owner"), _first(calls, "receiver")
        ),
    }
    rows = organisations_anywhere().annotate(**columns)
    return rows.filter(Q(owned__gt=0) | Q(tasks__gt=0) | Q(calls__gt=0))


def _number(rows: QuerySet[Any], by: str) -> Coalesce:
    grouped = rows.order_by().values(by).annotate(n=Count("pk"))
    return Coalesce(Subquery(grouped.values("n"), output_field=IntegerField()), 0)


def _first(rows: QuerySet[Any], by: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(first=Min("due_on")).values("first"))


@dataclass(frozen=True)
class DutyLine:
    """What one organisation has to do for one problem: `duty` says in which way."""

    owner: str
    owner_name: str
    duty: str
    problem: str
    due_on: date
    since: datetime


def duty_lines(actor: Actor, place: Organisation) -> list[DutyLine]:
    """Every duty for the open problems of a place and below, by who has it, what is due first."""
    going = open_problems_in(actor, place)
    lines = [
        DutyLine(row.owner.name, row.owner_name, "牵头办理", row.text, row.due_on, row.assigned_at)
        for row in going
    ]
    tasks = tasks_in(actor, place).filter(WAITING, problem__state=ProblemState.OPEN)
    lines += [
        DutyLine(row.owner.name, row.owner_name, "完成任务", row.text, row.due_on, row.added_at)
        for row in tasks
    ]
    calls = Escalation.objects.filter(UNANSWERED, problem__in=going.order_by().values("pk"))
    lines += [
        DutyLine(row.receiver.name, "", "吹哨答复", row.question, row.due_on, row.sent_at)
        for row in calls.select_related("receiver")
    ]
    return sorted(lines, key=lambda line: (line.owner, line.due_on, line.duty, line.problem))


@dataclass(frozen=True)
class ListedProblem:
    """A problem with how it was closed, where it stands as solved."""

    problem: Any
    closure: ProblemClosure | None


def listed_problems(actor: Actor, place: Organisation) -> list[ListedProblem]:
    """The problems of a place and below as the paper lists them: open ones first."""
    rows = list(problems_in(actor, place).order_by("state", "due_on", "pk"))
    closures = ProblemClosure.objects.filter(problem__in=[row.pk for row in rows], reopened_at=None)
    by_problem = {closure.problem_id: closure for closure in closures}
    return [ListedProblem(row, by_problem.get(row.pk)) for row in rows]
