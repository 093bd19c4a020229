"""A request as our views see it: who acts, for which organisation, and htmx's headers read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from baodao.kernel.authz import Actor, Role


class ActorRequest(HttpRequest):
    """Set by `baodao.accounts.middleware` for everybody, signed in or not.

    `grants` are the `accounts.models.Grant` rows in force, `acting` the `orgs.models.Organisation`
    of the one that its holder chose to act for, and `acting_role` its role; both are None for those
    who hold none. `ended_account_id` is whose session ended with this request,
    `typed_again` what `ui.interruptions` gave back of what they typed before.
    (This slice lies below these and cannot name the classes.)
    """

    actor: Actor
    grants: Sequence[Any]
    acting: Any
    acting_role: Role | None
    ended_account_id: UUID | None
    large_text: bool
    typed_again: QueryDict | None
    htmx: HtmxDetails


def way_back(request: HttpRequest) -> str:
    """The page from which one came to do something on the way, as the url's `back` names it; empty
    where it names none of ours."""
    back = request.GET.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else ""


def led_on(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    """To the address `name`, with everything that was asked of this one."""
    query = request.GET.urlencode()
    return redirect(reverse(name, args=args) + (f"?{query}" if query else ""))
