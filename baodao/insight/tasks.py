"""The worker's part: figures of large trees, every ten minutes and when somebody asks."""

from procrastinate.contrib.django import app

from baodao.insight import commands
from baodao.kernel.authz import NOBODY


@app.periodic(cron="*/10 * * * *")
@app.task(name="insight.take_snapshot", lock="insight.snapshot")
def take_snapshot(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """The worker takes it for everybody; what each may see is decided on reading."""
    commands.take_snapshot(NOBODY)
