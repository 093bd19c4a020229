"""What first pages and supervisors are told of needs: who has no help, how many, how old."""

from datetime import timedelta

from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.needs.queries.needs import need_counts, needs, needs_without_help
from tests.needs.steps import need
from tests.world import World


def test_urgent_ones_stand_first_then_the_oldest(world: World) -> None:
    now = clock.now()
    young = need(world, text="新", collected_at=now)
    old = need(world, "screened", text="旧", collected_at=now - timedelta(days=9))
    soon = need(world, text="几天内", urgency="soon", collected_at=now)
    urgent = need(world, text="紧急", urgency="urgent", collected_at=now)
    need(world, "open", text="有人帮")
    rows = needs_without_help(world.actor("an"), world.willow)
    assert list(rows) == [urgent, soon, old, young]


def test_counts_say_where_needs_stand_and_how_old_the_oldest_is(world: World) -> None:
    for state in ("collected", "screened", "open", "met", "met", "unmet"):
        need(world, state, collected_at=clock.now() - timedelta(days=3))
    need(world, "merged", merged_into=need(world, "open"))
    need(world, "met", collected_at=clock.now() - timedelta(days=90))
    counts = need_counts(world.actor("an"), world.willow).answer()
    assert (counts.collected, counts.without_help, counts.open) == (8, 2, 2)
    assert (counts.met, counts.unmet, counts.oldest_days) == (3, 1, 3)


def test_every_place_counts_what_is_below_it_and_nobody_beyond_their_own(world: World) -> None:
    need(world)
    need(world, community=world.north)
    need(world, community=world.cloud)
    fan = world.actor("fan")
    assert need_counts(fan, world.east).answer().collected == 2
    assert need_counts(fan, world.willow_street).answer().collected == 1
    assert need_counts(fan, world.city).answer().collected == 2
    assert need_counts(world.actor("an"), world.east).answer().collected == 1
    for stranger in (world.actor("deng"), world.actor("su"), NOBODY):
        assert need_counts(stranger, world.city).answer().collected == 0
        assert not needs(stranger).exists()


def test_no_need_is_no_age(world: World) -> None:
    assert need_counts(world.actor("an"), world.willow).answer().oldest_days == 0
