"""The lists of problems, of tasks and of duties: columns, filters, files."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.problems.models import PlaceProblem, ProblemTask
from baodao.problems.queries.problems import WAITING
from baodao.problems.rules.problems import ProblemSource, ProblemState
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]
LATE = (("yes", gettext_lazy("Overdue")),)


def _places(place: Organisation, path: str) -> list[Column]:
    """The place of a row, where the list is of more than one."""

    def name(row: Any) -> str:
        for step in path.split("."):
            row = getattr(row, step)
        return str(row.name)

    return [] if place.kind == Kind.COMMUNITY else [Column(gettext_lazy("Place"), name)]


def _who(row: Any) -> str:
    return f"{row.owner.name} {row.owner_name}".strip()


def _search_problems(rows: Rows, words: str) -> Rows:
    by_words = Q(text__icontains=words) | Q(owner__name__icontains=words)
    return rows.filter(by_words | Q(spot__icontains=words))


def _overdue(rows: Rows, _: str) -> Rows:
    return rows.filter(late=True)


def problems_spec(place: Organisation) -> Spec:
    """问题清单: open ones first, what is due first among them."""
    return Spec(
        title=gettext_lazy("List of problems"),
        columns=(
            Column(
                gettext_lazy("Problem"),
                lambda row: row.text,
                url=lambda row: row_url("problems:problem", row.pk),
            ),
            *_places(place, "place"),
            Column(gettext_lazy("Where it comes from"), lambda row: row.get_source_display()),
            Column(gettext_lazy("Who solves it"), _who),
            Column(gettext_lazy("Due on"), lambda row: row.due_on, "due", ("due_on",)),
            Column(gettext_lazy("Lies with"), _holder),
            Column(gettext_lazy("Since when"), _since),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("Where it is"), lambda row: row.spot, export_only=True),
            Column(
                gettext_lazy("Raised on"),
                lambda row: clock.day_of(row.raised_at),
                "raised",
                ("raised_at",),
            ),
        ),
        order=("state", "due_on"),
        search=_search_problems,
        search_hint=gettext_lazy("Problem, place or who solves it"),
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(ProblemState), equals("state")),
            Filter(
                "source",
                gettext_lazy("Where it comes from"),
                code_choices(ProblemSource),
                equals("source"),
            ),
            Filter("late", gettext_lazy("Pace"), LATE, _overdue),
        ),
        empty=gettext_lazy("No problem is on the list yet."),
        empty_hint=gettext_lazy("A need, a card or what was heard becomes one with one tap."),
        export=list_file,
    )


def _holder(row: PlaceProblem) -> str:
    return row.holder if row.state == ProblemState.OPEN else ""


def _since(row: PlaceProblem) -> object:
    return clock.day_of(row.since) if row.state == ProblemState.OPEN else None


def _search_tasks(rows: Rows, words: str) -> Rows:
    return rows.filter(Q(text__icontains=words) | Q(owner__name__icontains=words))


def _stands(rows: Rows, value: str) -> Rows:
    if value == "late":
        return rows.filter(WAITING, due_on__lt=clock.today())
    if value == "withdrawn":
        return rows.exclude(withdrawn_at=None)
    return rows.filter(WAITING) if value == "open" else rows.exclude(done_at=None)


def _came_of(row: ProblemTask) -> str:
    if row.withdrawn_at is None:
        return row.result
    return gettext("withdrawn: %(reason)s") % {"reason": row.reason}


TASK_STATES = (
    ("open", gettext_lazy("To be done")),
    ("late", gettext_lazy("Overdue")),
    ("done", gettext_lazy("Done")),
    ("withdrawn", gettext_lazy("Withdrawn")),
)


def tasks_spec(place: Organisation) -> Spec:
    """任务清单: what is to be done for the problems of a place, what is due first."""
    return Spec(
        title=gettext_lazy("List of tasks"),
        columns=(
            Column(gettext_lazy("Task"), lambda row: row.text),
            Column(
                gettext_lazy("Problem"),
                lambda row: row.problem.text,
                url=lambda row: row_url("problems:problem", row.problem_id),
            ),
            *_places(place, "problem.place"),
            Column(gettext_lazy("Who does it"), _who),
            Column(gettext_lazy("Due on"), lambda row: row.due_on, "due", ("due_on",)),
            Column(gettext_lazy("Done on"), lambda row: clock.day_of(row.done_at)),
            Column(gettext_lazy("What came of it"), _came_of),
        ),
        order=("due_on",),
        search=_search_tasks,
        search_hint=gettext_lazy("Task, or who does it"),
        filters=(Filter("state", gettext_lazy("State"), TASK_STATES, _stands),),
        empty=gettext_lazy("No task is on the list yet."),
        empty_hint=gettext_lazy("A problem is divided into tasks on its page."),
        export=list_file,
    )


def duties_spec() -> Spec:
    """责任清单: each organisation that has something to do for the problems of a place, with how
    much of it and what is overdue; in the order of the tree, for nobody is ranked."""
    return Spec(
        title=gettext_lazy("List of duties"),
        columns=(
            Column(gettext_lazy("Organisation"), lambda row: row.name),
            Column(gettext_lazy("Problems to solve"), lambda row: row.owned, numeric=True),
            Column(gettext_lazy("Tasks to do"), lambda row: row.tasks, numeric=True),
            Column(gettext_lazy("Whistles to answer"), lambda row: row.calls, numeric=True),
            Column(gettext_lazy("Next day due"), lambda row: row.next_due),
        ),
        order=("path",),
        search=lambda rows, words: rows.filter(name__icontains=words),
        search_hint=gettext_lazy("Organisation"),
        empty=gettext_lazy("Nobody has anything to do."),
        empty_hint=gettext_lazy("Who owns a problem, a task or an answer stands here."),
        export=list_file,
    )
