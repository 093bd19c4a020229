"""Where members live is known as of any day: told anew, merged, moved, taken back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from baodao.accounts.queries import operator
from baodao.insight.queries.numbers import open_number
from baodao.kernel import clock
from baodao.kernel.moments import AsOf
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.commands.facts import edit_own_facts, set_homes
from baodao.people.models import FormerHome, Person
from tests.orgs.test_reorganisations import done, merged, undone
from tests.world import World

MINUTE = timedelta(minutes=1)


class Watch:
    """Instants one after the other, an act at each."""

    def __init__(self) -> None:
        self.now = clock.now()

    def __iter__(self) -> Iterator[datetime]:
        while True:
            self.now += MINUTE
            with clock.at(self.now):
                yield self.now


def lives_in(place: Organisation, at: datetime) -> list[str]:
    """Who of a place lives in the district as of an instant, the number and its rows."""
    number = open_number(operator(), place.code, "living_in_district", AsOf(at + MINUTE / 2))
    names = [row.name for row in number.rows(0, 100)]
    assert len(names) == number.figure
    return names


@pytest.mark.django_db
def test_a_home_told_anew_leaves_the_table_of_yesterday(world: World) -> None:
    chen, now = world.people["chen"], iter(Watch())
    first = next(now)
    assert lives_in(world.east, first) == ["陈晓宇"]
    moved = next(now)
    assert set_homes(world.actor("deng"), homes={chen.pk: world.cloud.pk}) == 1
    same = next(now)
    assert set_homes(world.actor("deng"), homes={chen.pk: world.cloud.pk}) == 0
    back = next(now)
    edit_own_facts(world.actor("chen"), values={"home_community": world.north})
    unsaid = next(now)
    edit_own_facts(world.actor("chen"), values={"home_community": None})
    told = [bool(lives_in(world.east, at)) for at in (first, moved, same, back, unsaid)]
    assert told == [True, False, False, True, False]
    homes = FormerHome.objects.order_by("since").values_list("community__name", "until")
    assert list(homes) == [("柳荫社区", moved), ("云水社区", back), ("北门社区", unsaid)]
    unknown = open_number(operator(), world.east.code, "home_unknown", AsOf(unsaid + MINUTE / 2))
    assert [row.name for row in unknown.rows(0, 9)] == ["陈晓宇"]


@pytest.mark.django_db
def test_a_unit_of_the_city_has_the_city_for_its_district(world: World) -> None:
    hao, now = world.people["hao"], iter(Watch())
    before, after = next(now), next(now)
    set_homes(operator(), homes={hao.pk: world.cloud.pk})
    assert lives_in(world.commission, before) == []
    assert lives_in(world.commission, after) == ["郝一鸣"]


@pytest.mark.django_db
def test_homes_go_with_a_merger_and_come_back_with_it(world: World) -> None:
    chen, now = world.people["chen"], iter(Watch())
    before = next(now)
    next(now)
    act = merged(world)
    assert Person.objects.get(pk=chen.pk).home_community == world.bridge
    assert FormerHome.objects.get().community == world.willow
    assert lives_in(world.east, before) == ["陈晓宇"]
    next(now)
    undone(world, act)
    person = Person.objects.get(pk=chen.pk)
    assert (person.home_community, person.home_since) == (world.willow, chen.home_since)
    assert not FormerHome.objects.exists()


@pytest.mark.django_db
def test_a_community_that_went_to_another_district_takes_its_people_along(world: World) -> None:
    now = iter(Watch())
    before, after = next(now), next(now)
    done(world, world.willow, Aim(Reform.MOVED, parent_id=world.cloud_street.pk))
    assert lives_in(world.east, before) == ["陈晓宇"]
    assert lives_in(world.east, after) == []
