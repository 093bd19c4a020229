"""What on offer would count next for a member under the policies that ask something of them."""

from itertools import islice
from typing import NamedTuple

from baodao.adoptions.models import PolicyResult
from baodao.adoptions.rules.openings import would_count
from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.parties import offers_through_unit
from baodao.agenda.queries.suggestions import Fit, suggestions
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ledger.rules.records import Origin
from baodao.offers.kinds.post.kind import POST
from baodao.offers.models import Offer
from baodao.policies.rules.deeds import Deed
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.subjects.queries.members import MemberThen, member_then

FEW, WEIGHED = 3, 20
HOUR = 60
NEXT = "next"
"""What is not done yet has no id."""


class Openings(NamedTuple):
    """A few offers that would bring a result further: what the member claims, those that fit best
    first; and what lies with the partner community of their unit, which takes it on and sends
    them, the soonest first."""

    own: list[Fit]
    by_unit: list[Offer]


def openings_for(actor: Actor, result: PolicyResult) -> Openings:
    """What would count next for the actor's own result."""
    if result.person_id is None:
        return Openings([], [])
    home, rules, today = own_community(actor), result.adoption.rules, clock.today()
    member = member_then(result.person_id, clock.now())

    def counts(offer: Offer) -> bool:
        return would_count(rules, member.facts, today, _deed(offer, member))

    own = (fit for fit in suggestions(actor, home).weighed if counts(fit.offer))
    by_unit = filter(counts, offers_through_unit(home)[:WEIGHED])
    return Openings([*islice(own, FEW)], [*islice(by_unit, FEW)])


def _deed(offer: Offer, member: MemberThen) -> Deed:
    """What taking on the offer would be: a post that one holds, else a service on its day, in a
    place that is to the member what it is by what is known now."""
    day = clock.day_of(offer.starts_at) or clock.today()
    traits = {DeedTrait.OFFER: str(offer.pk)}
    if offer.kind is POST:
        return Deed(NEXT, DeedKind.CLAIM, day, traits=traits | {DeedTrait.KIND: offer.title})
    traits |= {
        DeedTrait.KIND: offer.category,
        DeedTrait.WAY: str(offer.kind.way),
        DeedTrait.PLACE: member.place_of(offer.community_id, day),
        DeedTrait.ORIGIN: str(Origin.LIST),
    }
    return Deed(NEXT, DeedKind.SERVICE, day, minutes=_minutes(offer), traits=traits)


def _minutes(offer: Offer) -> int:
    """How long it takes; an hour where it has no hours."""
    if offer.starts_at is None or offer.ends_at is None:
        return HOUR
    return int((offer.ends_at - offer.starts_at).total_seconds() // 60)
