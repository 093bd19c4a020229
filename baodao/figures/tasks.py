"""The worker's part: tallies of records every minute, figures of large trees every ten."""

from collections.abc import Collection

from procrastinate.contrib.django import app

from baodao.figures.commands import snapshots, tallies
from baodao.figures.queries.sources.tallies import behind
from baodao.figures.queries.sql import present
from baodao.kernel.authz import SYSTEM
from baodao.kernel.jobs import on_each
from baodao.kernel.moments import month_ends

TOGETHER = 200
"""Chains to a statement: their branches and persons are written once, not once for each chain."""


@app.periodic(cron="* * * * *")
@app.task(name="figures.tally_records", lock="figures.records")
def tally_records(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """What was recorded since the last time, some communities at once; killed, it goes on there."""
    ids = behind()
    on_each([ids[at : at + TOGETHER] for at in range(0, len(ids), TOGETHER)], _tally)


def _tally(community_ids: Collection[int]) -> None:
    while tallies.tally_records(SYSTEM, community_ids=community_ids):
        continue


@app.periodic(cron="*/10 * * * *")
@app.task(name="figures.take_snapshot", lock="figures.snapshot")
def take_snapshot(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """The worker takes it for everybody, and once one of the end of last month; what each may see
    is decided on reading."""
    (last_month,) = month_ends(present(), 1)
    snapshots.take_snapshot(SYSTEM, as_of=last_month)
    snapshots.take_snapshot(SYSTEM)
