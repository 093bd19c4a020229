"""Background work: transfers lapse."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each
from baodao.people.commands.transfers import lapse_transfer
from baodao.people.queries.transfers import overdue_transfers


@daily(time(3, 10), gettext_noop("Transfers that nobody answered in time are over"))
@app.task(name="people.lapse_transfers", queueing_lock="people.lapse_transfers", retry=AGAIN)
def lapse_unanswered(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """A transfer that nobody answered in time is over, and the member stays."""
    transfers = overdue_transfers().values_list("pk", flat=True)
    on_each(transfers, lambda pk: lapse_transfer(SYSTEM, transfer_id=pk))
