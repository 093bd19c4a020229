"""The places of offers: how many are taken, and how many claims wait for one."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Aggregate, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from baodao.claims.models import Claim
from baodao.claims.rules.lives import SEATED, ClaimState
from baodao.offers.models import Offer


def _of_claims(number: Aggregate, *states: str, offer: str = "pk") -> Coalesce:
    rows = Claim.objects.filter(offer=OuterRef(offer), state__in=states).order_by()
    numbers = rows.values("offer").annotate(number=number).values("number")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def taken_places(offer: str = "pk") -> Coalesce:
    """How many places are taken of the offer in the column `offer` of a row."""
    return _of_claims(Sum("places"), *SEATED, offer=offer)


def counted(rows: QuerySet[Offer]) -> QuerySet[Any]:
    """With `taken` places, and the `waiting` and `applied` claims."""
    columns: dict[str, Any] = {
        "taken": taken_places(),
        "waiting": _of_claims(Count("pk"), ClaimState.WAITING),
        "applied": _of_claims(Count("pk"), ClaimState.APPLIED),
    }
    return rows.annotate(**columns)


class Occupancy(NamedTuple):
    """How many places of an offer are taken, and how many claims wait for one."""

    taken: int = 0
    waiting: int = 0


def standings_of(offer_ids: Collection[UUID]) -> defaultdict[UUID, Occupancy]:
    """How each of these offers stands; the caller holds their locks when it decides by it."""
    rows = Claim.objects.filter(offer__in=offer_ids).order_by().values("offer")
    rows = rows.annotate(
        taken=Coalesce(Sum("places", filter=Q(state__in=SEATED)), 0),
        waiting=Count("pk", filter=Q(state=ClaimState.WAITING)),
    )
    numbers = {row["offer"]: Occupancy(row["taken"], row["waiting"]) for row in rows}
    return defaultdict(Occupancy, numbers)


def seated_of(offer: Offer) -> int:
    """How many places are taken; the caller holds the offer's lock when it decides by it."""
    rows = Claim.objects.filter(offer=offer, state__in=SEATED)
    taken: int = rows.aggregate(taken=Coalesce(Sum("places"), 0))["taken"]
    return taken
