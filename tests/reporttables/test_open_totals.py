"""Open figures: programs read them, and nobody reads or works out a few people from them."""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from io import StringIO
from random import Random
from typing import Any

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf, Period, year_of
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.queries.open_totals import open_totals
from baodao.reporttables.queries.tables import filled_table, report_table
from baodao.reporttables.rules.declarations import ColumnDeclaration, RowsOf, TableDeclaration
from baodao.reporttables.rules.formulas import metric_formula
from baodao.reporttables.rules.open_totals import OpenCount, left_out, open_quarter
from tests.figures.histories import CLERK, History, begin
from tests.registration.browsing import browser
from tests.world import World


@pytest.mark.parametrize(
    ("values", "opens_sum", "gaps"),
    [
        ((40, 9, 0), True, set()),
        ((3, 40, 9, 0), True, {0, 2}),
        ((3, 4, 40), True, {0, 1}),
        ((1, 1, 40, 9), True, {0, 1, 3}),
        ((3, 0, 0, 40), True, {0, 3}),
        ((1, 2), False, {0, 1}),
        ((3, 0), False, {0}),
        ((40, 9, 0), False, {1}),
        ((0, 0), False, {0}),
        ((), False, set()),
    ],
)
def test_what_is_left_out_has_others_beside_it(
    values: tuple[int, ...], opens_sum: bool, gaps: set[int]
) -> None:
    assert left_out([OpenCount(one) for one in values], opens_sum=opens_sum) == gaps


def test_a_part_from_which_a_few_are_missing_tells_of_these() -> None:
    counts = [OpenCount(48, rest=2), OpenCount(30, rest=20), OpenCount(60, rest=40)]
    assert left_out(counts, opens_sum=True) == {0, 1}


@dataclass
class _Node:
    """A place with its figure, its rows, and whether it is told."""

    value: int
    below: list["_Node"] = field(default_factory=list)
    told: bool = True

    def walk(self) -> Iterator["_Node"]:
        yield self
        for one in self.below:
            yield from one.walk()


def _drawn(dice: Random, depth: int) -> _Node:
    if not depth:
        return _Node(dice.choice([0, 1, 2, 3, 4, 5, 6, dice.randint(7, 60)]))
    below = [_drawn(dice, depth - 1) for _ in range(dice.randint(1, 5))]
    return _Node(sum(one.value for one in below), below)


def _decide(node: _Node) -> None:
    """As every table decides it: from the top down."""
    if node.below:
        gaps = left_out([OpenCount(one.value) for one in node.below], opens_sum=node.told)
        for place, one in enumerate(node.below):
            one.told = place not in gaps
            _decide(one)


def _worked_out(top: _Node) -> list[_Node]:
    """Of the nodes that are not told those that equations give: each place is the sum of its rows,
    solved as a system of linear equations by elimination."""
    unknown = [node for node in top.walk() if not node.told]
    turn = {id(node): place for place, node in enumerate(unknown)}
    rows: list[list[Fraction]] = []
    for node in top.walk():
        parts = [(node, -1), *((one, 1) for one in node.below)] if node.below else []
        row = [Fraction(0)] * len(unknown)
        for one, sign in parts:
            if id(one) in turn:
                row[turn[id(one)]] += sign
        rows.append(row)
    return [unknown[place] for place in _determined(rows, len(unknown))]


def _determined(rows: list[list[Fraction]], columns: int) -> list[int]:
    """The unknowns that a system of equations leaves one value."""
    done: list[list[Fraction]] = []
    pivots: list[int] = []
    for column in range(columns):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        pivot = [value / pivot[column] for value in pivot]
        rows = [_less(row, pivot, column) for row in rows]
        done = [*(_less(row, pivot, column) for row in done), pivot]
        pivots.append(column)
    return [at for at, row in zip(pivots, done, strict=True) if sum(map(bool, row)) == 1]


def _less(row: Sequence[Fraction], pivot: Sequence[Fraction], column: int) -> list[Fraction]:
    return [one - row[column] * other for one, other in zip(row, pivot, strict=True)]


def test_no_count_left_out_is_worked_out_from_the_tables_of_all_places() -> None:
    dice, seen = Random(13), 0
    for _ in range(400):
        top = _drawn(dice, dice.randint(1, 3))
        top.told = not OpenCount(top.value).is_small
        _decide(top)
        assert not any(node.told and OpenCount(node.value).is_small for node in top.walk())
        assert not _worked_out(top)
        seen += any(not node.told for node in top.walk())
    assert seen > 300


def test_a_single_gap_alone_would_be_worked_out() -> None:
    top = _Node(52, [_Node(3, told=False), _Node(49, [_Node(9), _Node(40)])])
    assert [node.value for node in _worked_out(top)] == [3]
    top.below[1].told = False
    assert len(_worked_out(top)) == 2, "the second one is told by its own table"
    top.below[1].below[0].told = False
    assert not _worked_out(top)


