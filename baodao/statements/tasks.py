"""The worker's part: every night old uploads are forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.statements.commands import imports


@daily(time(2, 47), gettext_noop("Tables of services uploaded long ago are forgotten"))
@app.task(name="statements.forget_uploads", queueing_lock="statements.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget spreadsheets that were kept long enough; what they brought stays."""
    imports.forget_uploads()
