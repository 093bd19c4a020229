"""For which organisation a request keeps places."""

from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.requests import acting_for
from baodao.ui.requests import ActorRequest
from baodao.venues.rules.venues import KEEPING, keeper_permission


def acting_keeper(request: ActorRequest) -> Organisation:
    """The authority or community for which the request acts. Raises `Absent`."""
    place = request.acting
    if place is None or place.kind not in KEEPING:
        raise Absent("organisation")
    return acting_for(request, KEEPING, keeper_permission(place.kind))
