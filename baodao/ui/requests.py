"""A request as our views see it: who acts, for which organisation, and htmx's headers read."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from baodao.kernel.authz import Actor, Role


class ActorRequest(HttpRequest):
    """Set by `baodao.accounts.middleware` for everybody, signed in or not.

    `acting` is the `orgs.models.Organisation` of the grant that its holder chose to act for, and
    `acting_role` that grant's role; both are None for those who hold none. (This slice lies below
    orgs and cannot name the class.)
    """

    actor: Actor
    acting: Any
    acting_role: Role | None
    large_text: bool
    htmx: HtmxDetails
