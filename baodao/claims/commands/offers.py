"""What becomes of claims when something happens to their offer; under the offer's lock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from baodao.claims.commands.announcements import note, tell, tell_servers
from baodao.claims.commands.seats import end_claims, live_claims, move_claims, vacate
from baodao.claims.commands.waiting_list import fill
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import claims_on, thinking_in
from baodao.claims.queries.places import counted, seated_of
from baodao.claims.queries.seats import held_seats, seats_of, taken_by
from baodao.claims.rules.claims import Taken, clash, confirm_until
from baodao.claims.rules.lives import CLAIM, CLAIM_STORIES, SEATED, SERVING, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop
from baodao.offers.models import Offer
from baodao.offers.queries.claims import SeatsChanged, register
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.offers import when_words
from baodao.orgs.queries.policies import values_at
from baodao.people.queries.members import lock_persons

ELSEWHERE = gettext_noop("It moved to a time at which another place is held.")
"""The reason kept with the claims of who cannot be at two places; shown translated."""


@register
class ClaimsOfOffers:
    """What the pages of offers show of claims, and what becomes of them with their offer."""

    panel = "claims/offer_claims.html"
    stories: Mapping[str, str] = CLAIM_STORIES

    def counted(self, rows: QuerySet[Offer]) -> QuerySet[Any]:
        return counted(rows)

    def on(self, actor: Actor, offer: Offer) -> list[Claim]:
        return list(claims_on(actor, offer))

    def taken(self, offer: Offer) -> int:
        return seated_of(offer)

    def servers(self, offer: Offer) -> set[UUID]:
        return set(Seat.objects.filter(claim__offer=offer).values_list("person", flat=True))

    def expected(self, offer: Offer) -> bool:
        seated = Claim.objects.filter(offer=offer, state__in=SEATED)
        return seated.exclude(state=ClaimState.DONE).exists()

    def serving(self, offer: Offer) -> bool:
        return Claim.objects.filter(offer=offer, state__in=SERVING).exists()

    def fill(self, actor: Actor, offer: Offer) -> None:
        fill(actor, offer)

    def end(self, offer: Offer) -> None:
        live = live_claims(offer)
        end_claims(live, reason=offer.ended_reason)
        seats = [seat for own in seats_of(_of_several(live)).values() for seat in own]
        if offer.state == OfferState.CANCELLED:
            kind, facts = "offer-cancelled", {"reason": offer.ended_reason}
        else:
            kind, facts = "offer-closed", {}
        tell(live, kind, **facts)
        tell_servers(seats, kind, community=offer.community.name, **facts)

    def seat_organiser(self, actor: Actor, offer: Offer, locked: Collection[UUID]) -> None:
        live = live_claims(offer)
        busy = list(_elsewhere(offer, live, locked))
        for seat in busy:
            tell(live, "claim-seat-left", name=seat.person.name)
            tell_servers([seat], "claim-seat-taken-back", name=seat.claim.claimant_name)
        ended = vacate(live, busy)
        end_claims(ended, confirm_by=None, reason=ELSEWHERE)
        seated = [claim for claim in live if claim not in ended]
        decided = {"decided_at": clock.now(), "decided_by": actor.name}
        move_claims(seated, ClaimState.ACTIVE, **decided)
        note(actor, seated, "claim.approved")

    def lock_servers(self, offer_id: UUID) -> set[UUID]:
        rows = held_seats().filter(claim__offer=offer_id, claim__state__in=CLAIM.live)
        persons = set(rows.order_by().values_list("person", flat=True))
        lock_persons(persons)
        return persons

    def move(self, actor: Actor, offer: Offer, before: datetime, locked: Collection[UUID]) -> None:
        assert offer.starts_at is not None
        times = {"old": when_words(before), "new": when_words(offer.starts_at)}
        live = live_claims(offer)
        _give_back(actor, live, _elsewhere(offer, live, locked), **times)
        _ask_again([claim for claim in live if claim.state == ClaimState.INVITED], offer)
        tell([claim for claim in live if claim.state in CLAIM.live], "offer-rescheduled", **times)


def _of_several(claims: Sequence[Claim]) -> list[Claim]:
    """Those of units and teams, whose people are told beside who claimed."""
    return [claim for claim in claims if claim.person_id is None]


def _elsewhere(
    offer: Offer, live: Sequence[Claim], locked: Collection[UUID]
) -> Mapping[Seat, Taken]:
    """The seats of who holds another place at the new hours, with that place; their persons are
    locked. Raises `SeatsChanged` where a seat is of somebody else."""
    seats = [seat for own in seats_of(live).values() for seat in own]
    if not {seat.person_id for seat in seats} <= set(locked):
        raise SeatsChanged
    hours, taken = (offer.starts_at, offer.ends_at), taken_by(locked)
    others = {seat: clash(hours, taken[seat.person_id], offer.pk) for seat in seats}
    return {seat: other for seat, other in others.items() if other is not None}


def _give_back(
    actor: Actor, live: Sequence[Claim], elsewhere: Mapping[Seat, Taken], **times: str
) -> None:
    """End these seats, and the claims that nobody else serves by."""
    touched = {seat.claim_id for seat in elsewhere}
    ended = vacate([claim for claim in live if claim.pk in touched], list(elsewhere))
    end_claims(ended, confirm_by=None, reason=ELSEWHERE)
    note(actor, ended, "claim.left")
    tell([claim for claim in ended if claim.person_id is None], "offer-rescheduled", **times)
    for seat, other in elsewhere.items():
        tell_servers([seat], "claim-elsewhere", other=other.title, **times)


def _ask_again(invited: Sequence[Claim], offer: Offer) -> None:
    """Invitations hold until the new start allows; with no time left the places are given."""
    thinking = thinking_in(values_at(offer.community.path))
    until = confirm_until(clock.now(), offer.starts_at, thinking)
    if until is None:
        move_claims(invited, ClaimState.ACTIVE, confirm_by=None)
    for claim in invited:
        claim.confirm_by = until
    Claim.objects.bulk_update(invited, ["confirm_by"])
