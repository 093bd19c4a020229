"""问题清单, 任务清单, 责任清单: three lists of the same facts, in four media."""

from collections.abc import Callable, Mapping

from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.form import Form
from baodao.documents.sheets import Item, paper_text
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.needs.rules.life import AskerWord
from baodao.orgs.models import Organisation
from baodao.problems.queries.duties import DutyLine, ListedProblem, duty_lines, listed_problems
from baodao.problems.queries.problems import tasks_in
from baodao.problems.rules.papers import DUTY_LIST, PROBLEM_LIST, TASK_LIST
from baodao.problems.rules.problems import ProblemSource, ProblemState

Row = dict[str, object]


def _problem_rows(actor: Actor, place: Organisation) -> list[Row]:
    return [_problem(one) for one in listed_problems(actor, place)]


def _problem(one: ListedProblem) -> Row:
    problem, closure = one.problem, one.closure
    word = (closure.word if closure else "") or (
        problem.need.satisfied if problem.need and closure else ""
    )
    open_now = problem.state == ProblemState.OPEN
    since = paper_text(clock.day_of(problem.since), "day")
    return {
        "problem": problem.text,
        "source": gettext(ProblemSource.words_of(problem.source)),
        "spot": problem.spot,
        "raised_on": clock.day_of(problem.raised_at),
        "owner": f"{problem.owner.name} {problem.owner_name}".strip(),
        "due_on": problem.due_on,
        "stuck": f"{problem.holder}，{since}起" if open_now else "",
        "result": closure.evidence if closure else "",
        "word": gettext(AskerWord.words_of(word)) if word else "",
    }


def _task_rows(actor: Actor, place: Organisation) -> list[Row]:
    rows = tasks_in(actor, place).order_by("due_on", "pk")
    return [
        {
            "task": row.text,
            "problem": row.problem.text,
            "owner": f"{row.owner.name} {row.owner_name}".strip(),
            "due_on": row.due_on,
            "done_on": clock.day_of(row.done_at),
            "result": row.result or (f"已撤回：{row.reason}" if row.withdrawn_at else ""),
        }
        for row in rows
    ]


def _duty_rows(actor: Actor, place: Organisation) -> list[Row]:
    return [_duty(line) for line in duty_lines(actor, place)]


def _duty(line: DutyLine) -> Row:
    late = line.due_on < clock.today()
    return {
        "owner": line.owner,
        "owner_name": line.owner_name,
        "duty": line.duty,
        "problem": line.problem,
        "due_on": line.due_on,
        "since": clock.day_of(line.since),
        "state": "已逾期" if late else "办理中",
    }


REGISTERS: Mapping[str, tuple[Form, Callable[[Actor, Organisation], list[Row]]]] = {
    "problems": (PROBLEM_LIST, _problem_rows),
    "tasks": (TASK_LIST, _task_rows),
    "duties": (DUTY_LIST, _duty_rows),
}
"""By the name of the list in the address."""


def register_item(actor: Actor, place: Organisation, name: str) -> Item:
    """One of the three lists as its paper has it, in Chinese whatever the reader's language."""
    with translation.override("zh-hans"):
        rows = REGISTERS[name][1](actor, place)
    return {"organisation": place.name, "as_of": clock.today(), "rows": rows}
