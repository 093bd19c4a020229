"""Published offers of a community, to answer a need with."""

from django.db.models import Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation


def published_in(actor: Actor, community: Organisation) -> QuerySet[Offer]:
    """Posts, and activities that are not over, which the actor may edit; newest first."""
    rows = within(Offer.objects.all(), actor, Permission.OFFER_EDIT, "community__path")
    coming = Q(starts_at=None) | Q(ends_at__gte=clock.now())
    rows = rows.filter(coming, community=community, state=OfferState.PUBLISHED)
    return rows.order_by("-published_at", "pk")
