"""What ends of claims when a person died or left: the places go on to who waits."""

from collections.abc import Sequence
from uuid import UUID

from baodao.claims.commands.announcements import note, tell
from baodao.claims.commands.seats import end_claims, locked, vacate
from baodao.claims.commands.waiting_list import fill
from baodao.claims.queries.claims import claim_rows
from baodao.claims.queries.seats import held_seats
from baodao.claims.rules.lives import CLAIM
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop
from baodao.kernel.locks import lock_many
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.people.rules.departures import Departure, Ending

GONE = gettext_noop("Is no longer a member of the unit.")
"""The reason kept with the claims of who died or left; shown translated."""


def let_go(actor: Actor, departures: Sequence[Departure]) -> None:
    """Vacate every seat of who died or left, offer by offer; nothing is said to who died. Who had a
    place in what has begun stays on its list."""
    gone = {one.person_id for one in departures if one.ending in (Ending.DIED, Ending.LEFT)}
    died = {one.person_id for one in departures if one.ending is Ending.DIED}
    rows = held_seats().filter(person__in=gone, claim__state__in=CLAIM.live)
    rows = rows.exclude(claim__offer__starts_at__lte=clock.now())
    offers = lock_many(offer_rows(), set(rows.order_by().values_list("claim__offer", flat=True)))
    for offer in offers:
        _vacate(actor, offer, gone, died)


def _vacate(actor: Actor, offer: Offer, gone: set[UUID], died: set[UUID]) -> None:
    rows = held_seats().filter(person__in=gone, claim__state__in=CLAIM.live)
    seats = list(rows.filter(claim__offer=offer))
    claims = locked(claim_rows().filter(pk__in=[seat.claim_id for seat in seats]))
    ended = vacate(claims, seats)
    end_claims(ended, confirm_by=None, reason=GONE)
    note(actor, ended, "claim.left")
    tell([claim for claim in ended if claim.person_id not in died], "claim-ended")
    fill(actor, offer)
