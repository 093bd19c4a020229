"""The worker's part: groups are reminded of visits; what is over by itself is written down."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.helpgroups.commands.helps import tell_aides
from baodao.helpgroups.commands.households import close_over
from baodao.helpgroups.commands.measures import tell_doer
from baodao.helpgroups.queries.helps import to_remind
from baodao.helpgroups.queries.measures import due_doers
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each


@daily(time(9, 45), gettext_noop("Help groups are reminded of visits that are due"))
@app.task(name="helpgroups.remind_groups", queueing_lock="helpgroups.remind_groups", retry=AGAIN)
def remind_groups(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each visit once, three days before it is due or later."""
    on_each(to_remind(), lambda pk: tell_aides(SYSTEM, stand_id=pk))


@daily(time(9, 55), gettext_noop("Who does a measure for a household is told that it is due"))
@app.task(name="helpgroups.tell_doers", queueing_lock="helpgroups.tell_doers", retry=AGAIN)
def tell_doers(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each measure once, three days before it is due or later."""
    on_each(due_doers(), lambda pk: tell_doer(SYSTEM, measure_id=pk))


@daily(time(4, 10), gettext_noop("Help groups let go households and aides that are gone"))
@app.task(name="helpgroups.close_over", queueing_lock="helpgroups.close_over")
def close_gone(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: their rights ended before, with the file, the unit or the team."""
    close_over(SYSTEM)
