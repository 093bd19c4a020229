"""What slices above let people do with an offer: they register it, pages of offers show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from baodao.kernel.authz import Actor, Permission
from baodao.offers.rules.kinds import OfferKind


class Offered(Protocol):
    """An offer with its `taken` places, as far as acts ask."""

    kind: OfferKind
    state: str
    starts_at: datetime | None
    places: int
    taken: int


@dataclass(frozen=True)
class OfferAct:
    """A button for who holds `permission` where the offer is.

    `address` is the name of a page by the offer's id. `label` is a message id, empty where nothing
    can be done at that instant; a `pressing` act stands in the list of offers too.
    """

    address: str
    permission: Permission
    label: Callable[[Offered, datetime], str]
    pressing: Callable[[OfferKind], bool]


@dataclass(frozen=True)
class ListLink:
    """A page beside the list of a community's offers: the name of its address, and what the link is
    called (a message id)."""

    address: str
    label: str


@dataclass(frozen=True)
class OfferPanel:
    """A card on the page of an offer: a template, and its `rows` of the offer as far as the actor
    may see them; without rows the card is left out."""

    template: str
    rows: Callable[[Actor, Any], Sequence[Any]]


LINKS: list[ListLink] = []

ACTS: list[OfferAct] = []

PANELS: list[OfferPanel] = []


def register_act(act: OfferAct) -> None:
    """Let the pages of offers show this act; called by the slice that owns it when it starts."""
    ACTS.append(act)


def register_link(page: ListLink) -> None:
    """Let the list of offers lead to this page; called by the slice that owns it when it starts."""
    LINKS.append(page)


def register_panel(panel: OfferPanel) -> None:
    """Let the page of an offer show this card; called by the slice that owns it when it starts."""
    PANELS.append(panel)
