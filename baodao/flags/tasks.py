"""The worker's part: every night what was recorded is looked through for what looks bought."""

from collections.abc import Collection
from datetime import time

from procrastinate.contrib.django import app

from baodao.flags.commands.flags import note_flags
from baodao.flags.queries.contexts import unread_communities
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily, on_shares

TOGETHER = 200
"""Chains that are looked through together."""


@daily(time(4, 10), gettext_noop("Service records are looked through for what looks invented"))
@app.task(name="flags.note_flags", queueing_lock="flags.note_flags")
def note(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Everything since the last time, however many nights were missed."""
    on_shares(unread_communities(), _note, TOGETHER)


def _note(community_ids: Collection[int]) -> None:
    while note_flags(SYSTEM, community_ids=community_ids):
        continue
