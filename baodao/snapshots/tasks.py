"""The worker's part: figures of large trees every ten minutes."""

from procrastinate.contrib.django import app

from baodao.figures.queries.sql import present
from baodao.kernel.authz import SYSTEM
from baodao.kernel.moments import month_ends
from baodao.snapshots import commands


@app.periodic(cron="*/10 * * * *")
@app.task(name="snapshots.take_snapshot", lock="snapshots.snapshot")
def take_snapshot(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """The worker takes it for everybody, and once one of the end of last month; what each may see
    is decided on reading."""
    (last_month,) = month_ends(present(), 1)
    commands.take_snapshot(SYSTEM, as_of=last_month)
    commands.take_snapshot(SYSTEM)
