"""The worker's part: every night old uploads are forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.timesheets import commands


@daily(time(2, 47), gettext_noop("Tables of services uploaded long ago are forgotten"))
@app.task(name="timesheets.forget_uploads", queueing_lock="timesheets.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget spreadsheets that were kept long enough; what they brought stays."""
    commands.forget_uploads()
