"""For which community a request acts."""

from baodao.kernel.authz import Permission
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind
from baodao.ui.guards import acting_for
from baodao.ui.requests import ActorRequest


def community_of(
    request: ActorRequest, permission: Permission = Permission.RECORD_CONFIRM
) -> Organisation:
    """The community the request acts for. Raises `Absent` when it acts for none."""
    place: Organisation = acting_for(request, [Kind.COMMUNITY], permission)
    return place
