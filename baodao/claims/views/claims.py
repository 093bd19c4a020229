"""What a unit's members claimed."""

from django.http import HttpResponse

from baodao.claims.queries.claims import claims_of_unit
from baodao.claims.tables import unit_claims
from baodao.kernel.authz import Permission
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.ui.guards import acting_for, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest


def community_of(request: ActorRequest, permission: Permission) -> Organisation:
    """The community the request acts for. Raises `Absent` when it acts for none."""
    place: Organisation = acting_for(request, [Kind.COMMUNITY], permission)
    return place


def unit_of(request: ActorRequest) -> Organisation:
    """The unit, or the branch of a branch's secretary, for which the request acts."""
    place: Organisation = acting_for(request, [Kind.UNIT, Kind.BRANCH], Permission.CLAIM_READ)
    return place


@reading
def of_unit(request: ActorRequest) -> HttpResponse:
    """What our members claimed, wherever it is."""
    place = unit_of(request)
    rows = claims_of_unit(request.actor, place)
    return Listing(rows, request, unit_claims(rows)).response(
        "claims/unit_claims.html", {"place": place}
    )
