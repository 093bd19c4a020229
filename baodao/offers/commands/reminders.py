"""Telling who has a place that their activity is tomorrow."""

from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused
from baodao.kernel.locking import lock
from baodao.notices.queries.reminders import Reminders
from baodao.offers.commands.announcements import tell
from baodao.offers.models import Offer
from baodao.offers.queries.claims import claim_rows
from baodao.offers.queries.offers import starting_on_the_next_day
from baodao.offers.rules.lives import ClaimState
from baodao.offers.rules.offers import when_words


@command
def remind_of(actor: Actor, *, offer_id: UUID) -> int:  # noqa: ARG001 - the worker, for everybody
    """Remind everybody with a place once; not who turned reminders off or had enough of them."""
    offer = lock(Offer.objects.all(), offer_id)
    if not starting_on_the_next_day().filter(pk=offer.pk).exists() or offer.starts_at is None:
        return 0
    rows = list(claim_rows().filter(offer=offer, state=ClaimState.ACTIVE).order_by("pk"))
    off = claim_rows().filter(offer=offer, person__account__reminders=False)
    unwanted = set(off.values_list("person", flat=True))
    reminders = Reminders([row.person_id for row in rows])
    chosen = [
        row for row in rows if _may(reminders, row.person_id, wanted=row.person_id not in unwanted)
    ]
    when = when_words(offer.starts_at)
    tell(chosen, "activity-tomorrow", when=when, place=offer.place)
    offer.reminded_at = clock.now()
    offer.save(update_fields=["reminded_at"])
    return len(chosen)


def _may(reminders: Reminders, person_id: UUID, *, wanted: bool) -> bool:
    try:
        reminders.check(person_id, wanted=wanted)
    except Refused:
        return False
    return True
