"""The worker's part: who booked a room long ago is forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.bookings.commands import bookings
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.venues.commands.bookings import ROOMS


@daily(time(4, 1), gettext_noop("Who booked rooms long ago is forgotten"))
@app.task(name="venues.forget_visitors", queueing_lock="venues.forget_visitors")
def forget_visitors(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: who booked a room long ago is nobody's business any more."""
    bookings.forget_visitors(SYSTEM, kind=ROOMS)
