"""What is claimed of offers, as the slice above that keeps the claims registers it here.

Offers know no claims; their pages show how many places are taken all the same, and nothing may
happen to an offer that passes over who claimed it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel.authz import Actor
from baodao.offers.models import Offer


class SeatsChanged(Exception):
    """Somebody took a seat while those who had one were locked: they are locked anew."""


class ClaimOnOffer(Protocol):
    """A claim, as far as the page of its offer names it."""

    pk: UUID

    @property
    def claimant_name(self) -> str:
        """What who claims is called."""


class OfferClaims(Protocol):
    """What that slice shows of its claims, and does when something happens to their offer, whose
    lock the caller of a write holds."""

    panel: str
    """Template of the `claims` of an offer, for its page; `may_edit` names who claims as a link."""

    stories: Mapping[str, str]
    """What the journal's verbs about claims say in the timeline of their offer."""

    def counted(self, rows: QuerySet[Offer]) -> QuerySet[Any]:
        """The rows with their `taken` places, and their `waiting` and `applied` claims."""

    def on(self, actor: Actor, offer: Offer) -> Sequence[ClaimOnOffer]:
        """The claims of an offer that the actor may see, as its page lists them."""

    def taken(self, offer: Offer) -> int:
        """How many places of an offer are taken."""

    def servers(self, offer: Offer) -> set[UUID]:
        """The persons who have or had a seat in an offer."""

    def expected(self, offer: Offer) -> bool:
        """Whether somebody holds a place in an offer whose service is not recorded yet."""

    def serving(self, offer: Offer) -> bool:
        """Whether somebody has taken a place in an offer, and not only been asked to."""

    def fill(self, actor: Actor, offer: Offer) -> None:
        """Places may be free: they go to those who wait, in their order."""

    def end(self, offer: Offer) -> None:
        """The offer was closed or called off: its claims end with it, and who claimed is told."""

    def seat_organiser(self, actor: Actor, offer: Offer, locked: Collection[UUID]) -> None:
        """The community accepted what a unit organises: whom it ticked have their places. Raises
        `SeatsChanged` where somebody serves who is not `locked`."""

    def lock_servers(self, offer_id: UUID) -> Collection[UUID]:
        """Lock the persons who serve in an offer, before the offer itself is locked."""

    def move(self, actor: Actor, offer: Offer, before: datetime, locked: Collection[UUID]) -> None:
        """The offer has other hours than `before`: who has a place elsewhere then gives this one
        back, all are told. Raises `SeatsChanged` where somebody serves who is not `locked`."""


C = TypeVar("C", bound=OfferClaims)
_registered: list[OfferClaims] = []


def register(kind: type[C]) -> type[C]:
    """Decorate the class whose one instance tells of claims and changes them."""
    _registered[:] = [kind()]
    return kind


def offer_claims() -> OfferClaims:
    """What was registered."""
    return _registered[0]
