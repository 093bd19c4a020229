"""Short ways to pairings, for tests that begin in the middle."""

from datetime import date, timedelta
from typing import Any

from baodao.claims.commands.decisions import decide_claims
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.models import Offer
from baodao.pairings.commands.pairings import publish_pairing
from baodao.pairings.commands.visits import state_visit
from baodao.pairings.queries.pairings import pairings_in
from baodao.pairings.rules.pairings import VisitFacts
from baodao.residents.rules.entries import HouseholdEntry
from baodao.statements.commands.statements import confirm_statements
from baodao.statements.models import Statement
from tests.offers import steps as offered
from tests.world import World

WANG = HouseholdEntry("王桂兰", "独居，腿脚不便，子女在外地", "19900007777", "柳荫里3号楼2单元501")
FORTNIGHT = {"situation": "elderly", "rhythm": "fortnightly"}
SECRETS = ("王桂兰", "19900007777", "2单元501", "子女在外地")


def pairing(world: World, entry: HouseholdEntry = WANG, **words: Any) -> Offer:
    """An opens one: an old woman who lives alone, visited every two weeks."""
    base = {"title": "陪伴独居老人", "places": 1, "place": "", "category": "relief"}
    facts = offered.facts("pairing", particulars=FORTNIGHT, **base | words)
    return publish_pairing(
        world.actor("an"), community_id=world.willow.pk, facts=facts, entry=entry
    )


def paired(world: World, offer: Offer, helper: Actor) -> Claim:
    """The helper claims it and An approves."""
    [claim] = offered.claimed(offer, helper)
    assert decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True).done
    return offered.fresh(claim)


def visited(helper: Actor, claim: Claim, on: date | None = None, **words: Any) -> Statement:
    """The helper tells of a visit of today, or of another day."""
    base: dict[str, Any] = {"on": on or clock.today(), "minutes": 60, "result": "陪聊，买菜"}
    return state_visit(helper, claim_id=claim.pk, visit=VisitFacts(**base | words))


def confirmed(world: World, *statements: Statement) -> None:
    """An confirms the visits."""
    ids = [row.pk for row in statements]
    assert not confirm_statements(world.actor("an"), statement_ids=ids).refused


def row_of(world: World, offer: Offer) -> Any:
    """The pairing as the list of its community has it."""
    return pairings_in(world.actor("an"), world.willow).get(pk=offer.pk)


def days(number: int) -> date:
    """A day from today on."""
    return clock.today() + timedelta(days=number)
