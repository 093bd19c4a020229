"""What keeps a problem, a task or a whistle from an act. Commands check it under their locks; pages
say it in place of a form that would be refused."""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.problems.models import Escalation, PlaceProblem, ProblemTask
from baodao.problems.queries.problems import WAITING, closure_of, open_call_of
from baodao.problems.rules.problems import PROBLEM, ProblemState

TASK_FIRST = gettext_noop(
    "The task “%(words)s” of %(owner)s is not done yet. Say that it is done, or withdraw it, and "
    "then close the problem."
)
REPORT_LATER = gettext_noop(
    "The task “%(words)s” of %(owner)s is not done yet. Once no task waits, report the problem as "
    "solved."
)


def check_open_problem(problem: PlaceProblem) -> None:
    """Refuse once it is solved."""
    PROBLEM.check(problem.state, ProblemState.OPEN)


def check_tasks(problem: PlaceProblem, message: str) -> None:
    """Refuse, with this message, while a task waits."""
    task = problem.tasks.filter(WAITING).select_related("owner").order_by("due_on", "pk").first()
    if task is not None:
        raise Refused("problem.tasks", message, words=task.text, owner=task.owner.name)


def check_answered(problem: PlaceProblem) -> None:
    """Refuse to go on while somebody was whistled for and has not answered."""
    call = open_call_of(problem)
    if call is not None:
        message = gettext_noop(
            "%(owner)s was whistled for and has not answered yet. Wait for the answer, or withdraw "
            "the whistle on the page of the problem."
        )
        raise Refused("problem.unanswered", message, owner=call.receiver.name)


def check_callable(problem: PlaceProblem) -> None:
    """Refuse to whistle for anybody once it is solved, or while another has not answered."""
    check_answered(problem)
    check_open_problem(problem)


def check_solvable(problem: PlaceProblem) -> None:
    """Refuse to close it while a task or a whistle waits, with what one can do about it."""
    PROBLEM.move(problem.state, ProblemState.SOLVED)
    check_tasks(problem, TASK_FIRST)
    check_answered(problem)


def check_reportable(problem: PlaceProblem) -> None:
    """Refuse to report it as solved while a task waits: the place could not close it."""
    check_open_problem(problem)
    check_tasks(problem, REPORT_LATER)
    if problem.outcome_at is not None:
        again = gettext_noop("It is reported as solved already; the place looks at it.")
        raise Refused("problem.stated", again)


def check_reported(problem: PlaceProblem) -> None:
    """Refuse to send back what nobody has reported as solved."""
    check_open_problem(problem)
    if problem.outcome_at is None:
        raise Refused("problem.unstated", gettext_noop("Nobody has reported it as solved."))


def check_rateable(problem: PlaceProblem) -> None:
    """Refuse the word of who asked before it is solved, and a second one."""
    PROBLEM.check(problem.state, ProblemState.SOLVED)
    closure = closure_of(problem)
    if closure is not None and closure.word:
        raise Refused("problem.rated", gettext_noop("Their word is written down already."))


def check_task_waiting(task: ProblemTask) -> None:
    """Refuse what is done with a task once it is done or withdrawn."""
    if task.done_at is not None:
        raise Refused("problem.task-done", gettext_noop("This task is done already."))
    if task.withdrawn_at is not None:
        raise Refused("problem.task-withdrawn", gettext_noop("This task was withdrawn."))


def check_call_waiting(row: Escalation) -> None:
    """Refuse what is done with a whistle once it is answered or withdrawn."""
    if row.answered_at is not None:
        raise Refused("problem.answered", gettext_noop("It is answered already."))
    if row.withdrawn_at is not None:
        raise Refused("problem.call-withdrawn", gettext_noop("This whistle was withdrawn."))
