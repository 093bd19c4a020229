"""Background work: what hung on a grant ends after its last day."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.accounts.commands.grants import end_lapsed_grants
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily


@daily(time(0, 5), gettext_noop("Who holds a role no longer is named as a contact no longer"))
@app.task(name="accounts.end_lapsed_grants", queueing_lock="accounts.end_lapsed_grants")
def end_lapsed(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """The contact of an organisation whose role there ended by its day is named no longer."""
    end_lapsed_grants()
