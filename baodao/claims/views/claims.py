"""What a unit's members claimed."""

from django.http import HttpResponse

from baodao.claims.queries.claims import claims_of_unit
from baodao.claims.tables import unit_claims
from baodao.kernel.authz import Permission
from baodao.orgs.requests import acting_unit_or_branch
from baodao.ui.guards import reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest


@reading
def of_unit(request: ActorRequest) -> HttpResponse:
    """What our members claimed, wherever it is."""
    place = acting_unit_or_branch(request, Permission.CLAIM_READ)
    rows = claims_of_unit(request.actor, place)
    return Listing(rows, request, unit_claims(rows)).response(
        "claims/unit_claims.html", {"place": place}
    )
