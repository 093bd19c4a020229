"""Background work: what hung on a grant ends after its last day."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.accounts.commands.grants import end_lapsed_grant
from baodao.accounts.queries import lapsed_grants
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each


@daily(time(0, 5), gettext_noop("Who holds a role no longer is named as a contact no longer"))
@app.task(
    name="accounts.end_lapsed_grants", queueing_lock="accounts.end_lapsed_grants", retry=AGAIN
)
def end_lapsed(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """The contact of an organisation whose role there ended by its day is named no longer."""
    grants = lapsed_grants().order_by("until_on", "pk").values_list("pk", flat=True)
    on_each(grants, lambda pk: end_lapsed_grant(SYSTEM, grant_id=pk))
