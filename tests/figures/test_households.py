"""Households are told in whole fives, by quarters that are over, and open to as many rows."""

from datetime import timedelta

from baodao.kernel.moments import AsOf, read_period
from tests.figures.histories import begin
from tests.figures.households import (
    CODES,
    after_the_quarter,
    help_households,
    household_figures,
    stand_by_households,
)
from tests.figures.test_catalogue import Moment
from tests.world import World


def test_a_community_tells_whole_fives_and_by_quarters_alone(world: World) -> None:
    history = begin(world, 1, people=7)
    stand_by_households(history)
    help_households(history)
    history.now += timedelta(days=100)
    stand_by_households(history)
    help_households(history)
    later = after_the_quarter(history)
    said = set()
    for name in ("city", "willow"):
        place = world.places[name]
        within = {one.pk for one in history.communities if one.path.startswith(place.path)}
        for as_of in (AsOf(history.now + timedelta(minutes=1)), later):
            for text in ("", "2026-Q2", "2026-06"):
                period = read_period(text, as_of)
                one = Moment(place, as_of, period, household_figures(within, as_of, period))
                one.check()
                one.check_rows()
                said |= {code for code, figure in one.slow.items() if figure}
                assert one.slow["household_files"] == 5 * len(within)
    assert said == set(CODES)
