"""The worker's part: at the beginning of a year members are invited once to commit."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.commitments.commands.commitments import invite_members
from baodao.commitments.queries.commitments import to_invite
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily


@daily(time(9, 45), gettext_noop("At the beginning of a year members are invited to commit"))
@app.task(name="commitments.invite", queueing_lock="commitments.invite")
def invite(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning of the first weeks; each member once."""
    for community_id in set(to_invite().order_by().values_list("community", flat=True)):
        invite_members(SYSTEM, community_id=community_id)
