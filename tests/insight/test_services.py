"""Figures of service: every cell the sum of its rows, open to exactly these, as of any instant, of
any period, whatever part of the chains the tallies hold."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sources.people import ListedPerson
from baodao.figures.queries.sources.records import ListedRecord
from baodao.figures.queries.sql import ask
from baodao.figures.queries.statements import ROWS
from baodao.figures.rules.catalogue import METRICS, columns_of
from baodao.figures.rules.definitions import Measure
from baodao.figures.rules.figures import days_waited
from baodao.figures.rules.sheets import LEVELS, StatSheet
from baodao.insight.queries.charts import minutes_by_kind
from baodao.insight.queries.numbers import Narrowing, OpenNumber, open_number
from baodao.insight.queries.tables import StatRow, StatTable, table
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.snapshots.commands import take_snapshot
from baodao.tallies.models import KindMonth, MonthTally, PersonMonth, TallyHead
from baodao.tallies.queries import behind
from tests import factories
from tests.figures.histories import CLERK, START, History, begin
from tests.figures.services import DEEDS, rehang, reverse, serve, slow_services, tally_all
from tests.ledger.steps import DAY, entry, recorded
from tests.world import World

REPLAYED = {act: weight for act, weight in DEEDS.items() if act is not rehang}
"""Without the tree: figures are always those of the tree of today."""
DRAWN = ("minutes", "minutes_here")
PERIODS = ("2026", "2026-H1", "2026-04", "2026-W19", "2026-03-20--2026-05-11")
SPANS = (
    *("2028-02-10--2028-02-20", "2028-02-01--2028-02-28", "2028-02-29--2028-02-29"),
    *("2028-02-02--2028-02-29", "2028-02-01--2028-02-29", "2028-01-31--2028-02-01"),
    *("2027-12-15--2028-03-15", "2027-12-01--2028-01-31", "2027-12-31--2028-01-01"),
    *("2028-01-01--2028-03-15", "2028-01-15--2028-02-29", "2027-12-31--2028-03-30"),
)
"""Within a month and over several, over a year's end, with the leap day and without it."""


def _places(world: World) -> list[Organisation]:
    return [place for place in world.places.values() if place.kind in LEVELS]


def _made(place: Organisation, as_of: AsOf, period: Period) -> StatTable:
    return table(CLERK, place.code, as_of, StatSheet.SERVICE, period)


def _told(world: World, seed: int, acts: int = 150) -> History:
    history = begin(world, seed, people=20)
    history.tell(acts, DEEDS)
    return history


def _behind(made: StatTable, row: StatRow | None, metric: str) -> OpenNumber:
    """What stands behind a number, as its link leads there."""
    code, how = made.organisation.code, Narrowing()
    if row is not None and row.person is not None:
        how = Narrowing(person=row.person.number)
    elif row is not None and made.level is Kind.COMMUNITY:
        how = Narrowing() if row.direct else Narrowing(unit=row.code)
    elif row is not None:
        code, how = row.code, Narrowing(direct=row.direct)
    return open_number(CLERK, code, metric, made.as_of, how, made.period)


def _check_opens(number: int, opened: OpenNumber) -> None:
    rows = opened.rows(0, 10_000)
    keys = {row.person_id if isinstance(row, ListedPerson) else row.id for row in rows}
    assert opened.count == len(rows) == len(keys)
    assert opened.figure == number
    if opened.metric.measure is Measure.MINUTES:
        assert sum(row.minutes for row in rows if isinstance(row, ListedRecord)) == number
    else:
        assert len(rows) == number


