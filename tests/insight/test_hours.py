"""Hours are lost and doubled nowhere: of who moved, whose branch was merged or dissolved, and whose
unit is gone, before the day, on it and after it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.tables import StatTable, table
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, read_period
from baodao.ledger.queries.records import Totals, by_branch
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.departures import end_membership
from baodao.people.rules.departures import Ending
from tests import factories
from tests.figures.histories import CLERK
from tests.figures.services import tally_all
from tests.ledger.steps import entry, recorded
from tests.orgs.test_reorganisations import done
from tests.people.steps import transferred
from tests.registration.browsing import browser
from tests.world import World

DAY = timedelta(days=1)

Act = Callable[[World], None]


def merged_branch(world: World) -> None:
    done(world, world.first, Aim(Reform.MERGED, successor_id=world.second.pk))


def dissolved_branch(world: World) -> None:
    transferred(world)
    done(world, world.first, Aim(Reform.DISSOLVED))


def merged_unit(world: World) -> None:
    done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))


def split_unit(world: World) -> None:
    other = factories.organisation(Kind.UNIT, "区桥隧中心党总支", world.east)
    shares = {world.second.pk: other.pk}
    aim = Aim(Reform.SPLIT, successor_id=world.commission.pk, shares=shares)
    done(world, world.bureau, aim)


def dissolved_unit(world: World) -> None:
    transferred(world)
    done(world, world.bureau, Aim(Reform.DISSOLVED))


def merged_community(world: World) -> None:
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))


def dissolved_community(world: World) -> None:
    done(world, world.willow, Aim(Reform.DISSOLVED))


def left(world: World) -> None:
    chen = world.people["chen"].pk
    end_membership(world.actor("dai"), person_id=chen, ending=Ending.LEFT, on=clock.today())


ACTS = [
    *(transferred, left, merged_branch, dissolved_branch, merged_unit, split_unit),
    *(dissolved_unit, merged_community, dissolved_community),
]


@pytest.mark.parametrize("tallied", [False, True])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_tables_have_every_hour_once(world: World, act: Act, tallied: bool) -> None:
    """Chen's hour in every table that holds the branch or the community of its day, Hao's in
    theirs; a community's table names units, and no branch for one."""
    Organisation.objects.update(opened_at=clock.now() - 9 * DAY)
    start = clock.now()
    recorded(world, entry(world.people["chen"].pk), entry(world.people["hao"].pk))
    with clock.at(start + 2 * DAY):
        act(world)
    if tallied:
        tally_all()
    for place in world.places.values():
        place.refresh_from_db()
    for days in (1, 2, 3):
        as_of = AsOf(start + days * DAY)
        assert _hours(world.city, as_of, "minutes", "minutes_here") == [120, 120]
        gone = days == 3
        bureau = world.commission if gone and act in (merged_unit, split_unit) else world.bureau
        expected = 120 if bureau == world.commission else 60
        assert _hours(bureau, as_of, "minutes") == [expected]
        willow = world.bridge if gone and act is merged_community else world.willow
        assert _hours(willow, as_of, "minutes_here") == [120]
        rows = _table(willow, as_of).rows
        named = {row.name: row.figures["minutes_here"] for row in rows if not row.direct}
        assert sum(named.values()) == 120
        assert set(named) <= {"区城建局机关党委", "市发展委机关党委"}, named


def _table(place: Organisation, as_of: AsOf) -> StatTable:
    return table(CLERK, place.code, as_of, StatSheet.SERVICE, read_period("2026", as_of))


def _hours(place: Organisation, as_of: AsOf, *codes: str) -> list[int]:
    made = _table(place, as_of)
    assert all(made.total[code] == sum(row.figures[code] for row in made.rows) for code in codes)
    return [made.total[code] for code in codes]


def test_the_first_page_of_a_unit_has_every_hour_once(world: World) -> None:
    """Of a branch that was merged with the one that took over, a person once; of one that was
    dissolved in a row of its own."""
    chen = world.people["chen"].pk
    day = clock.today()
    recorded(world, entry(chen, served_on=day, minutes=90))
    done(world, world.first, Aim(Reform.MERGED, successor_id=world.second.pk))
    with clock.at(clock.now() + DAY):
        recorded(world, entry(chen, served_on=clock.today(), minutes=60))
        served = by_branch(world.actor("deng"), world.bureau).answer()
        assert served == {world.second.pk: Totals(2, 150, 1)}
        transferred(world)
        done(world, world.second, Aim(Reform.DISSOLVED))
        page = browser(world, "deng").get(reverse("home:unit")).content.decode()
    assert "2.5" in page
    assert "第二党支部（已关闭）" in page
