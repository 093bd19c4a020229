"""For which community or unit a request acts, and which year it asks for."""

from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.days import read_year
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.ui.guards import acting_for
from baodao.ui.requests import ActorRequest


def community_of(request: ActorRequest) -> Organisation:
    """The community the request acts for. Raises `Absent` when it acts for none."""
    place: Organisation = acting_for(request, [Kind.COMMUNITY], Permission.FEEDBACK_DRAFT)
    return place


def unit_of(
    request: ActorRequest, permission: Permission = Permission.FEEDBACK_READ
) -> Organisation:
    """The unit, or the branch of a branch's secretary, for which the request acts."""
    place: Organisation = acting_for(request, [Kind.UNIT, Kind.BRANCH], permission)
    return place


def year_in(request: ActorRequest) -> int:
    """The year in the url, else this one; refused when it is none."""
    year = request.GET.get("year", "")
    return read_year(year) if year else clock.today().year
