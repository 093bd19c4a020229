"""For which community or unit a request acts on offers."""

from baodao.kernel.authz import Permission
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind
from baodao.ui.guards import acting_for
from baodao.ui.requests import ActorRequest


def community_of(
    request: ActorRequest, permission: Permission = Permission.OFFER_EDIT
) -> Organisation:
    """The community the request acts for. Raises `Absent` when it acts for none."""
    place: Organisation = acting_for(request, [Kind.COMMUNITY], permission)
    return place


def unit_of(request: ActorRequest) -> Organisation:
    """The unit, or the branch of a branch's secretary, for which the request acts."""
    place: Organisation = acting_for(request, [Kind.UNIT, Kind.BRANCH], Permission.CLAIM_READ)
    return place
