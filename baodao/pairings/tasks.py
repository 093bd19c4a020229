"""The worker's part: who visits is reminded, and who was helped long ago is forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each
from baodao.pairings.commands.households import forget_households as forget_entries
from baodao.pairings.commands.visits import tell_visitors
from baodao.pairings.queries.pairings import to_remind


@daily(time(9, 30), gettext_noop("Who visits a household is reminded of visits that are due"))
@app.task(name="pairings.remind_of_visits", queueing_lock="pairings.remind_of_visits", retry=AGAIN)
def remind_of_visits(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each visit once before it is due and once when it is late."""
    due = [row.pk for row, _ in to_remind()]
    on_each(due, lambda pk: tell_visitors(SYSTEM, offer_id=pk))


@daily(time(3, 55), gettext_noop("Who was helped by pairings that are long over is forgotten"))
@app.task(name="pairings.forget_households", queueing_lock="pairings.forget_households")
def forget_households(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: who was helped long ago is nobody's business any more."""
    forget_entries(SYSTEM)
