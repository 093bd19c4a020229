"""For which community or unit a request acts."""

from uuid import UUID

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registrations
from baodao.ui.requests import ActorRequest


def fetched(request: ActorRequest, registration_id: UUID, permission: Permission) -> Registration:
    """One registration on which the actor holds `permission`. Raises `Absent`."""
    registration = registrations(request.actor, permission).filter(pk=registration_id).first()
    if registration is None:
        raise Absent("registration")
    return registration
