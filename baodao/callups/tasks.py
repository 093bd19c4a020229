"""The worker's part: everybody whom a call-up calls is told, and told when it is over."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baodao.callups.commands import callups
from baodao.kernel.authz import SYSTEM

AGAIN = RetryStrategy(max_attempts=10, wait=5)
"""An emergency: it is tried again at once."""


@app.task(name="callups.summon", retry=AGAIN)
def summon(call_id: str) -> None:
    """All in one transaction; run twice, everybody is called once."""
    callups.summon(SYSTEM, call_id=UUID(call_id))


@app.task(name="callups.tell_over", retry=AGAIN)
def tell_over(call_id: str) -> None:
    """All in one transaction; run twice, everybody is told once."""
    callups.tell_over(SYSTEM, call_id=UUID(call_id))
