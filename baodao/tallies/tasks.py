"""The worker's part: tallies of records every minute."""

from collections.abc import Collection

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.jobs import on_shares
from baodao.tallies import commands
from baodao.tallies.queries import behind

TOGETHER = 200
"""Chains to a statement: their branches and persons are written once, not once for each chain."""


@app.periodic(cron="* * * * *")
@app.task(name="tallies.tally_records", lock="tallies.records")
def tally_records(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """What was recorded since the last time, some communities at once; killed, it goes on there."""
    on_shares(behind(), _tally, TOGETHER)


def _tally(community_ids: Collection[int]) -> None:
    while commands.tally_records(SYSTEM, community_ids=community_ids):
        continue
