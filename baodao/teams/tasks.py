"""The worker's part: leaders and requests whose membership is over, and
members who asked to leave and were not answered."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each
from baodao.teams.commands.memberships import lapse_request, let_leave
from baodao.teams.commands.teams import end_leadership
from baodao.teams.queries.teams import overdue_departures, past_leadership, past_requests


@daily(time(4, 40), gettext_noop("Communities are told of teams without a leader"))
@app.task(name="teams.end_departed", queueing_lock="teams.end_departed", retry=AGAIN)
def end_departed(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night; of each once."""
    leaders = past_leadership().values_list("pk", flat=True)
    on_each(leaders, lambda pk: end_leadership(SYSTEM, leader_id=pk))
    requests = past_requests().values_list("pk", flat=True)
    on_each(requests, lambda pk: lapse_request(SYSTEM, request_id=pk))
    leaving = overdue_departures().values_list("pk", flat=True)
    on_each(leaving, lambda pk: let_leave(SYSTEM, request_id=pk))
