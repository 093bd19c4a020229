"""A request as our views see it: with the actor, and with htmx's headers read."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from baodao.kernel.authz import Actor


class ActorRequest(HttpRequest):
    """`actor` is set by `baodao.accounts.middleware`, for everybody, signed in or not."""

    actor: Actor
    htmx: HtmxDetails
