"""The worker's part: every night what was recorded is looked at by the adopted policies."""

from datetime import time, timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from baodao.adoptions.commands.evaluation import evaluate, leave, note_evaluated
from baodao.adoptions.commands.later_results import note_later_results, note_settled
from baodao.adoptions.commands.reminders import remind_member
from baodao.adoptions.queries.later_results import settled_work_of, to_review
from baodao.adoptions.queries.reminders import to_remind
from baodao.adoptions.queries.work import to_evaluate, work_of
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each

DAY = timedelta(days=1)


def _evaluate(adoption_id: UUID) -> None:
    """As of the end of yesterday, a chunk to a transaction; killed, it is done again, and of what
    stands already nothing is written twice."""
    day = clock.today() - DAY
    work = work_of(adoption_id, day)
    if work is None:
        return
    on_each(
        work.chunks(),
        lambda chunk: evaluate(SYSTEM, adoption_id=adoption_id, subjects=chunk, day=day),
    )
    leave(SYSTEM, adoption_id=adoption_id, person_ids=work.gone(), day=day)
    note_evaluated(SYSTEM, adoption_id=adoption_id, until=clock.end_of(day))


def _review(adoption_id: UUID) -> None:
    """Of settled periods, as of the end of yesterday; killed, it is done again."""
    day = clock.today() - DAY
    work = settled_work_of(adoption_id, day)
    if work is None:
        return
    on_each(
        work.chunks(),
        lambda persons: note_later_results(
            SYSTEM, adoption_id=adoption_id, person_ids=persons, day=day
        ),
    )
    note_settled(SYSTEM, adoption_id=adoption_id, until=clock.end_of(day))


@daily(time(9, 50), gettext_noop("Members hear of windows of adopted policies that end soon"))
@app.task(name="adoptions.remind_members", queueing_lock="adoptions.remind_members", retry=AGAIN)
def remind_members(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each window once, some days before it ends."""
    on_each(to_remind(), lambda pk: remind_member(SYSTEM, result_id=pk))


@app.task(name="adoptions.evaluate", queueing_lock=None, retry=AGAIN)
def evaluate_one(adoption_id: str) -> None:
    """One that was just adopted."""
    _evaluate(UUID(adoption_id))


@daily(time(4, 20), gettext_noop("What adopted policies ask is compared with what was recorded"))
@app.task(name="adoptions.evaluate_all", queueing_lock="adoptions.evaluate_all", retry=AGAIN)
def evaluate_all(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night, all that are in force or not settled; then what was recorded since of periods
    that are settled."""
    day = clock.today() - DAY
    on_each(to_evaluate(day), _evaluate)
    on_each(to_review(day), _review)
