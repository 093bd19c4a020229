"""To whom an order can go: members whom it fits, partner units that were not whistled for yet."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from baodao.agenda.queries.candidates import Candidates, candidates
from baodao.kernel.authz import Actor
from baodao.needs.models import Need
from baodao.offers.kinds.order.kind import ORDER
from baodao.offers.models import Offer
from baodao.offers.queries.answers import offer_from
from baodao.orders.models import Whistle
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.partnership.queries import partner_units


@dataclass(frozen=True)
class Receivers:
    """Who could take an order on."""

    members: Candidates
    units: list[Organisation]


def receivers_of(
    actor: Actor, offer: Offer, words: str = "", *, ticked: Collection[UUID] = ()
) -> Receivers:
    """Of an offer in scope, or of one that is only proposed; members by `words`, where there are
    any, and those who are `ticked`."""
    blown = Whistle.objects.filter(offer=offer).values("unit")
    partners = partner_units(actor, standing_of(offer.community)).exclude(unit__in=blown)
    rows = partners.select_related("unit").order_by("unit__path")
    members = candidates(actor, offer, words, ticked=ticked)
    return Receivers(members, [row.unit for row in rows])


def proposal_of(need: Need) -> Offer:
    """The order that a need could become, in the words of the menu: nothing that tells who asked.
    It is written when it is dispatched."""
    offer = offer_from(need, ORDER)
    if item := need.item:
        offer.title, offer.schedule, offer.text = item.title, item.schedule, item.text
    return offer
