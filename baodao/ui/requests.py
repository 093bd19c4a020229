"""A request as our views see it: who acts, for which organisation, and htmx's headers read."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from baodao.kernel.authz import Actor, Role


class ActorRequest(HttpRequest):
    """Set by `baodao.accounts.middleware` for everybody, signed in or not.

    `grants` are the `accounts.models.Grant` rows in force, `acting` the `orgs.models.Organisation`
    of the one that its holder chose to act for, and `acting_role` its role; both are None for those
    who hold none. (This slice lies below these and cannot name the classes.)
    """

    actor: Actor
    grants: Sequence[Any]
    acting: Any
    acting_role: Role | None
    large_text: bool
    htmx: HtmxDetails
