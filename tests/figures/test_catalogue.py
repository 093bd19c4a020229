"""Every figure that stands in no table of its own is right at every node, as of any instant, opens
to exactly its rows, and is the same from facts, tallies and snapshots."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Measure
from baodao.figures.rules.figures import total
from baodao.insight.queries.numbers import Narrowing, open_number
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.snapshots.commands import take_snapshot
from baodao.snapshots.models import Figure
from baodao.snapshots.queries import figures_in, known
from tests.figures.deeds import (
    MORE_DEEDS,
    ask_around,
    call_up,
    commit_some,
    move_house,
    report_up,
    slow_rest,
)
from tests.figures.histories import CLERK, History, begin
from tests.figures.honours import honour_some
from tests.figures.households import (
    after_the_quarter,
    help_households,
    stand_by_households,
)
from tests.figures.listings import (
    bank_hours,
    help_around,
    hold_meetings,
    list_problems,
    open_venues,
    visit_around,
)
from tests.figures.partners import work_together
from tests.figures.policies import judge_some
from tests.figures.services import tally_all
from tests.world import World

PLACES = ("city", "east", "willow_street", "willow", "bureau", "small", "first")


@dataclass(frozen=True)
class Moment:
    """Of which place, as of when, of which period; and what a slow count says."""

    place: Organisation
    as_of: AsOf
    period: Period
    slow: dict[str, int]

    def query(self) -> FigureQuery:
        level = Kind(self.place.kind)
        codes = [code for code in self.slow if level in METRICS[code].source.levels]
        metrics = tuple(METRICS[code] for code in codes)
        return FigureQuery(
            self.place, place_then(self.place, self.as_of), metrics, self.as_of, self.period
        )

    def check(self) -> None:
        """Every number is that of the slow count, and that of the children together."""
        query = self.query()
        figures = total(query.by_child().values(), query.metrics)
        assert figures == {one.code: self.slow[one.code] for one in query.metrics}, self.place.name

    def check_rows(self) -> None:
        """Every number opens to its rows."""
        for metric in self.query().metrics:
            number = open_number(
                CLERK, self.place.code, metric.code, self.as_of, Narrowing(), self.period
            )
            rows = number.rows(0, 10_000)
            assert (number.figure, number.count) == (self.slow[metric.code], len(rows)), metric.code
            if metric.measure is Measure.COUNT:
                assert len(rows) == number.figure


@pytest.fixture
def history(world: World) -> History:
    story = begin(world, 15, people=20)
    for _ in range(4):
        story.tell(65, MORE_DEEDS)
        commit_some(story)
        ask_around(story)
        report_up(story)
        call_up(story)
        list_problems(story)
        move_house(story)
        hold_meetings(story)
        visit_around(story)
        help_around(story)
        open_venues(story)
        bank_hours(story)
        stand_by_households(story)
        work_together(story)
        honour_some(story)
        judge_some(story)
    help_households(story)
    return story


def test_every_figure_of_the_catalogue_is_right_and_opens_to_its_rows(history: History) -> None:
    now = AsOf(history.now + timedelta(seconds=1))
    then = AsOf(history.instants[len(history.instants) * 2 // 3])
    moments = [
        Moment(place, as_of, period, slow_rest(place, as_of, period))
        for name in PLACES
        for place in [history.world.places[name]]
        for as_of, period in (
            (now, read_period("", now)),
            (then, read_period("2026-Q2", then)),
            (now, read_period("2026-05-06--2026-07-20", now)),
        )
    ]
    later, city = after_the_quarter(history), history.world.places["city"]
    period = read_period("", later)
    moments.append(Moment(city, later, period, slow_rest(city, later, period)))
    said = {code for one in moments for code, figure in one.slow.items() if figure}
    columned = {code for code, metric in METRICS.items() if metric.columns}
    assert set(METRICS) - columned - {"oldest_need"} <= set(moments[0].slow)
    assert said == set(moments[0].slow), "the past told must make every figure differ from 0"
    for one in moments:
        one.check()
    moments[2].check_rows()
    tally_all()
    for one in moments:
        one.check()
        one.check_rows()
    take_snapshot(NOBODY, as_of=now)
    for one in moments[:-1:3]:
        rows = Figure.objects.filter(organisation_id=one.place.pk, metric__in=one.slow)
        told = dict(rows.values_list("metric", "value"))
        assert {code: told.get(code, 0) for code in one.slow} == one.slow, one.place.name


def test_what_a_snapshot_still_knows_of_a_later_instant_is_right(history: History) -> None:
    """Whatever happens after it, on the same day: no figure that moved passes for known."""
    tally_all()
    history.now = history.now.replace(hour=8) + timedelta(days=1)
    moved: set[str] = set()
    for act in (
        *MORE_DEEDS,
        commit_some,
        call_up,
        list_problems,
        move_house,
        hold_meetings,
        visit_around,
        help_around,
        open_venues,
        bank_hours,
        stand_by_households,
        work_together,
        honour_some,
        judge_some,
    ):
        take_snapshot(NOBODY, as_of=AsOf(history.now))
        history.now += timedelta(minutes=5)
        with clock.at(history.now), suppress(Refused):
            act(history)
        history.now += timedelta(minutes=5)
        as_of = AsOf(history.now)
        for name in ("city", "willow", "bureau"):
            place = history.world.places[name]
            one = Moment(place, as_of, read_period("", as_of), dict.fromkeys(METRICS, 0))
            knowledge, query = known(one.query()), one.query()
            rest = {metric.code for metric in query.metrics} - {m.code for m in knowledge.metrics}
            told = figures_in(knowledge, [place.pk]).get(place.pk, {})
            live = total(query.by_child().values(), query.metrics)
            for metric in knowledge.metrics:
                assert told.get(metric.code, 0) == live[metric.code], (act.__name__, metric.code)
            moved |= rest
    assert {"solutions", "ratings", "corrections", "series_dates", "summonses"} <= moved
    assert {"resources_offered", "needs_taken", "projects_going", "agreements_in_force"} <= moved
    assert {"clauses_kept", "agreed_activities", "agreed_services"} <= moved
    assert {"committed", "hosted_committed", "problems_raised", "problems_solved"} <= moved
    assert {"tasks_given", "meetings_held", "decisions_taken"} <= moved
    assert {"contact_points_visited", "contact_visits", "problems_visits", "needs_visits"} <= moved
    assert {"time_earned", "time_spent", "time_orders", "help_groups"} <= moved
