"""The worker's part: talents of whom nothing was heard for long are forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily, on_each
from baodao.talents.commands.talents import forget_silent
from baodao.talents.queries.talents import silent_talents


@daily(time(3, 57), gettext_noop("Talents of whom nothing was heard for long are forgotten"))
@app.task(name="talents.forget_silent", queueing_lock="talents.forget_silent")
def forget_silent_talents(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night; each by itself."""
    silent = list(silent_talents().values_list("pk", flat=True))
    on_each(silent, lambda pk: forget_silent(SYSTEM, talent_id=pk))
