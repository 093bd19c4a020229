"""What is kept about the actor in person."""

from django.db.models import QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.scope import own
from baodao.people.models import Membership


def own_memberships(actor: Actor) -> QuerySet[Membership]:
    """Every membership of the actor, the present one first."""
    rows = Membership.objects.select_related("person__home_community", "branch__parent")
    return own(rows, actor).order_by("-recorded_at")
