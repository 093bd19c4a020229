"""Every cell: the sum of its rows is the number, the number opens to exactly its rows, and as of
an earlier day it is what it was."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from baodao.exemptions.commands import (
    ExemptionRequest,
    decide_exemption,
    request_exemption,
    revoke_exemption,
)
from baodao.figures.queries import counts
from baodao.figures.queries.sources.organisations import ListedOrganisation
from baodao.figures.queries.sources.people import ListedPerson
from baodao.figures.rules.catalogue import columns_of
from baodao.figures.rules.sheets import LEVELS, StatSheet
from baodao.insight.queries.numbers import Narrowing, OpenNumber, open_number
from baodao.insight.queries.tables import StatRow, StatTable, table
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, read_as_of
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.snapshots.commands import take_snapshot
from tests.figures.histories import CLERK, SECRETARY, START, begin, slow_count
from tests.world import World

SEEDS = (1, 2)


def _places(world: World) -> list[Organisation]:
    return [place for place in world.places.values() if place.kind in LEVELS]


def _behind(made: StatTable, row: StatRow | None, metric: str) -> OpenNumber:
    """What stands behind a number of `made`, as its link leads there."""
    code = made.organisation.code
    if row is None:
        return open_number(CLERK, code, metric, made.as_of)
    if row.kind is Kind.UNIT and made.level is Kind.COMMUNITY:
        return open_number(CLERK, code, metric, made.as_of, Narrowing(unit=row.code))
    return open_number(CLERK, row.code, metric, made.as_of, Narrowing(direct=row.direct))


def _check_opens(number: int, opened: OpenNumber) -> None:
    rows = opened.rows(0, 10_000)
    keys = [row.person_id if isinstance(row, ListedPerson) else row.id for row in rows]
    assert opened.count == len(rows) == number
    if opened.metric.code != "hosted_ended":
        assert len(set(keys)) == number


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_is_the_sum_of_its_rows_and_opens_to_exactly_them(
    world: World, seed: int
) -> None:
    history = begin(world, seed)
    history.tell(60)
    dice = Random(seed)
    for instant in (dice.choice(history.instants), history.now + timedelta(seconds=1)):
        for place in _places(world):
            made = table(CLERK, place.code, AsOf(instant))
            slow = slow_count(place, instant)
            for metric in made.metrics:
                code = metric.code
                assert made.total[code] == sum(row.figures[code] for row in made.rows)
                assert made.total[code] == slow[code], (place.name, code, instant)
                _check_opens(made.total[code], _behind(made, None, code))
                for row in made.rows:
                    if row.kind and made.shows(row, metric):
                        _check_opens(row.figures[code], _behind(made, row, code))
                    elif row.kind:
                        assert row.figures[code] == 0


def test_the_four_ways_to_stand_add_up_to_those_in_service(world: World) -> None:
    history = begin(world, 4)
    history.tell(80)
    seen = set()
    for instant in history.instants[::5]:
        figures = table(CLERK, world.city.code, AsOf(instant)).total
        ways = ("registered", "waiting", "exempt", "missing")
        assert figures["in_service"] == sum(figures[way] for way in ways)
        seen |= {way for way in ways if figures[way]}
    assert seen == {"registered", "waiting", "exempt", "missing"}


def test_a_table_as_of_an_earlier_instant_is_what_it_was(world: World) -> None:
    history = begin(world, 5)
    then: dict[tuple[str, AsOf], StatTable] = {}
    for _ in range(6):
        history.tell(10)
        as_of = AsOf(history.now + timedelta(minutes=1))
        then |= {(place.code, as_of): table(CLERK, place.code, as_of) for place in _places(world)}
    for (code, as_of), made in then.items():
        again = table(CLERK, code, as_of)
        assert (again.total, again.rows) == (made.total, made.rows)
    assert len({str(made.total) for made in then.values()}) > 20


def test_a_date_that_somebody_typed_changes_no_figure(world: World) -> None:
    history = begin(world, 6)
    history.tell(20)
    before = table(CLERK, world.bureau.code, AsOf(history.now)).total
    world.people["chen"].memberships.update(from_on="2030-01-01", to_on="2031-01-01")
    assert table(CLERK, world.bureau.code, AsOf(history.now)).total == before


def test_a_snapshot_says_what_the_facts_say_and_opens_to_the_same_rows(world: World) -> None:
    history = begin(world, 7)
    history.tell(60)
    as_of = AsOf(history.now + timedelta(minutes=1))
    places = [place for place in _places(world) if place.kind in ("city", "district", "street")]
    live = {place.code: table(CLERK, place.code, as_of) for place in places}
    take_snapshot(NOBODY, as_of=as_of)
    history.tell(10)
    for code, made in live.items():
        taken = table(CLERK, code, as_of)
        assert (taken.total, taken.rows) == (made.total, made.rows)
        for metric in made.metrics:
            opened = open_number(CLERK, code, metric.code, as_of)
            _check_opens(made.total[metric.code], opened)


def test_a_page_of_a_cell_is_the_slice_of_the_whole_list(world: World) -> None:
    history = begin(world, 8, people=60)
    history.tell(40)
    as_of = AsOf(history.now + timedelta(minutes=1))
    for metric in ("in_service", "registered", "hosted", "communities"):
        whole = open_number(CLERK, world.city.code, metric, as_of).rows(0, 10_000)
        pages = [
            row
            for start in range(0, len(whole), 7)
            for row in open_number(CLERK, world.city.code, metric, as_of).rows(start, start + 7)
        ]
        assert pages == list(whole)
        assert len(whole) > 3


def test_a_name_is_found_in_a_cell(world: World) -> None:
    as_of = AsOf(clock.now() + timedelta(seconds=1))
    opened = open_number(CLERK, world.city.code, "in_service", as_of)
    found = replace(opened, sought="晓宇")
    assert (found.count, [row.name for row in found.rows(0, 50)]) == (1, ["陈晓宇"])
    nobody = replace(opened, sought="没有此人")
    assert (nobody.count, list(nobody.rows(0, 50))) == (0, [])


def test_figures_are_read_where_they_may_be_read_and_nowhere_else(world: World) -> None:
    as_of = AsOf(clock.now() + timedelta(seconds=1))
    allowed = {
        "fan": [world.east, world.willow_street, world.willow, world.bureau, world.first],
        "an": [world.willow],
        "deng": [world.bureau, world.second],
    }
    refused = {
        "fan": [world.city, world.west, world.lake, world.commission],
        "an": [world.bridge, world.willow_street, world.bureau],
        "bao": [world.willow],
        "deng": [world.east, world.commission, world.willow],
        "chen": [world.bureau, world.first, world.willow],
        "gu": [world.city, world.willow],
    }
    for name, places in allowed.items():
        for place in places:
            assert table(world.actor(name), place.code, as_of).organisation == place
    for name, places in refused.items():
        for place in places:
            metric = columns_of(StatSheet.REGISTRATION, Kind(place.kind))[0]
            with pytest.raises(Absent):
                table(world.actor(name), place.code, as_of)
            with pytest.raises(Absent):
                open_number(world.actor(name), place.code, metric.code, as_of)


def test_a_number_that_a_place_does_not_have_is_absent(world: World) -> None:
    as_of = AsOf(START)
    for code, metric in ((world.willow.code, "members"), (world.bureau.code, "hosted")):
        with pytest.raises(Absent):
            open_number(CLERK, code, metric, as_of)
    for code in (world.grid.code, world.team.code, "NOWHERE"):
        with pytest.raises(Absent):
            table(CLERK, code, as_of)
    with pytest.raises(Absent):
        open_number(
            CLERK, world.bureau.code, "members", as_of, Narrowing(unit=world.commission.code)
        )


def test_a_unit_without_branches_shows_its_members_in_a_row_of_its_own(world: World) -> None:
    history = begin(world, 9)
    made = table(CLERK, "U1003", AsOf(START + timedelta(seconds=1)))
    assert [row.direct for row in made.rows] == [True]
    assert (
        made.total["members"]
        == slow_count(history.world.small, START + timedelta(seconds=1))["members"]
    )


def test_a_closed_branch_stays_in_the_tables_of_its_time(world: World) -> None:
    begin(world, 10)
    Organisation.objects.filter(pk=world.third.pk).update(closed_at=START + timedelta(days=9))
    world.third.refresh_from_db()
    early = table(CLERK, world.bureau.code, AsOf(START + timedelta(days=1)))
    assert world.third.code in [row.code for row in early.rows]


def test_a_cell_lists_a_unit_with_the_community_that_accepted_it(world: World) -> None:
    history = begin(world, 11)
    history.tell(60)
    as_of = AsOf(history.now + timedelta(minutes=1))
    rows = open_number(CLERK, world.city.code, "units_registered", as_of).rows(0, 50)
    assert rows
    assert all(isinstance(row, ListedOrganisation) and row.community for row in rows)


def test_an_exemption_counts_on_its_days_between_approval_and_revocation(world: World) -> None:
    begin(world, 12, people=0)
    chen, day = world.people["chen"], START.date()
    asked = ExemptionRequest(
        chen.pk, "other", "病历", "delay", day + timedelta(days=5), day + timedelta(days=10)
    )
    with clock.at(START + timedelta(days=1)):
        made = request_exemption(CLERK, request=asked)
    with clock.at(START + timedelta(days=6)):
        decide_exemption(SECRETARY, exemption_id=made.pk, approve=True, note="阅")

    def stands(after: int) -> str:
        as_of = read_as_of((day + timedelta(days=after)).isoformat(), clock.now())
        (row,) = table(CLERK, world.first.code, as_of).rows
        assert row.person is not None
        return str(row.person.stands)

    told = [stands(after) for after in range(2, 13)]
    assert told == ["missing"] * 4 + ["exempt"] * 5 + ["missing"] * 2
    with clock.at(START + timedelta(days=8)):
        revoke_exemption(SECRETARY, exemption_id=made.pk, reason="已回岗")
    told = [stands(after) for after in range(2, 13)]
    assert told == ["missing"] * 4 + ["exempt"] * 2 + ["missing"] * 5


def test_what_a_large_table_has_counted_serves_the_numbers_opened_from_it(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    history = begin(world, 13)
    history.tell(40)
    monkeypatch.setattr(counts, "LARGE", 1)
    as_of = AsOf(history.now + timedelta(minutes=1))
    made = table(CLERK, world.east.code, as_of)
    try:
        for metric in made.metrics:
            opened = open_number(CLERK, world.east.code, metric.code, as_of)
            _check_opens(made.total[metric.code], opened)
        # organisation, whether the tree changed since, snapshot
        with django_assert_num_queries(3):  # type: ignore[operator]
            assert (
                open_number(CLERK, world.east.code, "missing", as_of).count == made.total["missing"]
            )
    finally:
        counts.cache.clear()
