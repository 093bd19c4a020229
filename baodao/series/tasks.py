"""The worker's part: the dates of every series are made ahead."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each
from baodao.series.commands.dates import extend_series
from baodao.series.queries.series import running


@daily(time(2, 40), gettext_noop("Dates of series are made ahead"))
@app.task(name="series.write_ahead", queueing_lock="series.write_ahead", retry=AGAIN)
def write_ahead(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night; a date is made once."""
    on_each(running().values_list("pk", flat=True), lambda pk: extend_series(SYSTEM, series_id=pk))
