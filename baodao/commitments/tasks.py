"""The worker's part: at the beginning of a year members are invited once to commit."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.commitments.commands.commitments import invite_members
from baodao.commitments.queries.commitments import to_invite
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each


@daily(time(9, 45), gettext_noop("At the beginning of a year members are invited to commit"))
@app.task(name="commitments.invite", queueing_lock="commitments.invite", retry=AGAIN)
def invite(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning of the first weeks; each member once."""
    communities = to_invite().order_by().values_list("community", flat=True).distinct()
    on_each(communities, lambda pk: invite_members(SYSTEM, community_id=pk))
