"""The worker's part: contacts are reminded of visits, and households of long ago are forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each
from baodao.visits.commands.contacts import close_expired, forget_contact_households
from baodao.visits.commands.visits import remind_contact
from baodao.visits.queries.contacts import to_remind


@daily(time(9, 40), gettext_noop("Contact cadres are reminded of visits that are due"))
@app.task(name="visits.remind_contacts", queueing_lock="visits.remind_contacts", retry=AGAIN)
def remind_contacts(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each contact once a week or month, some days before it ends."""
    on_each(to_remind(), lambda pk: remind_contact(SYSTEM, contact_id=pk))


@daily(time(4, 5), gettext_noop("Who lived in contact households of long ago is forgotten"))
@app.task(name="visits.forget_households", queueing_lock="visits.forget_households")
def forget_households(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night: contacts whose last day is over end, and who was visited long ago is nobody's
    business any more."""
    close_expired(SYSTEM)
    forget_contact_households(SYSTEM)
