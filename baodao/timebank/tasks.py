"""The worker's part: what was served, put right and has expired is booked by night."""

from datetime import time
from functools import partial

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily, on_each
from baodao.timebank.commands.bookings import post_account
from baodao.timebank.queries.accounts import accounts_to_book


@daily(time(3, 43), gettext_noop("Hours of the time bank are booked"))
@app.task(name="timebank.book_hours", queueing_lock="timebank.book_hours")
def book_hours(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: each account is brought up to date, in a transaction of its own."""
    on_each(accounts_to_book(), _book)


def _book(account_id: object) -> None:
    partial(post_account, SYSTEM)(account_id=account_id)  # type: ignore[arg-type]
