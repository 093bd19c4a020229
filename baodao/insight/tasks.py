"""The worker's part: tallies of records every minute, figures of large trees every ten."""

from procrastinate.contrib.django import app

from baodao.insight.commands import snapshots, tallies
from baodao.insight.queries.sources.tallies import behind
from baodao.kernel.authz import SYSTEM


@app.periodic(cron="* * * * *")
@app.task(name="insight.take_records", lock="insight.records")
def take_records(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """What was recorded since the last time, community by community; killed, it goes on there."""
    for community_id in behind():
        while tallies.take_records(SYSTEM, community_id=community_id):
            continue


@app.periodic(cron="*/10 * * * *")
@app.task(name="insight.take_snapshot", lock="insight.snapshot")
def take_snapshot(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """The worker takes it for everybody; what each may see is decided on reading."""
    snapshots.take_snapshot(SYSTEM)
