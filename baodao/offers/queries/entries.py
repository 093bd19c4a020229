"""Service in an offer with hours: as it comes into the ledger, and whether it is there."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from baodao.kernel import clock
from baodao.ledger.queries.records import record_rows, standing
from baodao.ledger.rules.records import Entry
from baodao.offers.models import Offer
from baodao.offers.queries.claims import offer_claims


def entry_in(offer: Offer, person_id: UUID, minutes: int) -> Entry:
    """So many minutes of an offer, from its start; its day need not be asked about."""
    assert offer.starts_at is not None
    return Entry(
        person_id=person_id,
        served_on=clock.local(offer.starts_at).date(),
        minutes=minutes,
        category=offer.category,
        way=offer.kind.way,
        began_at=offer.starts_at,
        place=offer.place,
        offer_id=offer.pk,
        offer_title=offer.title,
        long_ago=True,
    )


def minutes_of(offer: Offer) -> int:
    """How long an offer with hours lasts."""
    assert offer.starts_at is not None
    assert offer.ends_at is not None
    return (offer.ends_at - offer.starts_at) // timedelta(minutes=1)


def recorded_in(offer: Offer, person_ids: Collection[UUID]) -> set[UUID]:
    """Which of these persons have a standing record of their service in an offer, by its list or
    by their own statement."""
    rows = standing(record_rows()).filter(person__in=person_ids, offer_id=offer.pk)
    return set(rows.order_by().values_list("person", flat=True))


def is_recorded(offer: Offer) -> bool:
    """Whether service in an offer is recorded of anybody with a place."""
    return offer.recorded_at is not None or bool(recorded_in(offer, offer_claims().servers(offer)))
