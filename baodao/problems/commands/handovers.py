"""What becomes of problems when a place or a unit is reorganised: what waits goes to who takes
over, or back to the place where nobody does; a place that nobody takes over closes its own first;
what was closed stays as it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

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
from baodao.problems.queries.problems import UNANSWERED, WAITING
from baodao.problems.rules.problems import ProblemState

Rows = QuerySet[Any]
Words = tuple[str, str]
"""The message ids of one and of many."""


@dataclass(frozen=True)
class Charge:
    """Something that an organisation has to do: the `rows` that wait for some, the column `by` that
    names it, where their `place` stands, what is said of rows that go to who takes over and of
    those that end, how rows that nobody takes over are put right, and in which column stands since
    when one has it."""

    name: str
    words: str
    by: str
    place: str
    rows: Callable[[], Rows]
    going: Words
    ending: Words
    back: Callable[[Rows, ReorganisationPlan, UndoList], None]
    since: str = ""

    def handover(self) -> Handover:
        """As reorganisations ask for it."""
        return Handover(self.name, self._lines, self._act, self.words)

    def _hanging(self, plan: ReorganisationPlan) -> Rows:
        return self.rows().filter(**{f"{self.by}__in": plan.hanging})

    def _lines(self, plan: ReorganisationPlan) -> Iterator[HandoverLine]:
        if plan.heir_id is not None:
            yield HandoverLine(Fate.GOES, self._hanging(plan).count(), self.going)
        elif plan.ending:
            elsewhere = self._hanging(plan).exclude(**{f"{self.place}__in": plan.hanging})
            yield HandoverLine(Fate.ENDS, elsewhere.count(), self.ending)

    def _act(self, _actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
        if plan.heir_id is None:
            self.back(self._hanging(plan), plan, changes)
            return
        columns: dict[str, object] = {f"{self.by}_id": plan.heir_id}
        if self.since:
            columns[self.since] = plan.at
        changes.change(self._hanging(plan), **columns)


def _own_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    """Nobody could close a problem of a place that is gone."""
    if plan.heir_id is None and plan.ending:
        words = ngettext_noop(
            "%(count)s problem here is still open. Its place closes it first.",
            "%(count)s problems here are still open. Their place closes them first.",
        )
        yield HandoverLine(Fate.STANDS, _problems().filter(place__in=plan.hanging).count(), words)


def _problems() -> Rows:
    return PlaceProblem.objects.filter(state=ProblemState.OPEN)


def _tasks() -> Rows:
    return ProblemTask.objects.filter(WAITING, problem__state=ProblemState.OPEN)


def _calls() -> Rows:
    return Escalation.objects.filter(UNANSWERED)


def _to_places(rows: Rows, place: str, changes: UndoList, **more: object) -> None:
    """To the places where the problems are; nobody there is in charge by name."""
    for place_id in set(rows.values_list(place, flat=True)):
        here = rows.filter(**{place: place_id})
        changes.change(here, owner_id=place_id, owner_name="", **more)


def _problems_back(rows: Rows, plan: ReorganisationPlan, changes: UndoList) -> None:
    _to_places(rows, "place_id", changes, assigned_at=plan.at)


def _tasks_back(rows: Rows, _plan: ReorganisationPlan, changes: UndoList) -> None:
    _to_places(rows, "problem__place_id", changes)


def _calls_end(rows: Rows, plan: ReorganisationPlan, changes: UndoList) -> None:
    changes.change(rows, answered_at=plan.at, answer=GONE)


GONE = gettext_noop("It was closed, and nobody took over its work.")
"""The answer kept with a whistle for what was closed; shown translated."""

CHARGES = (
    Charge(
        "place problem",
        gettext_noop("problems"),
        "owner",
        "place",
        _problems,
        ngettext_noop(
            "%(count)s problem is solved by the successor.",
            "%(count)s problems are solved by the successor.",
        ),
        ngettext_noop(
            "%(count)s problem goes back to the place where it is.",
            "%(count)s problems go back to the places where they are.",
        ),
        _problems_back,
        since="assigned_at",
    ),
    Charge(
        "problem task",
        gettext_noop("tasks of problems"),
        "owner",
        "problem__place",
        _tasks,
        ngettext_noop(
            "%(count)s task is done by the successor.",
            "%(count)s tasks are done by the successor.",
        ),
        ngettext_noop(
            "%(count)s task goes back to the place of its problem.",
            "%(count)s tasks go back to the places of their problems.",
        ),
        _tasks_back,
    ),
    Charge(
        "escalation",
        gettext_noop("whistles about problems"),
        "receiver",
        "problem__place",
        _calls,
        ngettext_noop(
            "%(count)s whistle about a problem is answered by the successor.",
            "%(count)s whistles about problems are answered by the successor.",
        ),
        ngettext_noop(
            "%(count)s whistle about a problem ends without an answer.",
            "%(count)s whistles about problems end without an answer.",
        ),
        _calls_end,
    ),
)

HANDOVERS = (
    *(charge.handover() for charge in CHARGES),
    Handover("problem closure", _own_lines),
)
