"""The households of pairings: those of a community's, and which entries pairings still need."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.claims.queries.claims import claim_rows
from baodao.claims.rules.lives import SERVING
from baodao.kernel.authz import Actor, Permission
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offers
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.pairings.models import PairedHousehold
from baodao.residents.models import SealedHousehold


def household_of(offer: Offer) -> SealedHousehold | None:
    """The sealed entry of a pairing; None where it was not written down or is forgotten."""
    row = PairedHousehold.objects.select_related("household").filter(offer=offer).first()
    return row.household if row else None


def paired_households(actor: Actor, community: Organisation) -> QuerySet[PairedHousehold]:
    """Of the pairings of a community that stand open, for who looks after them."""
    mine = offers(actor, Permission.OFFER_EDIT).filter(
        community__path__startswith=community.path, state=OfferState.PUBLISHED
    )
    rows = PairedHousehold.objects.filter(offer__in=mine.order_by().values("pk"))
    return rows.select_related("offer").order_by("offer__published_at", "pk")


def untaken_for(household_id: UUID) -> QuerySet[PairedHousehold]:
    """The pairings of a household that are offered and that nobody has taken on."""
    rows = PairedHousehold.objects.filter(household=household_id)
    rows = rows.filter(offer__state=OfferState.PUBLISHED).select_related("offer")
    taken = claim_rows().filter(state__in=SERVING, offer__in=rows.values("offer"))
    rows = rows.exclude(offer__in=taken.order_by().values("offer"))
    return rows.order_by("offer__published_at", "pk")


def offered_for(household_id: UUID) -> list[str]:
    """The titles of what is offered for a household and nobody has taken on."""
    return [row.offer.title for row in untaken_for(household_id)]


def entries_of_pairings() -> QuerySet[Any, Any]:
    """The entries of pairings that are not over, or have not been so for long."""
    kept = days_ago(KEPT_DAYS, "offer__community__path")
    rows = PairedHousehold.objects.filter(Q(offer__ended_at=None) | Q(offer__ended_at__gte=kept))
    return rows.values("household")
