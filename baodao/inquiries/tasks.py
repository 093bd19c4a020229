"""The worker's part: who has not answered a request is reminded of its last day."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.inquiries.commands.requests import tell_last_day
from baodao.inquiries.queries.requests import lines_to_remind
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each


@daily(time(9, 15), gettext_noop("Who has not answered a request is reminded of its last day"))
@app.task(
    name="inquiries.remind_of_requests",
    queueing_lock="inquiries.remind_of_requests",
    retry=AGAIN,
)
def remind_of_requests(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each last day once."""
    lines = lines_to_remind().values_list("pk", flat=True)
    on_each(lines, lambda pk: tell_last_day(SYSTEM, line_id=pk))
