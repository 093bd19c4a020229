"""Rosters as officials lay them out: several tables, bands, sheets, brackets, hidden parts.

Each file of `cases` is read as it is; every row of it is a person or named.
"""

from datetime import date
from pathlib import Path

import pytest

from baodao.documents.spreadsheets.leftovers import LeftoverKind
from baodao.documents.spreadsheets.workbooks import source_sheets
from baodao.rosters.facts import ROSTER
from baodao.rosters.rules.branches import Branches
from baodao.rosters.rules.judgement import Setup, judge
from baodao.rosters.rules.roster import PLAIN, RosterJudgement, RosterScope

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 28)


def judged(content: bytes, scope: RosterScope = PLAIN, **choices: str) -> RosterJudgement:
    setup = Setup(ROSTER, Branches({}, "某局"), TODAY, choices, scope)
    with source_sheets(content, include_hidden=scope.include_hidden) as found:
        return judge(found, setup)


def case(name: str, scope: RosterScope = PLAIN) -> RosterJudgement:
    (file,) = CASES.glob(f"{name}_*")
    return judged(file.read_bytes(), scope)


def left(found: RosterJudgement) -> list[tuple[str, str, str]]:
    return [(one.kind, one.sheet, one.where) for one in found.leftovers]


@pytest.mark.parametrize(
    ("name", "people", "good", "in_service", "branches"),
    [
        ("c03", 10, 10, 6, "第一党支部 第二党支部"),
        ("c09", 12, 12, 12, "第一党支部"),
        ("c10", 10, 10, 6, "第一党支部 第二党支部"),
        ("c11", 9, 9, 5, "第一党支部 第二党支部"),
        ("c15d", 6, 6, 6, "第一党支部 第二党支部"),
        ("c17b", 4, 4, 4, "第二党支部 第一党支部"),
        ("c22", 7, 7, 4, "第一党支部"),
        ("c22b", 7, 7, 4, ""),
        ("d01", 6, 6, 6, "第一党支部 第二党支部"),
        ("d02", 8, 8, 4, "第一党支部"),
        ("d54", 4, 4, 3, "第一党支部 第二党支部"),
        ("f01", 3, 3, 3, "第一党支部"),
        ("f02", 3, 3, 3, "第一党支部"),
        ("f03", 4, 4, 3, "第一党支部"),
        ("g02", 4, 4, 3, "第二党支部 第一党支部"),
    ],
)
def test_a_layout_of_officials_is_read_right(
    name: str, people: int, good: int, in_service: int, branches: str
) -> None:
    found = case(name)
    assert (found.people, len(found.rows), found.in_service) == (people, good, in_service)
    assert list(found.branches.values()) == branches.split()
    assert found.problems == []


def test_rows_out_of_sight_are_told_and_left_out_when_the_clerk_says_so() -> None:
    assert left(case("c03")) == [(LeftoverKind.ROWS_HIDDEN_READ, "Sheet1", "7–10")]
    found = case("c03", RosterScope(skip_unseen=True))
    assert (found.people, found.other_rows) == (6, 4)
    assert left(found) == [(LeftoverKind.ROWS_HIDDEN, "Sheet1", "7–10")]


def test_a_hidden_column_never_wins_and_is_told() -> None:
    found = case("c17b")
    assert [row.id_number[-5:] for row in found.rows] == ["7447X", "84482", "94513", "04522"]
    assert left(found) == [(LeftoverKind.COLUMN_HIDDEN, "Sheet1", "B")]


def test_the_number_of_the_family_is_not_the_persons() -> None:
    found = case("f01")
    assert [row.phone[:4] for row in found.rows] == ["1393"] * 3
    assert left(found) == [(LeftoverKind.COLUMN_OTHER, "Sheet1", "C")]
    assert [row.name for row in case("f02").rows] == ["闻澄禾", "沙砚珩", "柏乔岑"]


def test_a_second_table_is_read_in_its_own_order() -> None:
    assert all(row.phone.startswith("139110") for row in case("c11").rows)
    joined = [row.joined_on for row in case("d02").rows]
    assert [on is not None for on in joined] == [True] * 4 + [False] * 4


def test_the_fullest_sheet_is_the_roster_and_another_can_be_read_as_well() -> None:
    found = case("g02")
    assert {row.sheet for row in found.rows} == {"花名册"}
    assert left(found) == [(LeftoverKind.SHEET_SECOND, "党费收缴", "")]
    both = case("g02", RosterScope(sheets=frozenset({"党费收缴"})))
    assert (both.people, {problem.kind for problem in both.problems}) == (8, {"duplicate-in-file"})
