"""The worker's part: invitations whose time is up, who left, tomorrow's activities."""

from datetime import time, timedelta

from procrastinate.contrib.django import app

from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.offers.commands.claims import end_departed, lapse_invitations
from baodao.offers.commands.reminders import remind_of
from baodao.offers.queries.claims import overdue_invitations
from baodao.offers.queries.offers import starting_on_the_next_day
from baodao.offers.queries.seats import departed_seats

THAT_EVENING = timedelta(hours=6)


@app.periodic(cron="*/10 * * * *")
@app.task(name="offers.lapse_invitations", queueing_lock="offers.lapse_invitations")
def lapse_overdue(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Each offer in a transaction of its own; run twice it finds nothing the second time."""
    for offer_id in list(overdue_invitations().values_list("pk", flat=True)):
        lapse_invitations(NOBODY, offer_id=offer_id)


@daily(time(3, 40), gettext_noop("Claims of people who left are ended"))
@app.task(name="offers.end_departed", queueing_lock="offers.end_departed")
def end_claims_of_departed(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: whoever left the community holds none of its places; each offer by itself."""
    for offer_id in set(departed_seats().order_by().values_list("claim__offer", flat=True)):
        end_departed(NOBODY, offer_id=offer_id)


@daily(time(17, 5), gettext_noop("People are reminded of tomorrow"), worth=THAT_EVENING)
@app.task(name="offers.remind_of_tomorrow", queueing_lock="offers.remind_of_tomorrow")
def remind_of_tomorrow(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """At five past five in the afternoon in China."""
    for offer_id in list(starting_on_the_next_day().values_list("pk", flat=True)):
        remind_of(NOBODY, offer_id=offer_id)
