"""Which offers a member is shown first, and why."""

from collections.abc import Iterator
from copy import copy
from datetime import timedelta

import pytest

from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.suggestions import WEIGHED, Fit, suggestions
from baodao.claims.commands import claims
from baodao.kernel import clock, ids
from baodao.offers.models import Offer
from baodao.series.models import SeriesDate
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.series import steps as series_steps
from tests.world import World


@pytest.fixture
def monday() -> Iterator[None]:
    with clock.at(series_steps.MONDAY):
        yield


def fitting(world: World, name: str) -> list[Fit]:
    actor = world.actor(name)
    return suggestions(actor, own_community(actor)).weighed


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


@pytest.mark.usefixtures("monday")
def test_the_many_dates_of_a_series_push_nothing_out_and_are_counted_as_one(world: World) -> None:
    with clock.at(series_steps.MONDAY - timedelta(days=1)):
        post = steps.published(world, "post", title="长者食堂岗", places=9)
    full = steps.published(world, title="满员", places=1)
    series = series_steps.published(world)
    steps.claimed(full, *steps.registered(world, 1))
    date = series_steps.activities(series)[-1]
    further = [copy(date) for _ in range(WEIGHED)]
    for number, row in enumerate(further, 1):
        row.pk, row.starts_at = ids.new_id(), date.starts_at + timedelta(days=number)
        row.ends_at = row.starts_at + timedelta(hours=1)
    Offer.objects.bulk_create(further)
    SeriesDate.objects.bulk_create(
        SeriesDate(series=series, offer=row, on=row.starts_at.date()) for row in further
    )
    steps.chen(world)
    assert set(titles(world)) == {"长者食堂岗", series.title}
    first = next(fit.offer for fit in fitting(world, "chen") if fit.series)
    assert first == series_steps.activities(series)[0]
    member = browser(world, "chen")
    assert "全部 2 项" in text(member.get("/me/today/"))
    assert "2 项服务可以认领" in text(member.get("/find/"))
    assert post.title in text(member.get("/find/"))


def test_how_many_there_are_is_counted_beyond_those_that_are_weighed(world: World) -> None:
    post = steps.published(world, "post")
    further = [copy(post) for _ in range(WEIGHED + 5)]
    for row in further:
        row.pk = ids.new_id()
    Offer.objects.bulk_create(further)
    steps.claimed(post, steps.chen(world))
    member = browser(world, "chen")
    assert f"全部 {WEIGHED + 5} 项" in text(member.get("/me/today/"))
    assert f"{WEIGHED + 5} 项服务可以认领" in text(member.get("/find/"))


def test_of_each_offer_weighed_the_community_is_the_only_organisation_read(world: World) -> None:
    steps.published(world)
    steps.chen(world)
    [fit] = fitting(world, "chen")
    assert set(fit.offer._state.fields_cache) == {"community"}
    assert not fit.offer.community._state.fields_cache
