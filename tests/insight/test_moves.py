"""Tables when the tree changes: as of a day they show the tree of that day, today's the new one."""

from datetime import timedelta

import pytest

from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.tables import StatTable, table
from baodao.kernel import clock
from baodao.kernel.authz import Permission, Role
from baodao.kernel.moments import AsOf, read_period
from baodao.ledger.commands.corrections import reverse
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import records
from baodao.orgs.commands.organisations import rename
from baodao.orgs.commands.reorganisations import reorganise
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.snapshots.commands import take_snapshot
from tests import factories
from tests.figures.services import tally_all
from tests.ledger.steps import entry, record, recorded
from tests.orgs.steps import move
from tests.registration.browsing import browser, text
from tests.world import World

DAY = timedelta(days=1)


@pytest.fixture
def moved(world: World) -> tuple[AsOf, AsOf]:
    """An hour was recorded in An's community; two days later it came under another street with
    another name. As of before and after."""
    Organisation.objects.update(opened_at=clock.now() - 9 * DAY)
    start = clock.now()
    record(world)
    assert ServiceRecord.objects.filter(recorded_at__lt=start + DAY).count() == 1
    sun = world.actor("sun")
    with clock.at(start + 2 * DAY):
        move(sun, organisation_id=world.willow.pk, parent_id=world.north_street.pk)
        rename(world.actor("sun"), organisation_id=world.willow.pk, name="柳荫新社区")
    return AsOf(start + DAY), AsOf(start + 3 * DAY)


def service_table(world: World, place: Organisation, as_of: AsOf) -> StatTable:
    period = read_period("2026-07", as_of)
    return table(world.actor("fan"), place.code, as_of, StatSheet.SERVICE, period)


def told(world: World, place: Organisation, as_of: AsOf) -> dict[str, int]:
    """The hours done in each community that stands in the table of a street."""
    rows = service_table(world, place, as_of).rows
    return {row.name: row.figures["minutes_here"] for row in rows}


@pytest.mark.parametrize("tallied", [False, True])
def test_a_community_that_moved_counts_where_it_was_then(
    world: World, moved: tuple[AsOf, AsOf], tallied: bool
) -> None:
    if tallied:
        tally_all()
    before, after = moved
    old, new = world.willow_street, world.north_street
    assert told(world, old, before) == {"柳荫社区": 60, "石桥社区": 0}
    assert told(world, new, before) == {"北门社区": 0}
    assert told(world, old, after) == {"石桥社区": 0}
    assert told(world, new, after) == {"柳荫新社区": 60, "北门社区": 0}
    assert service_table(world, world.willow, before).name == "柳荫社区"
    assert service_table(world, world.willow, after).name == "柳荫新社区"


def test_a_street_reads_what_moved_away_in_the_table_of_its_day_and_is_told_that_it_opens_no_more(
    world: World, moved: tuple[AsOf, AsOf]
) -> None:
    street = world.willow_street
    world.accounts["shu"] = factories.account("舒督", Role.SUPERVISOR, street, username="shu")
    with clock.at(moved[1].instant + DAY):
        reader, table_of = browser(world, "shu"), f"/tables/service/{street.code}/?as_of="
        before, after = (text(reader.get(f"{table_of}{as_of}")) for as_of in moved)
    words = "已划出的组织仍列在当时的表里"
    assert "柳荫社区" in before
    assert f"/{world.willow.code}/" not in before
    assert words in before
    assert words not in after


def test_a_snapshot_is_of_the_tree_of_its_instant(world: World, moved: tuple[AsOf, AsOf]) -> None:
    before, after = moved
    for as_of in moved:
        take_snapshot(world.actor("fan"), as_of=as_of)
    rows = [
        {row.name for row in table(world.actor("fan"), world.willow_street.code, as_of).rows}
        for as_of in (before, after)
    ]
    assert rows == [{"柳荫社区", "石桥社区"}, {"石桥社区"}]


def test_what_happened_before_a_merger_counts_under_who_took_over(world: World) -> None:
    Organisation.objects.update(opened_at=clock.now() - 9 * DAY)
    start = clock.now()
    record(world)
    recorded(world, entry(world.people["hao"].pk), where="bridge")
    with clock.at(start + 2 * DAY):
        reorganise(
            world.actor("sun"),
            organisation_id=world.bridge.pk,
            aim=Aim(Reform.MERGED, successor_id=world.willow.pk),
            reason="社区合并",
        )
    before, after = AsOf(start + DAY), AsOf(start + 3 * DAY)
    for place in world.places.values():
        place.refresh_from_db()
    assert told(world, world.willow_street, before) == {"柳荫社区": 60, "石桥社区": 60}
    assert told(world, world.willow_street, after) == {"柳荫社区": 120}
    for as_of in (before, after):
        street = service_table(world, world.willow_street, as_of)
        assert street.total["minutes_here"] == 120
    community = service_table(world, world.willow, after)
    assert community.total["minutes_here"] == 120
    an = world.actor("an")
    assert records(an).count() == 2
    [old] = records(an, Permission.RECORD_REVERSE).filter(community=world.bridge)
    reverse(an, community_id=old.community_id, record_id=old.id, reason="记错人")
