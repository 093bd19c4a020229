"""The worker's part: invitations whose time is up, who left, and places that go on."""

from datetime import time
from uuid import UUID

from procrastinate.contrib.django import app

from baodao.claims.commands.claims import end_departed, lapse_invitations
from baodao.claims.commands.waiting_list import fill_places
from baodao.claims.queries.claims import overdue_invitations
from baodao.claims.queries.seats import departed_seats
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each


@app.periodic(cron="*/10 * * * *")
@app.task(name="claims.lapse_invitations", queueing_lock="claims.lapse_invitations", retry=AGAIN)
def lapse_overdue(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Each offer in a transaction of its own; run twice it finds nothing the second time."""
    offers = overdue_invitations().values_list("pk", flat=True)
    on_each(offers, lambda pk: lapse_invitations(SYSTEM, offer_id=pk))


@daily(time(3, 40), gettext_noop("Claims of people who left are ended"))
@app.task(name="claims.end_departed", queueing_lock="claims.end_departed", retry=AGAIN)
def end_claims_of_departed(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: whoever left the community holds none of its places; each offer by itself."""
    offers = departed_seats().order_by().values_list("claim__offer", flat=True).distinct()
    on_each(offers, lambda pk: end_departed(SYSTEM, offer_id=pk))


@app.task(name="claims.fill_places")
def ask_next(offer_id: str) -> None:
    """The free places of an offer go on, after somebody in its line was busy for a moment."""
    fill_places(SYSTEM, offer_id=UUID(offer_id))
