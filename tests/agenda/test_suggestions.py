"""Which offers a member is shown first, and why."""

from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.suggestions import Fit, suggestions
from baodao.claims.commands import claims
from tests.offers import steps
from tests.world import World


def fitting(world: World, name: str) -> list[Fit]:
    actor = world.actor(name)
    return suggestions(actor, own_community(actor))


def titles(world: World, name: str = "chen") -> list[str]:
    return [fit.offer.title for fit in fitting(world, name)]


def test_what_fits_stands_first_then_what_lacks_most_people(world: World) -> None:
    person = world.people["chen"]
    person.specialty = "法律咨询"
    person.save()
    steps.published(world, title="楼道清洁", places=2)
    steps.published(world, title="图书整理", places=9)
    steps.published(world, "post", title="法律援助岗")
    steps.chen(world)
    assert titles(world) == ["法律援助岗", "图书整理", "楼道清洁"]
    best = fitting(world, "chen")[0]
    assert best.free == 3
    assert any("法律" in reason for reason in best.reasons)


def test_popularity_never_lifts_an_offer(world: World) -> None:
    steps.published(world, title="甲", places=9)
    popular = steps.published(world, title="乙", places=9)
    steps.claimed(popular, *steps.registered(world, 5))
    steps.chen(world)
    assert titles(world) == ["甲", "乙"]


def test_full_claimed_and_overlapping_offers_and_those_elsewhere_are_left_out(
    world: World,
) -> None:
    chen = steps.chen(world)
    steps.claimed(steps.published(world, title="满员", places=1), *steps.registered(world, 1))
    mine = steps.published(world, title="我的")
    steps.published(world, title="同时", starts_at=steps.hour(at=10), ends_at=steps.hour(at=12))
    steps.published(world, title="次日", starts_at=steps.hour(8), ends_at=steps.hour(8, 10))
    steps.published(world, "post", title="邻居的岗", where=world.bridge)
    claims.claim(chen, offer_id=mine.pk)
    assert titles(world) == ["次日"]
    assert fitting(world, "an") == []


def test_whoever_is_not_registered_yet_sees_what_is_near_their_home(world: World) -> None:
    steps.published(world, title="清扫")
    assert titles(world) == ["清扫"]
