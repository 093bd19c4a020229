"""The worker's part: who asked for what is long over is forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.needs.commands import contacts


@daily(time(3, 50), gettext_noop("Who asked for what is long over is forgotten"))
@app.task(name="needs.forget_contacts", queueing_lock="needs.forget_contacts")
def forget_contacts(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: who asked for what is long over is nobody's business any more."""
    contacts.forget_contacts(SYSTEM)
