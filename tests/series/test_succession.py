"""What becomes of a series when its community is merged or dissolved."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from baodao.kernel import clock
from baodao.offers.commands import offers
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.series import tasks
from baodao.series.commands.series import edit_series, end_series
from baodao.series.models import ActivitySeries
from tests.orgs.test_reorganisations import done, undone
from tests.registration.browsing import browser, text
from tests.series import steps
from tests.world import World


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.at(steps.MONDAY):
        yield


def test_who_takes_a_community_over_goes_on_with_its_series(world: World) -> None:
    series = steps.published(world, until_on=date(2027, 12, 31))
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    with clock.at(steps.MONDAY + timedelta(days=21)):
        tasks.write_ahead()
        made = steps.activities(series)
        assert (made[0].community, made[-1].community) == (world.willow, world.bridge)
        assert made[-1].organiser == world.bridge
        end_series(world.actor("bao"), series_id=series.pk, reason="改为每月一次")
    assert {offer.state for offer in steps.activities(series)[4:]} == {"cancelled"}
    assert act.pk


def test_who_takes_a_community_over_changes_its_series(world: World) -> None:
    series = steps.published(world)
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    facts = steps.facts(place="7号楼前", organiser_id=world.bridge.pk)
    edit_series(world.actor("bao"), series_id=series.pk, facts=facts)
    rows = steps.activities(series)
    assert {(row.place, row.organiser) for row in rows} == {("7号楼前", world.willow)}


def test_the_community_organises_new_dates_of_a_team_that_was_closed(world: World) -> None:
    series = steps.published(world, organiser_id=world.team.pk, until_on=date(2027, 12, 31))
    Organisation.objects.filter(pk=world.team.pk).update(closed_at=clock.now())
    with clock.at(steps.MONDAY + timedelta(days=21)):
        tasks.write_ahead()
        steps.edited(
            world, series, organiser_id=world.team.pk, place="7号楼前", until_on=series.until_on
        )
    rows = steps.activities(series)
    assert (rows[4].organiser, rows[-1].organiser) == (world.team, world.willow)
    assert {row.place for row in rows[4:]} == {"7号楼前"}


def test_undone_the_series_is_the_communitys_again(world: World) -> None:
    series = steps.published(world)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    undone(world, act)
    series = ActivitySeries.objects.get()
    assert (series.community, series.organiser) == (world.willow, world.willow)


def test_a_series_ends_with_a_community_that_nobody_takes_over(world: World) -> None:
    series, an = steps.published(world, until_on=date(2027, 12, 31)), world.actor("an")
    for offer in steps.activities(series):
        offers.cancel(an, offer_id=offer.pk, reason="社区撤销")
    done(world, world.willow, Aim(Reform.DISSOLVED))
    with clock.at(steps.MONDAY + timedelta(days=60)):
        tasks.write_ahead()
    series.refresh_from_db()
    assert series.ended_at is not None
    assert len(steps.days(series)) == 8


def test_what_hangs_on_a_community_names_its_series(world: World) -> None:
    steps.published(world)
    page = browser(world, "sun").get(f"/organisations/{world.willow.pk}/")
    assert page.status_code == 200
    assert "系列活动" in text(page)
