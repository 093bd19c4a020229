"""Background work: transfers lapse."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.people.commands.transfers import lapse_transfers


@daily(time(3, 10), gettext_noop("Transfers that nobody answered in time are over"))
@app.task(name="people.lapse_transfers", queueing_lock="people.lapse_transfers")
def lapse_unanswered(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """A transfer that nobody answered in time is over, and the member stays."""
    lapse_transfers()
