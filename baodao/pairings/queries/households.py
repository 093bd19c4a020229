"""Sealed households: those of a community's pairings, and which of them are needed above."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.offers.queries.offers import offers
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.pairings.models import SealedHousehold

HouseholdSource = Callable[[], Iterable[UUID]]
_sources: list[HouseholdSource] = []


def register_households(source: HouseholdSource) -> None:
    """Let no entry be forgotten whose id a source names; called by the slice above that points at
    entries when it starts."""
    _sources.append(source)


def needed_above() -> set[UUID]:
    """The ids of the entries that slices above still need."""
    return {household_id for source in _sources for household_id in source()}


def paired_households(actor: Actor, community: Organisation) -> QuerySet[SealedHousehold]:
    """Of the pairings of a community that stand open, for who looks after them."""
    mine = offers(actor, Permission.OFFER_EDIT).filter(
        community__path__startswith=community.path, state=OfferState.PUBLISHED
    )
    rows = SealedHousehold.objects.filter(offer__in=mine.order_by().values("pk"))
    return rows.select_related("offer").order_by("offer__published_at", "pk")


def household_names(household_id: UUID | None) -> list[str]:
    """What tells of whom an entry is, by name and by address; none without an entry."""
    if household_id is None:
        return []
    rows = SealedHousehold.objects.filter(pk=household_id)
    return [words for row in rows for words in (row.name, row.address) if words]
