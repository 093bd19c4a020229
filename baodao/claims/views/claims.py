"""What a unit's members claimed; 认领登记表 as PDF, Word, Excel or page: of a community, of a unit,
of one offer."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse

from baodao.claims.documents import claim_list, claim_list_item
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claims_here, claims_of_unit, claims_on
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.claims.rules.papers import CLAIM_LIST
from baodao.claims.tables import unit_claims
from baodao.documents.views import paper_page
from baodao.kernel.authz import Permission
from baodao.offers.queries.offers import offer_of
from baodao.orgs.requests import acting_community, acting_unit_or_branch
from baodao.ui.guards import reading
from baodao.ui.listing import MOST_PRINTED, Listing, check_printable, paper_download
from baodao.ui.requests import ActorRequest

LISTED_STATES = (*CLAIM.live, ClaimState.DONE)


def _all(rows: QuerySet[Claim]) -> list[Claim]:
    """Every row, none left out; refused where they are too many for a paper."""
    claims = list(rows[: MOST_PRINTED + 1])
    check_printable(len(claims))
    return claims


def _paper(request: ActorRequest, place: str, claims: Sequence[Claim], ending: str) -> HttpResponse:
    if ending != "html":
        return paper_download(request, claim_list(place, claims, ending))
    return paper_page(request, CLAIM_LIST, [claim_list_item(place, claims)])


@reading
def of_community(request: ActorRequest, ending: str) -> HttpResponse:
    """Everybody who claims or served something in the community."""
    community = acting_community(request, Permission.PERSON_UNMASK)
    rows = claims_here(request.actor, community).filter(state__in=LISTED_STATES)
    rows = rows.order_by("offer__starts_at", "offer", "claimed_at")
    return _paper(request, community.name, _all(rows), ending)


@reading
def of_offer(request: ActorRequest, offer_id: UUID, ending: str) -> HttpResponse:
    """Everybody who claims or served in one offer."""
    offer = offer_of(request.actor, offer_id, Permission.OFFER_EDIT)
    rows = claims_on(request.actor, offer).filter(state__in=LISTED_STATES)
    return _paper(request, offer.community.name, _all(rows), ending)


@reading
def unit_list(request: ActorRequest) -> HttpResponse:
    """What our members claimed, wherever it is."""
    place = acting_unit_or_branch(request, Permission.CLAIM_READ)
    rows = claims_of_unit(request.actor, place)
    listing = Listing(rows, request, unit_claims(rows))
    return listing.response("claims/unit_claims.html", {"place": place})


@reading
def of_unit(request: ActorRequest, ending: str) -> HttpResponse:
    """What our members claimed, as the list is searched and filtered."""
    place = acting_unit_or_branch(request, Permission.CLAIM_READ)
    rows = claims_of_unit(request.actor, place)
    listing = Listing(rows, request, unit_claims(rows))
    return _paper(request, place.name, _all(listing.ordered_rows), ending)
