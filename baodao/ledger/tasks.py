"""The worker's part: every night the chains are sealed."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.ledger.commands import seals


@daily(time(2, 37), gettext_noop("Service records are sealed"))
@app.task(name="ledger.seal", queueing_lock="ledger.seal")
def seal(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Sign the heads that have moved, and write the day's file outside the tables."""
    seals.seal(SYSTEM)
    seals.file_seals(clock.today())
