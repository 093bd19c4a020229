"""The worker's part: messages to the outside, and forgetting old ones."""

from datetime import time
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.notices.commands import complaints, deliveries
from baodao.notices.commands import notices as commands

AGAIN = RetryStrategy(max_attempts=3, wait=60)


@app.task(name="notices.deliver", retry=AGAIN)
def deliver(delivery_id: str) -> None:
    """Send one message. That it did not leave is noted beside it and tried by a job of its own;
    what nobody foresaw is tried again by this one."""
    deliveries.deliver(UUID(delivery_id))


@app.task(name="notices.tell_reset", retry=AGAIN)
def tell_reset(account_id: str, reset_id: str) -> None:
    """Tell the holder of an account that its password was reset; run twice, it is told once."""
    commands.tell_reset(SYSTEM, account_id=UUID(account_id), reset_id=UUID(reset_id))


@daily(time(3, 37), gettext_noop("Messages that left long ago are forgotten"))
@app.task(name="notices.forget_deliveries", queueing_lock="notices.forget_deliveries")
def forget_deliveries(timestamp: int) -> None:  # noqa: ARG001 — Procrastinate names it
    """Delete what left half a year ago."""
    deliveries.forget_deliveries(SYSTEM)


@daily(time(3, 42), gettext_noop("How to reach who complained is forgotten"))
@app.task(name="notices.forget_contacts", queueing_lock="notices.forget_contacts")
def forget_contacts(timestamp: int) -> None:  # noqa: ARG001 — Procrastinate names it
    """Forget how to reach who complained, long after the answer."""
    complaints.forget_contacts(SYSTEM)
