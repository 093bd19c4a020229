"""What on offer would count next for a member under the policies that ask something of them."""

from itertools import islice

from baodao.adoptions.models import PolicyResult
from baodao.adoptions.rules.openings import would_count
from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.suggestions import Fit, suggestions
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.ledger.rules.records import Origin
from baodao.offers.kinds.post.kind import POST
from baodao.offers.models import Offer
from baodao.policies.rules.deeds import Deed
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.subjects.queries.members import MemberThen, member_then

FEW = 3
HOUR = 60
NEXT = "next"
"""What is not done yet has no id."""


def openings_for(actor: Actor, result: PolicyResult) -> list[Fit]:
    """A few offers that the actor could claim now and that would bring their own result further,
    those that fit best first."""
    if result.person_id is None:
        return []
    fits = suggestions(actor, own_community(actor)).weighed
    rules, today = result.adoption.rules, clock.today()
    member = member_then(result.person_id, clock.now())
    rows = (
        fit for fit in fits if would_count(rules, member.facts, today, _deed(fit.offer, member))
    )
    return list(islice(rows, FEW))


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
