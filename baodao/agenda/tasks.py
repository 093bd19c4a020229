"""The worker's part: tomorrow's activities."""

from datetime import time, timedelta

from procrastinate.contrib.django import app

from baodao.agenda.commands.reminders import remind_of
from baodao.agenda.queries.calendars import starting_on_the_next_day
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily

THAT_EVENING = timedelta(hours=6)


@daily(time(17, 5), gettext_noop("People are reminded of tomorrow"), worth=THAT_EVENING)
@app.task(name="agenda.remind_of_tomorrow", queueing_lock="agenda.remind_of_tomorrow")
def remind_of_tomorrow(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """At five past five in the afternoon in China."""
    for offer_id in list(starting_on_the_next_day().values_list("pk", flat=True)):
        remind_of(SYSTEM, offer_id=offer_id)
