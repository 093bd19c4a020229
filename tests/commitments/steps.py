"""Short ways to commitments, for tests that begin in the middle."""

from typing import Any

from baodao.claims.commands.decisions import decide_claims
from baodao.commitments.commands.commitments import commit
from baodao.commitments.models import Commitment
from baodao.commitments.rules.commitments import CONSENT, CommitmentFacts
from baodao.commitments.rules.policies import BOARD, POSTED
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.models import Offer
from baodao.orgs.commands.policies import set_policy
from tests.offers import steps as offered
from tests.world import World


def post_of(world: World, member: Actor, **told: Any) -> Offer:
    """A post that the member has: claimed, and approved by An."""
    post = offered.published(world, "post", **told)
    [claim] = offered.claimed(post, member)
    assert not decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True).refused
    return post


def committed(member: Actor, *ticked: Any, **told: Any) -> Commitment:
    """The member commits in the present year to these offers and series."""
    facts = CommitmentFacts(ticked=frozenset(row.pk for row in ticked), **{"times": 6} | told)
    return commit(member, year=clock.today().year, facts=facts)


def posted(world: World) -> dict[str, str]:
    """An's community posts commitments up; what a member says who agrees."""
    set_policy(world.actor("ji"), organisation_id=world.willow.pk, policy=POSTED, value=BOARD)
    return {"consent": CONSENT}