def _check_table(place: Organisation, as_of: AsOf, period: Period) -> None:
    made, slow = _made(place, as_of, period), slow_services(place, as_of, period)
    for metric in made.metrics:
        code = metric.code
        assert made.total[code] == slow[code], (place.name, code, str(as_of), str(period))
        assert made.total[code] == sum(row.figures[code] for row in made.rows)
        _check_opens(made.total[code], _behind(made, None, code))
        for row in made.rows:
            if made.shows(row, metric):
                _check_opens(row.figures[code], _behind(made, row, code))
            else:
                assert row.figures[code] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_the_sum_of_its_rows_and_opens_to_exactly_them(
    world: World, seed: int
) -> None:
    history = _told(world, seed, acts=100)
    dice = Random(seed)
    instants = (dice.choice(history.instants[50:]), history.now + timedelta(seconds=1))
    as_of = AsOf(instants[seed % 2])
    for place in _places(world):
        _check_table(place, as_of, read_period(dice.choice(PERIODS), as_of))


@pytest.mark.parametrize("seed", [4, 5])
def test_figures_are_the_same_whatever_part_the_tallies_hold(world: World, seed: int) -> None:
    history = _told(world, seed)
    dice = Random(seed)
    moments = [*dice.sample(history.instants, 3), history.now + timedelta(seconds=1)]
    keys = ("city", "east", "north_street", "willow", "bureau", "first", "small")
    asked = [
        (world.places[key], AsOf(instant), read_period(dice.choice(PERIODS), AsOf(instant)))
        for key in keys
        for instant in moments
    ]

    def totals() -> list[dict[str, int]]:
        return [_made(*one).total | kinds_of(one) for one in asked]

    partly = totals()
    assert behind()
    tally_all()
    assert not behind()
    wholly = totals()
    for model in (MonthTally, KindMonth, PersonMonth, TallyHead):
        model.objects.all().delete()  # type: ignore[attr-defined]
    assert partly == wholly == totals() == [slow_of(one) | slow_kinds_of(one) for one in asked]


def test_days_beside_whole_months_count_once(world: World) -> None:
    history = _served_in_winter(world)
    for as_of in map(AsOf, history.instants):
        for period in (read_period(text, as_of) for text in SPANS):
            for key in ("city", "willow", "bureau", "first"):
                place = world.places[key]
                made, slow = _made(place, as_of, period).total, slow_of((place, as_of, period))
                assert made == slow, (str(as_of), str(period), key)


def _served_in_winter(world: World) -> History:
    """Somebody served on each of the days at which months begin, end, and are amid; tallied in part
    when that was told, in part not yet, and some of it is reversed."""
    history = begin(world, 3, people=6)
    days = [date(2027, 12, day) for day in (14, 15, 31)] + [date(2028, 1, day) for day in (1, 31)]
    days += [date(2028, 2, day) for day in (1, 2, 10, 28, 29)]
    days += [date(2028, 3, day) for day in (1, 15, 16, 30)]
    told: list[ServiceRecord] = []
    for turn, told_on in enumerate((date(2028, 3, 30), date(2028, 4, 3), date(2028, 4, 20))):
        history.now = clock.midnight(told_on)
        with clock.at(history.now):
            for record in told[turn::5]:
                reverse(record)
            told = []
            for number, day in enumerate(days, turn):
                person, where = history.people[number % 5], ("willow", "bridge")[number % 2]
                service = entry(person.pk, served_on=day, minutes=30 + number)
                told += recorded(world, service, where=where).done
        if turn < 2:
            tally_all()
        history.instants.append(history.now + timedelta(minutes=1))
    return history


def kinds_of(asked: tuple[Organisation, AsOf, Period]) -> dict[str, int]:
    """The minutes that are drawn of members and here, by month and kind."""
    minutes: dict[str, int] = {}
    for code in DRAWN if asked[2].whole_months else ():
        for kind, months in minutes_by_kind(_query(asked, code), METRICS[code]).items():
            minutes |= {f"{code} {kind} {month}": many for month, many in months.items() if many}
    return minutes


def slow_kinds_of(asked: tuple[Organisation, AsOf, Period]) -> dict[str, int]:
    """The same, record by record; kinds are few, so that each stands alone."""
    minutes: Counter[str] = Counter()
    for code in DRAWN if asked[2].whole_months else ():
        rows = ROWS[METRICS[code].source].select(frozenset({"category"}))
        for row in ask(rows, _query(asked, code).values):
            month = row["served_on"].replace(day=1)
            minutes[f"{code} {row['category']} {month}"] += row["minutes"]
    return {key: many for key, many in minutes.items() if many}


