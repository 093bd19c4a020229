"""For which organisation a request acts: who asks here may do there what the page is for."""

from collections.abc import Collection

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.ui.requests import ActorRequest


def acting_for(
    request: ActorRequest, kinds: Collection[Kind], permission: Permission
) -> Organisation:
    """The organisation, of one of these kinds, for which the request acts.

    Raises `Absent` when it acts for none, or without `permission` on it.
    """
    place: Organisation | None = request.acting
    if place is None or place.kind not in kinds or not request.actor.may(permission, place.path):
        raise Absent("organisation")
    return place


def acting_community(request: ActorRequest, permission: Permission) -> Organisation:
    """The community for which the request acts. Raises `Absent`."""
    return acting_for(request, [Kind.COMMUNITY], permission)


def acting_unit(request: ActorRequest, permission: Permission) -> Organisation:
    """The unit for which the request acts, none of its branches. Raises `Absent`."""
    return acting_for(request, [Kind.UNIT], permission)


def acting_unit_or_branch(request: ActorRequest, permission: Permission) -> Organisation:
    """The unit, or the branch of a branch's secretary, for which the request acts. Raises
    `Absent`."""
    return acting_for(request, [Kind.UNIT, Kind.BRANCH], permission)
