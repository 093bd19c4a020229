"""What slices above let people do with an offer: they register it, pages of offers show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baodao.kernel.authz import Permission
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


LINKS: list[ListLink] = []

ACTS: list[OfferAct] = []


def register_act(act: OfferAct) -> None:
    """Let the pages of offers show this act; called by the slice that owns it when it starts."""
    ACTS.append(act)


def register_link(page: ListLink) -> None:
    """Let the list of offers lead to this page; called by the slice that owns it when it starts."""
    LINKS.append(page)
