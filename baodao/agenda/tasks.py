"""The worker's part: tomorrow's activities, and what nobody has taken on."""

from datetime import time, timedelta

from procrastinate.contrib.django import app

from baodao.agenda.commands.reminders import remind_of, tell_units
from baodao.agenda.queries.calendars import starting_on_the_next_day
from baodao.agenda.queries.openings import untaken
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each

THAT_EVENING = timedelta(hours=6)


@daily(time(17, 5), gettext_noop("People are reminded of tomorrow"), worth=THAT_EVENING)
@app.task(name="agenda.remind_of_tomorrow", queueing_lock="agenda.remind_of_tomorrow", retry=AGAIN)
def remind_of_tomorrow(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """At five past five in the afternoon in China."""
    offers = starting_on_the_next_day().values_list("pk", flat=True)
    on_each(offers, lambda pk: remind_of(SYSTEM, offer_id=pk))


@daily(time(9, 10), gettext_noop("Units are told of wishes that nobody takes on"))
@app.task(name="agenda.tell_units", queueing_lock="agenda.tell_units", retry=AGAIN)
def tell_units_of_untaken(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; a unit is told once of each."""
    on_each(untaken().values_list("pk", flat=True), lambda pk: tell_units(SYSTEM, offer_id=pk))
