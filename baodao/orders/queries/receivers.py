"""To whom an order can go: members whom it fits, partner units and their branches that were not
whistled for yet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from baodao.accounts.queries import places_with_grants
from baodao.agenda.queries.candidates import Candidates, candidates
from baodao.kernel.authz import Actor
from baodao.needs.models import Need
from baodao.offers.kinds.order.kind import ORDER
from baodao.offers.models import Offer
from baodao.offers.queries.answers import offer_from
from baodao.orders.models import Whistle
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_units


@dataclass(frozen=True)
class ReceivingParty:
    """A unit or a branch that can be whistled for; `silent` where nobody acts for it, so that
    nobody reads what it is told."""

    place: Organisation
    silent: bool

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch, which stands behind its unit."""
        return self.place.kind == Kind.BRANCH


@dataclass(frozen=True)
class Receivers:
    """Who could take an order on."""

    members: Candidates
    units: list[ReceivingParty]


def receivers_of(
    actor: Actor, offer: Offer, words: str = "", *, ticked: Collection[UUID] = ()
) -> Receivers:
    """Of an offer in scope, or of one that is only proposed; members by `words`, where there are
    any, and those who are `ticked`."""
    partners = partner_units(actor, standing_of(offer.community)).select_related("unit")
    units = parties_of(row.unit for row in partners)
    return Receivers(candidates(actor, offer, words, ticked=ticked), still_to_ask(offer, units))


def still_to_ask(offer: Offer, parties: Iterable[Organisation]) -> list[ReceivingParty]:
    """Those of these units and branches that nobody whistled for in this offer yet."""
    blown = set(Whistle.objects.filter(offer=offer).values_list("unit", flat=True))
    rows = [row for row in parties if row.pk not in blown]
    acted_for = places_with_grants([row.pk for row in rows])
    return [ReceivingParty(row, row.pk not in acted_for) for row in rows]


def parties_of(units: Iterable[Organisation]) -> list[Organisation]:
    """These units, each with its open branches behind it, by the order of the tree."""
    every = list(units)
    rows = places(Kind.BRANCH).filter(parent__in=[unit.pk for unit in every])
    branches = rows.select_related("parent").order_by("sort", "pk")
    return [
        one
        for unit in sorted(every, key=lambda row: row.path)
        for one in (unit, *(row for row in branches if row.parent_id == unit.pk))
    ]


def proposal_of(need: Need) -> Offer:
    """The order that a need could become, in the words of the menu: nothing that tells who asked.
    It is written when it is dispatched."""
    offer = offer_from(need, ORDER)
    if item := need.item:
        offer.title, offer.schedule, offer.text = item.title, item.schedule, item.text
    return offer
