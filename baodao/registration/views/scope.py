"""For which community or unit a request acts."""

from uuid import UUID

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registrations
from baodao.ui.guards import acting_for
from baodao.ui.requests import ActorRequest


def community_of(request: ActorRequest) -> Organisation:
    """The community the request acts for. Raises `Absent` when it acts for none."""
    place: Organisation = acting_for(request, [Kind.COMMUNITY], Permission.REGISTRATION_ACCEPT)
    return place


def unit_of(
    request: ActorRequest, permission: Permission = Permission.REGISTRATION_REMIND
) -> Organisation:
    """The unit, or the branch of a branch's secretary, for which the request acts.

    Raises `Absent` when it acts for none, or without `permission` on it.
    """
    place: Organisation = acting_for(request, [Kind.UNIT, Kind.BRANCH], permission)
    return place


def fetched(request: ActorRequest, registration_id: UUID, permission: Permission) -> Registration:
    """One registration on which the actor holds `permission`. Raises `Absent`."""
    registration = registrations(request.actor, permission).filter(pk=registration_id).first()
    if registration is None:
        raise Absent("registration")
    return registration
