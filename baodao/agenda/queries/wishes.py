"""微心愿 of a community: what each is, who wished, who took it on, and how it ended."""

from collections import defaultdict
from dataclasses import dataclass

from baodao.claims.models import Claim
from baodao.claims.queries.claims import claims_here
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel.authz import Actor
from baodao.needs.models import Need
from baodao.offers.kinds.wish.kind import WISH
from baodao.offers.models import Offer
from baodao.offers.queries.answers import last_needs
from baodao.offers.queries.offers import offers, with_particulars
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below

STANDING = (OfferState.PUBLISHED, OfferState.CLOSED)
HELPING = (*CLAIM.live, ClaimState.DONE)


@dataclass(frozen=True)
class WishStory:
    """A wish with the need of who wished and the claims of who took it on."""

    offer: Offer
    need: Need | None
    claims: list[Claim]


def wishes_of(actor: Actor, community: Organisation) -> list[WishStory]:
    """Every wish that was published there, the latest first; what was called off is none."""
    rows = offers(actor).filter(community__in=ids_below(community.path), kind=WISH)
    wishes = list(with_particulars(rows.filter(state__in=STANDING).order_by("-published_at", "pk")))
    needs = last_needs(wishes)
    claims = defaultdict(list)
    taken_on = claims_here(actor, community).filter(offer__in=wishes, state__in=HELPING)
    for claim in taken_on.order_by("claimed_at", "pk"):
        claims[claim.offer_id].append(claim)
    return [WishStory(offer, needs.get(offer.pk), claims[offer.pk]) for offer in wishes]
