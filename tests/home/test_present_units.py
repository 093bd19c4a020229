"""Present lists name the unit to which a member belongs now, papers of a day that of the day."""

from baodao.commitments.documents import board_item
from baodao.commitments.queries.commitments import posted_in
from baodao.kernel.authz import Role
from tests import factories
from tests.commitments import steps
from tests.offers import steps as offered
from tests.orders import steps as ordering
from tests.registration.browsing import browser, text
from tests.registration.test_relations import move_on
from tests.teams import steps as teamed
from tests.world import World


def test_who_went_to_another_unit_is_listed_with_that_unit_wherever_people_stand_now(
    world: World,
) -> None:
    chen = offered.chen(world)
    teamed.put(world, chen)
    steps.committed(chen, **steps.posted(world))
    offer, order = offered.published(world), ordering.ordered(world, ordering.item(world))
    move_on(world, world.office)
    pages = [
        "/members/",
        "/commitments/",
        f"/offers/{offer.pk}/invite/",
        f"/needs/{order.pk}/dispatch/",
        f"/teams/{world.team.pk}/",
    ]
    for page in pages:
        words = text(browser(world, "an").get(page))
        assert chen.name in words, page
        assert (world.commission.name in words, world.bureau.name in words) == (True, False), page
    [line] = board_item(world.willow, posted_in(world.willow))["rows"]
    assert line["unit"] == world.commission.name
    world.accounts["he"] = factories.account("何秘", Role.UNIT_SECRETARY, world.commission)
    receipts = text(browser(world, "he").get("/receipts/"))
    assert chen.name in receipts
    assert world.office.name in receipts
