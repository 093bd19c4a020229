"""The worker's part: every morning who is called to something tomorrow is reminded, and who has one
of the two birthdays is wished well."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.gatherings.commands.mornings import tell_of_tomorrow, wish_well
from baodao.gatherings.queries import near_gatherings
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each


@daily(time(8, 40), gettext_noop("Members are reminded of tomorrow's gatherings"))
@app.task(name="gatherings.remind", queueing_lock="gatherings.remind", retry=AGAIN)
def remind(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each gathering once."""
    keys = near_gatherings(clock.today()).values_list("pk", flat=True)
    on_each(keys, lambda pk: tell_of_tomorrow(SYSTEM, gathering_id=pk))


@daily(time(8, 50), gettext_noop("Who has one of the two birthdays is wished well"))
@app.task(name="gatherings.wish_well", queueing_lock="gatherings.wish_well", retry=AGAIN)
def wish(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; each is told once. Of a day on which no worker ran nobody is told later."""
    wish_well(SYSTEM, day=clock.today())