def _query(asked: tuple[Organisation, AsOf, Period], code: str) -> FigureQuery:
    place, as_of, period = asked
    return FigureQuery(place, place_then(place, as_of), (METRICS[code],), as_of, period)


def slow_of(asked: tuple[Organisation, AsOf, Period]) -> dict[str, int]:
    place, as_of, period = asked
    slow = slow_services(place, as_of, period)
    columns = columns_of(StatSheet.SERVICE, Kind(place.kind))
    return {metric.code: slow[metric.code] for metric in columns}


def test_a_table_as_of_an_earlier_instant_is_what_it_was(world: World) -> None:
    history = begin(world, 6, people=20)
    then: dict[tuple[Organisation, AsOf, Period], StatTable] = {}
    for _ in range(3):
        history.tell(25, REPLAYED)
        as_of = AsOf(history.now + timedelta(minutes=1))
        asked = [(place, as_of, read_period("", as_of)) for place in _places(world)[::2]]
        then |= {one: _made(*one) for one in asked}
    tally_all()
    for one, made in then.items():
        again = _made(*one)
        assert (again.total, again.rows) == (made.total, made.rows)
    assert len({str(made.total) for made in then.values()}) > 10


def test_a_reversal_made_later_changes_no_earlier_table(world: World) -> None:
    history = begin(world, 7, people=10)
    with clock.at(START + timedelta(days=1)):
        serve(history)
    record = ServiceRecord.objects.order_by("seq")[0]
    with clock.at(START + timedelta(days=40)):
        reverse(record)
    period = read_period("2026", AsOf(START))
    before = AsOf(START + timedelta(days=39))
    after = AsOf(START + timedelta(days=41))

    def services() -> list[tuple[int, int]]:
        totals = [_made(world.city, as_of, period).total for as_of in (before, after)]
        return [(total["services_here"], total["minutes_here"]) for total in totals]

    live = services()
    tally_all()
    assert services() == live
    assert live[0][0] - live[1][0] == 1
    assert live[0][1] - live[1][1] == record.minutes


def test_a_snapshot_says_of_services_what_the_facts_say(world: World) -> None:
    history = _told(world, 9)
    as_of = AsOf(history.now + timedelta(minutes=1))
    year = read_period("", as_of)
    places = [place for place in _places(world) if place.kind in ("city", "district", "street")]
    live = {place: _made(place, as_of, year) for place in places}
    half = _made(world.city, as_of, read_period("2026-Q1", as_of)).total
    take_snapshot(NOBODY, as_of=as_of)
    tally_all()
    history.tell(20, REPLAYED)
    for place, made in live.items():
        taken = _made(place, as_of, year)
        assert taken.total == made.total
        for metric in made.metrics:
            assert [row.figures[metric.code] for row in taken.rows] == [
                row.figures[metric.code] for row in made.rows
            ]
            opened = open_number(CLERK, place.code, metric.code, as_of)
            _check_opens(made.total[metric.code], opened)
    assert _made(world.city, as_of, read_period("2026-Q1", as_of)).total == half


def test_a_page_of_records_is_the_slice_of_the_whole_list(world: World) -> None:
    history = _told(world, 10)
    as_of = AsOf(history.now + timedelta(minutes=1))
    longest = 0
    for metric in ("services", "minutes_here", "posts_held", "needs_collected"):
        whole = open_number(CLERK, world.city.code, metric, as_of).rows(0, 10_000)
        pages = [
            row
            for start in range(0, len(whole), 7)
            for row in open_number(CLERK, world.city.code, metric, as_of).rows(start, start + 7)
        ]
        assert pages == list(whole)
        longest = max(longest, len(whole))
    assert longest > 7


