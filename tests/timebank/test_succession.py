"""Hours, talents and orders when their community is merged, split or dissolved, and when that is
undone: nothing is lost, whoever keeps it afterwards."""

import pytest

from baodao.accounts.rules import TIME_BANK
from baodao.kernel.health import Health
from baodao.orgs.queries.reorganisations import handover_lines, plan_of
from baodao.orgs.rules.handovers import Aim, Fate, Reform
from baodao.talents.queries.talents import talents_in
from baodao.timebank.checks import books
from baodao.timebank.commands.accounts import donate_to_pool
from baodao.timebank.commands.orders import cancel_own_order, confirm_order, order_by_hand
from baodao.timebank.models import TimeAccount
from baodao.timebank.queries.accounts import accounts_in_charge, pools_in
from baodao.timebank.queries.orders import orders_in_charge
from baodao.timebank.rules.orders import TimeOrderFacts
from tests.ledger import steps as ledger
from tests.orgs.test_reorganisations import done, fresh, succeeded, undone
from tests.talents.steps import served, talent
from tests.timebank import steps
from tests.timebank.steps import booked, of_talent, ordered, pool
from tests.world import World


def begun(world: World, at: str = "city") -> TimeAccount:
    """Chen has two hours of which one is ordered for, and served half an hour that is not booked
    yet."""
    world.turned_on(TIME_BANK, at)
    ledger.hosted(world)
    row = steps.create_account(world.actor("chen"), consent=steps.CONSENT)
    ledger.record(world, minutes=120)
    booked(row)
    ordered(world, 60)
    ledger.record(world, minutes=30)
    return row


def lines(world: World, aim: Aim) -> dict[Fate, list[str]]:
    """What the preview says of the time bank and of talents."""
    said: dict[Fate, list[str]] = {}
    for line in handover_lines(plan_of(fresh(world.willow), aim)):
        if "time bank" in line.words[0] or "talent" in line.words[0]:
            said.setdefault(line.fate, []).append(line.words[0])
    return said


@pytest.mark.parametrize("reform", [Reform.MERGED, Reform.SPLIT])
@pytest.mark.parametrize("at", ["city", "willow"])
def test_with_a_successor_hours_orders_and_talents_go_on(
    world: World, reform: Reform, at: str
) -> None:
    row, bank, who = begun(world, at), pool(world), talent(world)
    theirs = of_talent(world, who)
    served(world, who, minutes=40)
    succeeded(world, reform)
    if at == "willow":
        assert booked(row).balance == 60, "it is off where the account is kept now"
        world.turned_on(TIME_BANK, "bridge")
    assert (booked(row).balance, booked(theirs).balance) == (90, 40)
    bao = world.actor("bao")
    assert not accounts_in_charge(world.actor("an")).exists()
    assert list(pools_in(bao, world.bridge)) == [bank]
    assert list(talents_in(bao, world.bridge)) == [who]
    donate_to_pool(world.actor("chen"), minutes=30)
    confirm_order(bao, order_id=orders_in_charge(bao).get().pk)
    order_by_hand(bao, account_id=theirs.pk, facts=TimeOrderFacts("陪同就医", 40, way="call"))
    assert [steps.fresh(one).balance for one in (row, bank, theirs)] == [60, 30, 0]
    assert books().health is Health.OK


def test_hours_served_while_it_was_off_at_the_successor_earn_nothing(world: World) -> None:
    row = begun(world, "willow")
    succeeded(world, Reform.MERGED)
    later = ledger.entry(world.people["chen"].pk, minutes=50)
    ledger.recorded(world, later, who="bao", where="bridge")
    world.turned_on(TIME_BANK, "bridge")
    assert booked(row).balance == 90


def test_the_preview_says_where_it_is_off_and_what_stands_in_the_way(world: World) -> None:
    begun(world, "willow")
    pool(world)
    talent(world)
    merged = lines(world, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert [words for words in merged[Fate.GOES] if "not in use" in words]
    cancel_own_order(world.actor("chen"), order_id=orders_in_charge(world.actor("an")).get().pk)
    assert len(lines(world, Aim(Reform.DISSOLVED))[Fate.STANDS]) == 1
    donate_to_pool(world.actor("chen"), minutes=30)
    assert len(lines(world, Aim(Reform.DISSOLVED))[Fate.STANDS]) == 2
    assert not lines(world, Aim(Reform.MOVED, parent_id=world.north_street.pk))


def test_an_undone_merger_leaves_everything_where_it_was(world: World) -> None:
    row, who = begun(world), talent(world)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    undone(world, act)
    assert booked(row).balance == 90
    assert list(talents_in(world.actor("an"), fresh(world.willow))) == [who]
    assert orders_in_charge(world.actor("an")).count() == 1
