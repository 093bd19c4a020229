"""Background work: registers of households that nobody took over are forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.householdsheets.commands import imports as commands
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily


@daily(time(2, 59), gettext_noop("Registers of households that were only looked at are forgotten"))
@app.task(name="householdsheets.forget_uploads", queueing_lock="householdsheets.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget uploaded registers after a week."""
    commands.forget_uploads()
