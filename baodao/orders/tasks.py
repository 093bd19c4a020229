"""The worker's part: a street is told of units that have not answered a whistle in time."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each
from baodao.orders.commands.whistles import tell_street
from baodao.orders.queries.whistles import overdue


@daily(time(9, 20), gettext_noop("Streets are told of whistles that nobody answered"))
@app.task(name="orders.tell_streets", queueing_lock="orders.tell_streets", retry=AGAIN)
def tell_streets(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each once."""
    whistles = overdue().values_list("pk", flat=True)
    on_each(whistles, lambda pk: tell_street(SYSTEM, whistle_id=pk))
