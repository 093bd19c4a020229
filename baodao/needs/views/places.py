"""For which place or unit a request acts, on the pages of needs."""

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestor_of
from baodao.orgs.requests import acting_for, acting_unit_or_branch
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.ui.requests import ActorRequest


def watched_place(request: ActorRequest) -> Organisation:
    """The community, street, district or city whose needs the request may read."""
    return acting_for(request, PLACES, Permission.NEED_READ)


def works_for(request: ActorRequest, place: Organisation) -> bool:
    """Whether the needs of `place` are this person's to look after."""
    screens = request.actor.may(Permission.NEED_SCREEN, place.path)
    return place.kind == Kind.COMMUNITY and screens


def unit_for(request: ActorRequest, permission: Permission) -> Organisation:
    """The unit for which the request acts, or that of a branch's secretary. Raises `Absent`."""
    place = acting_unit_or_branch(request, permission)
    unit = ancestor_of(place, Kind.UNIT)
    if unit is None:
        raise Absent("unit")
    return unit
