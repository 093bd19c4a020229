"""What stands before a view: its verbs, and for whom the request acts."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
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


def acting_for(request: ActorRequest, kinds: Collection[str], permission: Permission) -> Any:
    """The organisation, of one of these kinds, for which the request acts.

    Raises `Absent` when it acts for none, or without `permission` on it. (This slice lies below
    orgs and cannot name the class.)
    """
    place = request.acting
    if place is None or place.kind not in kinds or not request.actor.may(permission, place.path):
        raise Absent("organisation")
    return place


def ids_of(request: ActorRequest, name: str = "ids") -> list[UUID]:
    """The ticked rows of a list, as a form or a link has them; what is no id was not made by our
    page."""
    sent = request.POST if request.method == "POST" else request.GET
    try:
        return [UUID(value) for value in sent.getlist(name)]
    except ValueError as error:
        raise Absent("id") from error
