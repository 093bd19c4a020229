"""The worker's part: tallies of records every minute."""

from collections.abc import Collection

from procrastinate.contrib.django import app

from baodao.figures.commands import tallies
from baodao.figures.queries.sources.tallies import behind
from baodao.kernel.authz import SYSTEM
from baodao.kernel.jobs import on_shares

TOGETHER = 200
"""Chains to a statement: their branches and persons are written once, not once for each chain."""


@app.periodic(cron="* * * * *")
@app.task(name="figures.tally_records", lock="figures.records")
def tally_records(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """What was recorded since the last time, some communities at once; killed, it goes on there."""
    on_shares(behind(), _tally, TOGETHER)


def _tally(community_ids: Collection[int]) -> None:
    while tallies.tally_records(SYSTEM, community_ids=community_ids):
        continue