@pytest.mark.parametrize(
    ("text", "quarter"), [("", "2026-Q2"), ("2026-Q2", "2026-Q2"), ("2025-Q4", "2025-Q4")]
)
def test_open_figures_are_of_quarters_that_are_over(text: str, quarter: str) -> None:
    assert str(open_quarter(text, date(2026, 9, 30))) == quarter


@pytest.mark.parametrize(
    "text", ["2026", "2026-Q3", "2026-H1", "2026-06", "2026-06-01--2026-06-02"]
)
def test_files_that_could_be_subtracted_are_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"open\.period"):
        open_quarter(text, date(2026, 9, 30))


def _later(history: History) -> None:
    """The day after the quarter in which the past was told."""
    quarter = open_quarter("", history.now.date() + timedelta(days=100))
    history.now = clock.midnight(quarter.last + timedelta(days=1)) + timedelta(hours=9)


def test_a_table_is_open_as_csv_and_as_json_with_its_schema_and_hash(world: World) -> None:
    history = begin(world, 5, people=12)
    _later(history)
    with clock.at(history.now):
        _reads(world)


def _reads(world: World) -> None:
    fan = browser(world, "fan")
    address = f"/report-tables/{world.east.code}/coverage/open"
    answer = fan.get(f"{address}/json/")
    content = json.loads(answer.content)
    names = [one["name"] for one in content["schema"]["fields"]]
    assert names[:2] == ["name", "members"]
    for row in content["rows"]:
        assert set(row) == set(names)
        counts = [row[name] for name in ("members", "in_service", "registered")]
        assert all(value is None or value == 0 or value >= 5 for value in counts)
    sha = content.pop("sha256")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest() == sha
    assert sha[:12] in answer["Content-Disposition"]
    assert ":" not in answer["Content-Disposition"], "no system keeps a file of such a name"
    assert fan.get(f"{address}/json/").content == answer.content
    table = fan.get(f"{address}/csv/").content.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(table)))
    assert len(lines) == len(content["rows"]) + 2
    assert lines[0][0] == "组织名称"
    page = fan.get(f"/report-tables/{world.east.code}/coverage/").content.decode()
    assert f"{address}/csv/?period={open_quarter('', clock.today())}" in page
    year = year_of(AsOf(clock.now()))
    assert fan.get(f"{address}/csv/", {"period": str(year)}).status_code == 409
    for who, page in (("an", f"{address}/csv/"), ("fan", f"{address}/xml/")):
        assert browser(world, who).get(page).status_code == 404, who
    members = f"/report-tables/{world.willow.code}/members/open/csv/"
    assert browser(world, "an").get(members).status_code == 404, "people are no open figures"


def test_a_place_is_told_alike_in_its_own_table_and_in_the_one_above(world: World) -> None:
    history = begin(world, 7, people=60)
    history.tell(60)
    _later(history)
    quarter = open_quarter("", history.now.date())
    seen = set()
    with clock.at(history.now):
        for place in world.places.values():
            above = place.parent
            if place.kind not in (Kind.DISTRICT, Kind.STREET, Kind.UNIT) or above is None:
                continue
            table = "implementation" if place.kind == Kind.UNIT else "coverage"
            rows = _open(above, "coverage", quarter)["rows"]
            (row,) = [one for one in rows if one["name"] == place.name]
            total = _open(place, table, quarter)["total"]
            for name in ("in_service", "registered"):
                assert row[name] == total[name], (place.name, name)
                seen.add(row[name] is None)
    assert seen == {True, False}


def test_parts_that_add_up_to_another_figure_are_not_told(world: World) -> None:
    history = begin(world, 5, people=40)
    _later(history)
    quarter = open_quarter("", history.now.date())
    codes = ("in_service", "registered", "waiting", "exempt", "missing", "services", "by_list")
    columns = [ColumnDeclaration(code, metric_formula(code)) for code in codes]
    declaration = TableDeclaration(
        "ways",
        "在职党员报到情况",
        RowsOf.BELOW,
        (Kind.DISTRICT,),
        (ColumnDeclaration("组织名称", fact="name"), *columns),
        kinds=(Kind.STREET, Kind.UNIT),
    )
    as_of = AsOf(quarter.ends_at, quarter.last)
    with clock.at(history.now):
        content: dict[str, Any] = open_totals(filled_table(world.east, declaration, as_of, quarter))
    lines = [*content["rows"], content["total"]]
    assert {line[code] for line in lines for code in ("waiting", "exempt", "missing")} == {None}
    assert {line["by_list"] for line in lines} == {None}
    assert any(line["in_service"] for line in lines)


def _open(place: Organisation, table: str, quarter: Period) -> dict[str, Any]:
    as_of = AsOf(quarter.ends_at, quarter.last)
    return open_totals(report_table(CLERK, place.code, table, as_of, quarter))
