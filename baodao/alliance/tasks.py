"""The worker's part: who booked what was long ago is forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.alliance.commands.appointments import APPOINTMENTS
from baodao.bookings.commands import bookings
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily


@daily(time(3, 59), gettext_noop("Who booked appointments of long ago is forgotten"))
@app.task(name="alliance.forget_visitors", queueing_lock="alliance.forget_visitors")
def forget_visitors(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: who booked what was long ago is nobody's business any more."""
    bookings.forget_visitors(SYSTEM, kind=APPOINTMENTS)
