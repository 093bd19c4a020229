"""For which community or unit a request acts, and the guards that stand before each view."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries import ancestor_of
from baodao.orgs.rules import Kind
from baodao.registration.models import Registration
from baodao.registration.queries import registrations
from baodao.ui.requests import ActorRequest

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]

reading = require_safe
writing = require_POST
asking = require_http_methods(["GET", "HEAD", "POST"])


def member_only(view: View[P]) -> View[P]:
    """Pages about oneself: who is no person of a roster has none of them."""

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.actor.person_id is None:
            raise Absent("member")
        return view(request, *args, **kwargs)

    return guarded


def community_of(request: ActorRequest) -> Organisation:
    """The community the request acts for. Raises `Absent` when it acts for none."""
    place: Organisation | None = request.acting
    if (
        place is None
        or place.kind != Kind.COMMUNITY
        or not request.actor.may(Permission.REGISTRATION_ACCEPT, place.path)
    ):
        raise Absent("community")
    return place


def unit_of(
    request: ActorRequest, permission: Permission = Permission.REGISTRATION_REMIND
) -> Organisation:
    """The unit, or the branch of a branch's secretary, for which the request acts.

    Raises `Absent` when it acts for none, or without `permission` on it.
    """
    place: Organisation | None = request.acting
    if (
        place is None
        or place.kind not in (Kind.UNIT, Kind.BRANCH)
        or not request.actor.may(permission, place.path)
    ):
        raise Absent("unit")
    return place


def whole_unit(place: Organisation) -> Organisation:
    """The unit of a branch; a unit itself."""
    unit = ancestor_of(place, Kind.UNIT)
    if unit is None:
        raise Absent("unit")
    return unit


def fetched(request: ActorRequest, registration_id: UUID, permission: Permission) -> Registration:
    """One registration on which the actor holds `permission`. Raises `Absent`."""
    found = registrations(request.actor, permission).filter(pk=registration_id).first()
    if found is None:
        raise Absent("registration")
    return found


def ids_of(request: ActorRequest, name: str = "ids") -> list[UUID]:
    """The ticked rows of a list; what is no id was not made by our page."""
    try:
        return [UUID(value) for value in request.POST.getlist(name)]
    except ValueError as error:
        raise Absent("id") from error
