"""Background work: division tables that were looked at and not taken over are forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.divisions.commands import imports as commands
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily


@daily(time(2, 53), gettext_noop("Division tables that were only looked at are forgotten"))
@app.task(name="divisions.forget_uploads", queueing_lock="divisions.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget uploaded division tables after a day."""
    commands.forget_uploads()