def test_the_records_of_one_person_are_found_by_name(world: World) -> None:
    history = _told(world, 11)
    as_of = AsOf(history.now + timedelta(minutes=1))
    opened = open_number(CLERK, world.city.code, "services", as_of)
    name = next(iter(opened.rows(0, 1))).name  # type: ignore[union-attr]
    found = replace(opened, sought=name)
    assert found.count == len(found.rows(0, 50)) > 0
    assert {row.name for row in found.rows(0, 50)} == {name}  # type: ignore[union-attr]
    assert opened.figure == found.figure


def test_hours_are_added_in_minutes_and_rounded_only_when_shown(world: World) -> None:
    for name, minutes in (("甲", 20), ("乙", 20), ("丙", 20)):
        person = factories.member(name, world.first)
        recorded(world, entry(person.pk, minutes=minutes))
    as_of = AsOf(clock.now() + timedelta(minutes=1))
    made = _made(world.first, as_of, read_period("2026-07", as_of))
    figures = [row.figures["minutes"] for row in made.rows]
    assert (
        [hours_figure(minutes) for minutes in figures if minutes]
        == [hours_figure(row.figures["minutes"]) for row in made.rows if row.figures["minutes"]]
        == [
            "0.3",
            "0.3",
            "0.3",
        ]
    )
    assert hours_figure(made.total["minutes"]) == "1"


def test_somebody_who_moved_serves_for_both_branches_and_counts_once(world: World) -> None:
    chen = world.people["chen"]
    before = entry(chen.pk, served_on=DAY - timedelta(days=1))
    recorded(world, before)
    held = chen.memberships.get()
    held.closed_at, held.to_on = clock.now(), DAY
    held.save()
    Membership.objects.create(
        person=chen, branch=world.second, standing="in-service", grade="full", from_on=DAY
    )
    later = entry(chen.pk, minutes=30, category="policy", served_on=DAY + timedelta(days=1))
    recorded(world, later)
    as_of = AsOf(clock.now() + timedelta(minutes=1))
    made = _made(world.bureau, as_of, read_period("2026-07", as_of))
    told = {row.code: (row.figures["served"], row.figures["minutes"]) for row in made.rows}
    assert told == {world.first.code: (0, 60), world.second.code: (1, 30)}


def test_a_period_is_a_year_or_whole_months_of_it(world: World) -> None:
    as_of = AsOf(START)
    for text in ("2026-H3", "2026-13", "26", "2026-Q0", "last year", "2026-1"):
        with pytest.raises(Refused, match="is no period"):
            read_period(text, as_of)
    days = {text: read_period(text, as_of) for text in ("2026-H2", "2024-02", "2026-Q4")}
    assert {text: (str(one.first), str(one.last)) for text, one in days.items()} == {
        "2026-H2": ("2026-07-01", "2026-12-31"),
        "2024-02": ("2024-02-01", "2024-02-29"),
        "2026-Q4": ("2026-10-01", "2026-12-31"),
    }
    assert read_period("", as_of) == read_period("2026", as_of)


def test_no_row_of_a_need_says_who_asked(world: World) -> None:
    history = _told(world, 12)
    as_of = AsOf(history.now + timedelta(minutes=1))
    rows = open_number(CLERK, world.city.code, "needs_collected", as_of).rows(0, 50)
    assert rows
    assert "吴大爷" not in str(rows)


def test_who_may_not_read_figures_opens_no_record(world: World) -> None:
    as_of = AsOf(clock.now())
    for name, place in (("bao", world.willow), ("chen", world.first), ("an", world.bureau)):
        for metric in ("services", "services_here", "needs_without_help"):
            with pytest.raises(Absent):
                open_number(world.actor(name), place.code, metric, as_of)
    with pytest.raises(Absent):
        open_number(CLERK, world.willow.code, "services_here", as_of, Narrowing(person="V00000001"))
    with pytest.raises(Absent):
        open_number(CLERK, world.bureau.code, "services", as_of, Narrowing(unit="U1002"))


def test_a_day_that_has_ended_counts_no_day_more() -> None:
    collected = clock.midnight(date(2026, 7, 1)) + timedelta(hours=20)
    figure = round(collected.timestamp() * 1_000_000)
    assert days_waited(figure, date(2026, 7, 4)) == 3
