"""Who is to be recorded: the list of an offer, whom one may add to it, and what waits."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from baodao.attendance.rules import EXPECTED
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer, Seat
from baodao.offers.queries.claims import Claims, claims_here
from baodao.offers.queries.offers import Counted, counted, offers
from baodao.offers.queries.seats import seats_on
from baodao.offers.rules.kinds import Recording
from baodao.offers.rules.lives import SERVING, ClaimState, OfferState
from baodao.orgs.models import Organisation
from baodao.people.queries.search import matching
from baodao.registration.models import Registration
from baodao.registration.queries.desks import hosted

FOUND = 20


@dataclass(frozen=True)
class Roll:
    """Who is expected, how many are recorded already, who waits without a place."""

    expected: tuple[Seat, ...]
    recorded: tuple[Seat, ...]
    waiting: tuple[Seat, ...]


def roll_of(actor: Actor, offer: Offer) -> Roll:
    """The list of an offer that the caller fetched through its scope."""
    seats = list(seats_on(actor, offer).order_by("person__pinyin", "pk"))
    left = [seat for seat in seats if seat.served_on is None]
    return Roll(
        expected=tuple(seat for seat in left if seat.claim.state in EXPECTED),
        recorded=tuple(seat for seat in seats if seat.served_on is not None),
        waiting=tuple(seat for seat in left if seat.claim.state == ClaimState.WAITING),
    )


def hosted_found(actor: Actor, community: Organisation, words: str) -> list[Registration]:
    """Members registered in the community whom `words` may mean; none for no words."""
    if not words.strip():
        return []
    rows = hosted(actor, community).filter(matching(words, prefix="person__"))
    return list(rows.order_by("person__pinyin", "pk")[:FOUND])


def hosted_persons(
    actor: Actor, community: Organisation, person_ids: Collection[UUID]
) -> dict[UUID, Registration]:
    """The registrations here of exactly these persons; raises `Absent` when one has none."""
    rows = hosted(actor, community).filter(person__in=set(person_ids))
    registrations = {row.person_id: row for row in rows}
    if set(person_ids) - registrations.keys():
        raise Absent("member")
    return registrations


def rolls_to_record(actor: Actor, community: Organisation) -> Counted:
    """Offers that have begun and whose list is not closed yet, the oldest first."""
    begun = offers(actor).filter(
        community=community,
        kind__in=[kind for kind in every_kind() if kind.recording is Recording.LIST],
        state=OfferState.PUBLISHED,
        starts_at__lte=clock.now(),
    )
    return counted(begun).order_by("starts_at", "pk")


def serving_in(actor: Actor, offer: Offer) -> Claims:
    """Who serves now in an offer that the caller fetched through its scope."""
    rows = claims_here(actor, offer.community).filter(offer=offer, state__in=SERVING)
    return rows.order_by("person__pinyin", "pk")
