"""The worker's part: messages to the outside, and forgetting old ones."""

from datetime import time
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.notices.commands import deliveries

AGAIN = RetryStrategy(max_attempts=3, wait=60)


@app.task(name="notices.deliver", retry=AGAIN)
def deliver(delivery_id: str) -> None:
    """Send one message. That it did not leave is noted beside it and tried by a job of its own;
    what nobody foresaw is tried again by this one."""
    deliveries.deliver(UUID(delivery_id))


@daily(time(3, 37), gettext_noop("Messages that left long ago are forgotten"))
@app.task(name="notices.forget_deliveries", queueing_lock="notices.forget_deliveries")
def forget_deliveries(timestamp: int) -> None:  # noqa: ARG001 — Procrastinate names it
    """Delete what left half a year ago."""
    deliveries.forget_deliveries(NOBODY)
