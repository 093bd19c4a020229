"""Which claims can be approved, and which cannot and why."""

from collections.abc import Collection
from uuid import UUID

from baodao.claims.models import Claim
from baodao.claims.queries.places import standings_of
from baodao.claims.queries.seats import departed_seats, servers_of, taken_by
from baodao.claims.rules.claims import (
    Taken,
    check_approvable,
    check_no_place,
    check_place,
    departed,
)
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.offers import has_begun


def check_decidable(
    actor: Actor, claim: Claim, serving: Collection[UUID], state: ClaimState
) -> None:
    """Refuse what was decided meanwhile, what is over, and what is one's own."""
    OFFER.check(claim.offer.state, OfferState.PUBLISHED)
    CLAIM.check(claim.state, state)
    if actor.person_id in serving:
        raise Refused(
            "claim.own", gettext_noop("Nobody decides about themselves; ask a colleague.")
        )


class Approvals:
    """What decides about these claims, one after the other: a place is given once.

    Read under the locks of their offers by who decides; without, for who looks.
    """

    def __init__(self, actor: Actor, claims: Collection[Claim]) -> None:
        self._actor = actor
        self._serving = servers_of(claims)
        self._taken = taken_by({one for people in self._serving.values() for one in people})
        standings = standings_of({claim.offer_id for claim in claims})
        self._free = {
            one.offer_id: one.offer.places - standings[one.offer_id].taken for one in claims
        }
        self._waiting = {one.offer_id: standings[one.offer_id].waiting for one in claims}
        gone = departed_seats().filter(claim__in=[claim.pk for claim in claims])
        self._gone = set(gone.order_by().values_list("claim", flat=True))

    def decidable(self, claim: Claim) -> None:
        """Refuse what is not for the actor to decide, now."""
        check_decidable(self._actor, claim, self._serving[claim.pk], ClaimState.APPLIED)

    def seat(self, claim: Claim) -> None:
        """Take the places of a claim off those that are free, and its hours off those of who
        serves; refused where it cannot have them."""
        self._check(claim)
        offer = claim.offer
        check_place(
            claim.places,
            free=self._free[offer.pk],
            places=offer.places,
            waiting=self._waiting[offer.pk],
        )
        self._free[offer.pk] -= claim.places
        place = Taken(offer.kind, offer.title, offer.starts_at, offer.ends_at, offer.pk)
        for person in self._serving[claim.pk]:
            self._taken[person].append(place)

    def line_up(self, claim: Claim) -> None:
        """Refuse the waiting list to what can be approved, or can never have a place."""
        self._check(claim)
        if has_begun(claim.offer.starts_at, clock.now()):
            raise Refused("claim.too-late", gettext_noop("The activity has begun already."))
        offer_id = claim.offer_id
        check_no_place(claim.places, free=self._free[offer_id], waiting=self._waiting[offer_id])

    def _check(self, claim: Claim) -> None:
        self.decidable(claim)
        if claim.pk in self._gone:
            raise departed()
        hours = (claim.offer.starts_at, claim.offer.ends_at)
        for person in self._serving[claim.pk]:
            check_approvable(hours, self._taken[person], claim.offer_id)
