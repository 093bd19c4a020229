"""People who are no members any more are never taken for members in silence."""

from collections.abc import Callable
from datetime import date

import pytest

from baodao.rosters.facts import ROSTER
from baodao.rostersheets.rules.branches import Branches
from baodao.rostersheets.rules.exit_words import ExitKind, exit_in
from baodao.rostersheets.rules.judgement import judge
from baodao.rostersheets.rules.roster import RosterJudgement, RosterScope, Setup
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.spreadsheets.workbooks import source_sheets
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, Tab, Value, person

TODAY = date(2026, 11, 28)
Writer = Callable[..., bytes]


def judged(content: bytes, **exits: bool) -> RosterJudgement:
    return judged_by(content, RosterScope(exits={ExitKind[kind]: exits[kind] for kind in exits}))


def judged_by(content: bytes, scope: RosterScope) -> RosterJudgement:
    with source_sheets(content) as found:
        return judge(found, Setup(ROSTER, Branches({}, "某局"), TODAY, {}, scope))


def kinds(found: RosterJudgement) -> list[tuple[int, str]]:
    return [(problem.row, problem.kind) for problem in found.problems]


def with_column(title: str, *cells: Value) -> bytes:
    rows = [[*person(order), cell] for order, cell in enumerate(cells)]
    return sheets.roster(*rows, header=[*HEADER, title])


@pytest.mark.parametrize(
    ("title", "cells", "asked"),
    [
        ("是否转出", ["是", "否", "", "已转出"], {2: ExitKind.LEFT, 5: ExitKind.LEFT}),
        ("组织关系是否在本单位", ["是", "否", ""], {3: ExitKind.LEFT}),
        ("转出时间", ["2026.03", "", "无", "2027.01", "未转出"], {2: ExitKind.LEFT}),
        ("离职时间", [date(2025, 3, 1), "待定"], {2: ExitKind.LEFT}),
        ("去世时间", ["2026-03-05", "/", ""], {2: ExitKind.DIED}),
        ("逝世日期", ["2026年3月", ""], {2: ExitKind.DIED}),
        ("是否健在", ["是", "否"], {3: ExitKind.DIED}),
        (
            "备注",
            ["已去世", "2025.6组织关系转出", "父亲去世", "2020年由某局转出"],
            {2: ExitKind.DIED, 3: ExitKind.LEFT},
        ),
        ("备注", ["已调离", "拟转出", "正在办理转出", "停职"], {2: ExitKind.LEFT}),
        (
            "备注",
            [
                *("2025年5月转市住建局", "调至区教育局", "转往市人民医院", "借调市委办公厅"),
                *("由市住建局转入", "2010年转业到市公安局", "转至办公室第二党支部", "拟转市住建局"),
            ],
            {2: ExitKind.LEFT, 3: ExitKind.LEFT, 4: ExitKind.LEFT},
        ),
        ("", ["因病逝世", "组长"], {2: ExitKind.DIED}),
        ("职务", ["科长", "离职", "离职休养"], {3: ExitKind.LEFT}),
        ("配偶情况", ["去世", ""], {}),
        ("人员状态", [], {}),
    ],
)
def test_a_cell_that_says_so_is_asked_about(
    title: str, cells: list[Value], asked: dict[int, ExitKind]
) -> None:
    found = judged(with_column(title, *cells, ""))
    assert dict(kinds(found)) == asked
    assert found.people == len(cells) + 1
    assert len(found.rows) == found.people - len(asked)


@pytest.mark.parametrize("write", [sheets.xlsx, sheets.xls])
def test_who_is_struck_through_and_who_has_a_comment_is_asked_about(write: Writer) -> None:
    rows = [HEADER, *(person(order) for order in range(6))]
    struck = ["B2", *(f"{letter}3" for letter in "ABCDEFG"), "D6"]
    comments = {"B4": "2026年3月病故", "B5": "党小组长", "A1": "按姓氏排序"}
    found = judged(write(Tab("名册", rows, struck=struck, comments=comments)))
    assert kinds(found) == [(2, ExitKind.STRUCK), (3, ExitKind.STRUCK), (4, ExitKind.DIED)]
    assert [(one.row, one.kind) for one in found.remarks] == [(5, "comment"), (6, "struck-cells")]
    assert found.remarks[0].facts["value"] == "党小组长"
    assert found.remarks[1].facts["places"] == "D"
    told = [one for one in found.leftovers if one.kind == LeftoverKind.COMMENTS]
    assert [(one.where, one.text) for one in told] == [("1", "A1:按姓氏排序")]


def test_one_answer_holds_for_all_of_its_kind() -> None:
    content = with_column("备注", "已去世", "已转出", "已去世", "", "已调离")
    gone = judged(content, DIED=True)
    assert kinds(gone) == [(3, ExitKind.LEFT), (6, ExitKind.LEFT)]
    assert (gone.people, gone.other_rows, len(gone.rows)) == (3, 0, 1)
    assert [(one.row, one.died) for one in gone.exits] == [(2, True), (4, True)]
    kept = judged(content, LEFT=False, DIED=False)
    assert (kept.problems, len(kept.rows)) == ([], 5)
    assert [one.kind for one in kept.remarks] == ["exit-kept"] * 4


def test_who_is_kept_by_the_clerk_is_kept_with_a_status_that_says_otherwise() -> None:
    content = sheets.roster(person(1, 人员状态="已调出"), person(2))
    assert judged(content, LEFT=False).problems == []


@pytest.mark.parametrize(
    "word", ["未去世", "转入", "其母去世", "无", "退休", "转正", "调入", "停职"]
)
def test_other_words_say_nothing(word: str) -> None:
    assert exit_in(word) is None
