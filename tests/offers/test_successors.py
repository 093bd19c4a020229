"""What a community drafted, proposed or offered before another took it over, or nobody did."""

import pytest

from baodao.kernel.authz import Role
from baodao.kernel.errors import Refused
from baodao.offers.commands import offers, proposals
from baodao.orgs.rules.handovers import Aim, Reform
from tests import factories
from tests.offers import steps
from tests.orders.steps import partner
from tests.orgs.test_reorganisations import done, merged
from tests.world import World


@pytest.mark.parametrize("kind", ["activity", "post", "order"])
def test_a_copy_of_what_a_merged_community_offered_is_of_the_successor(
    world: World, kind: str
) -> None:
    old = steps.published(world, kind, title="楼道清洁", organiser_id=world.team.pk)
    merged(world)
    copy = offers.copy(world.actor("bao"), offer_id=old.pk)
    assert (copy.community, copy.organiser) == (world.bridge, world.team)
    assert offers.publish(world.actor("bao"), offer_id=copy.pk).community == world.bridge


def test_what_a_merged_community_drafted_or_was_proposed_is_offered_by_the_successor(
    world: World,
) -> None:
    partner(world)
    draft = offers.draft(world.actor("an"), community_id=world.willow.pk, facts=steps.facts())
    asked = proposals.propose(
        world.actor("deng"), unit_id=world.bureau.pk, facts=steps.facts(title="科普进社区")
    )
    merged(world)
    for row, organiser in ((draft, world.bridge), (asked, world.bureau)):
        offers.publish(world.actor("bao"), offer_id=row.pk)
        row.refresh_from_db()
        assert (row.community, row.organiser) == (world.bridge, organiser)


def test_what_a_dissolved_community_offered_is_not_offered_again(world: World) -> None:
    old = steps.published(world)
    offers.cancel(world.actor("an"), offer_id=old.pk, reason="社区撤销")
    done(world, world.willow, Aim(Reform.DISSOLVED))
    world.accounts["lu"] = factories.account("陆", Role.COMMUNITY_WORKER, world.willow_street)
    with pytest.raises(Refused, match=r"organisation\.is-closed"):
        offers.copy(world.actor("lu"), offer_id=old.pk)
