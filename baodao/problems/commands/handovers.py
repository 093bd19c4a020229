"""What becomes of problems when a place or a unit is reorganised: what waits goes to who takes
over, or back to the place where nobody does; what was closed stays as it was."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)
from baodao.problems.models import Escalation, PlaceProblem, ProblemTask
from baodao.problems.rules.problems import ProblemState


def _problems(plan: ReorganisationPlan) -> QuerySet[PlaceProblem]:
    return PlaceProblem.objects.filter(owner__in=plan.hanging, state=ProblemState.OPEN)


def _tasks(plan: ReorganisationPlan) -> QuerySet[ProblemTask]:
    rows = ProblemTask.objects.filter(owner__in=plan.hanging, done_at=None)
    return rows.filter(problem__state=ProblemState.OPEN)


def _calls(plan: ReorganisationPlan) -> QuerySet[Escalation]:
    return Escalation.objects.filter(receiver__in=plan.hanging, answered_at=None)


def _problem_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s problem is solved by the successor.",
            "%(count)s problems are solved by the successor.",
        )
        yield HandoverLine(Fate.GOES, _problems(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop(
            "%(count)s problem goes back to the place where it is.",
            "%(count)s problems go back to the places where they are.",
        )
        yield HandoverLine(Fate.ENDS, _problems(plan).count(), words)


def _task_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s task is done by the successor.",
            "%(count)s tasks are done by the successor.",
        )
        yield HandoverLine(Fate.GOES, _tasks(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop(
            "%(count)s task goes back to the place of its problem.",
            "%(count)s tasks go back to the places of their problems.",
        )
        yield HandoverLine(Fate.ENDS, _tasks(plan).count(), words)


def _call_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s whistle about a problem is answered by the successor.",
            "%(count)s whistles about problems are answered by the successor.",
        )
        yield HandoverLine(Fate.GOES, _calls(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop(
            "%(count)s whistle about a problem ends without an answer.",
            "%(count)s whistles about problems end without an answer.",
        )
        yield HandoverLine(Fate.ENDS, _calls(plan).count(), words)


def _hand_over_problems(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_problems(plan), owner_id=plan.heir_id, assigned_at=plan.at)
        return
    for place_id in set(_problems(plan).values_list("place_id", flat=True)):
        rows = _problems(plan).filter(place=place_id)
        changes.change(rows, owner_id=place_id, owner_name="", assigned_at=plan.at)


def _hand_over_tasks(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_tasks(plan), owner_id=plan.heir_id)
        return
    for place_id in set(_tasks(plan).values_list("problem__place_id", flat=True)):
        rows = _tasks(plan).filter(problem__place=place_id)
        changes.change(rows, owner_id=place_id, owner_name="")


def _hand_over_calls(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_calls(plan), receiver_id=plan.heir_id)
    else:
        changes.change(_calls(plan), answered_at=plan.at, answer=GONE)


GONE = gettext_noop("It was closed, and nobody took over its work.")
"""The answer kept with a whistle for what was closed; shown translated."""

HANDOVERS = (
    Handover("place problem", _problem_lines, _hand_over_problems, gettext_noop("problems")),
    Handover("problem task", _task_lines, _hand_over_tasks, gettext_noop("tasks of problems")),
    Handover("escalation", _call_lines, _hand_over_calls, gettext_noop("whistles about problems")),
    Handover("problem closure"),
)
