"""Rosters as officials lay them out: several tables, bands, sheets, brackets, hidden parts.

Each file of `cases` is read as it is; every row of it is a person or named.
"""

from datetime import date
from pathlib import Path

import pytest

from baodao.rosters.facts import ROSTER
from baodao.rostersheets.rules.branches import Branches
from baodao.rostersheets.rules.judgement import judge
from baodao.rostersheets.rules.roster import PLAIN, RosterJudgement, RosterScope, Setup
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.spreadsheets.workbooks import source_sheets
from tests.rosters import sheets
from tests.rosters.sheets import Tab, person

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


def people(first: int, last: int, *columns: str) -> list[list[sheets.Value]]:
    """Rows of name and ID number, and then the same `columns` in each."""
    return [[sheets.name(n), sheets.id_number(n), *columns] for n in range(first, last)]


def stands(found: RosterJudgement) -> list[tuple[str | None, str | None, str]]:
    return [(row.standing, row.grade, row.branch) for row in found.rows]


def test_bands_may_be_nested_and_name_a_grade() -> None:
    rows = [
        ["姓名", "身份证号"],
        ["第一党支部（2人）"],
        ["（一）正式党员"],
        *people(1, 2),
        ["（二）预备党员（1人）"],
        *people(2, 3),
        ["第二党支部（1人）"],
        *people(3, 4),
    ]
    found = judged(sheets.xlsx(Tab("Sheet1", rows)))
    assert stands(found) == [
        (None, "full", "第一党支部"),
        (None, "probationary", "第一党支部"),
        (None, None, "第二党支部"),
    ]
    assert (found.people, found.other_rows) == (3, 4)


def test_the_title_of_a_table_says_how_its_people_stand() -> None:
    rows = [["某局离退休党员花名册"], ["姓名", "身份证号", "人员状态"], *people(1, 3, "")]
    rows += people(3, 4, "返聘在岗")
    assert [one for one, _, _ in stands(judged(sheets.xlsx(Tab("Sheet1", rows))))] == [
        "retired",
        "retired",
        "in-service",
    ]


@pytest.mark.parametrize(
    "title", ["某局在职和离退休党员名册", "非在职人员以外", "注：不含离退休人员"]
)
def test_a_title_that_names_several_or_excepts_says_nothing(title: str) -> None:
    found = judged(sheets.xlsx(Tab("Sheet1", [[title], ["姓名", "身份证号"], *people(1, 2)])))
    assert stands(found) == [(None, None, "某局")]


def test_words_of_a_status_are_never_turned_round_by_the_question() -> None:
    header = ["姓名", "身份证号", "是否退休"]
    words = ["是", "否", "退休", "在职", "√", "×"]
    rows = [[sheets.name(n), sheets.id_number(n), word] for n, word in enumerate(words)]
    found = judged(sheets.roster(*rows, header=header))
    assert [one == "retired" for one, _, _ in stands(found)] == [
        *(True, False, True, False, True, False)
    ]


def test_a_grade_that_is_asked_for_is_no_standing() -> None:
    for header, words in {"是否正式党员": "是否", "是否预备党员": "否是"}.items():
        rows = [[sheets.name(n), sheets.id_number(n), word] for n, word in enumerate(words)]
        found = judged(sheets.roster(*rows, header=["姓名", "身份证号", header]))
        assert [(s, g) for s, g, _ in stands(found)] == [(None, "full"), (None, "probationary")]


def test_a_day_of_retirement_that_has_not_come_says_nothing() -> None:
    header = ["姓名", "身份证号", "退休时间"]
    days = ["2020.06", "2031.06", "", "在职", "不知道"]
    rows = [[sheets.name(n), sheets.id_number(n), day] for n, day in enumerate(days)]
    found = judged(sheets.roster(*rows, header=header))
    assert [one for one, _, _ in stands(found)] == ["retired", None, None, "in-service"]
    assert [(p.kind, p.row, p.column) for p in found.problems] == [("date-invalid", 6, "退休时间")]


def test_sheets_are_branches_only_if_they_read_so() -> None:
    header = ["姓名", "身份证号"]
    titles = ["办公室", "业务一科", "机关党委", "名单2", "党费收缴", "退休"]
    tabs = [Tab(title, [header, *people(n, n + 1)]) for n, title in enumerate(titles)]
    found = judged(sheets.xlsx(*tabs))
    assert [branch for _, _, branch in stands(found)] == ["办公室", "业务一科", "机关党委"] + [
        "某局"
    ] * 3
    assert list(found.branches.values()) == ["办公室", "业务一科", "机关党委"]


def test_summary_and_dictionary_and_second_lists_are_told_as_what_they_are() -> None:
    summary = [["党支部名称", "联系电话", "人数"], ["第一党支部", "0990-1234567", 3]]
    attendance = [["姓名", "签到"], *([name] for name, *_ in people(1, 3)), ["客人某"]]
    roster = [["姓名", "身份证号", "所在党支部"], *people(1, 5, "第一党支部")]
    found = judged(
        sheets.xlsx(
            Tab("汇总", summary),
            Tab("签到", attendance),
            Tab("名册", roster),
            Tab("字典", [["是"]]),
        )
    )
    assert (found.people, found.problems, len(found.rows)) == (4, [], 4)
    assert left(found) == [
        (LeftoverKind.SHEET_HEADLESS, "字典", ""),
        (LeftoverKind.SHEET_NO_PEOPLE, "汇总", ""),
        (LeftoverKind.SHEET_SECOND, "签到", ""),
        (LeftoverKind.SHEET_ALONE, "签到", "4"),
    ]
    assert found.leftovers[-1].text == "客人某"


def test_what_stands_beside_the_table_without_a_name_is_told() -> None:
    rows = [[*person(order), order + 1, "", "拟调出" if order == 1 else ""] for order in range(3)]
    found = judged(sheets.roster(*rows))
    assert len(found.rows) == 3
    nameless = [one for one in found.leftovers if one.kind == LeftoverKind.COLUMN_NAMELESS]
    assert [(one.where, one.text) for one in nameless] == [("J", "拟调出")]


def test_a_short_list_of_other_people_is_read() -> None:
    short = [["姓名", "身份证号"], *people(1, 4)]
    full = [["姓名", "身份证号", "所在党支部"], *people(4, 8, "第一党支部")]
    found = judged(sheets.xlsx(Tab("第二党支部", short), Tab("名册", full)))
    assert (found.people, len(found.rows)) == (7, 7)


def test_a_table_of_no_people_below_is_told() -> None:
    rows = [["姓名", "身份证号", "党支部"], *people(1, 3, "第一党支部"), [], ["党支部", "联系电话"]]
    rows += [["第一党支部", "0990-1234567"], ["第二党支部", "0990-1234568"]]
    found = judged(sheets.xlsx(Tab("Sheet1", rows)))
    assert (found.people, found.problems) == (2, [])
    assert left(found) == [
        (LeftoverKind.ROWS_HEADER, "Sheet1", "5"),
        (LeftoverKind.ROWS_TABLE, "Sheet1", "6–7"),
    ]


def test_hints_above_and_examples_are_told() -> None:
    rows = [["填表说明：" + "请如实填写" * 3]] * 40 + [["序号", "姓名", "身份证号"]]
    rows += [
        ["示例", "张三", sheets.id_number(900)],
        *([n, *one] for n, one in enumerate(people(1, 3))),
    ]
    found = judged(sheets.xlsx(Tab("Sheet1", rows)))
    assert (found.people, found.problems) == (2, [])
    assert left(found) == [
        (LeftoverKind.ROWS_ABOVE, "Sheet1", "1–8…"),
        (LeftoverKind.ROWS_EXAMPLE, "Sheet1", "42"),
    ]
    assert found.other_rows == 41


def test_a_status_prepared_for_people_who_were_not_written_is_no_band() -> None:
    header = ["姓名", "身份证号", "人员状态", "所在党支部"]
    rows = [*people(1, 2, "在职", "第一党支部"), ["", "", "退休", ""], ["", "", "", "第二党支部"]]
    found = judged(sheets.roster(*rows, *people(2, 3, "", "第一党支部"), header=header))
    assert stands(found) == [("in-service", None, "第一党支部"), (None, None, "第一党支部")]
    assert left(found) == [(LeftoverKind.ROWS_MARGIN, "Sheet1", "3–4")]


def test_nobody_becomes_a_member_below_a_band_of_others() -> None:
    bands = ["一、正式党员", "二、入党积极分子（1人）", "三、已转出党员", "四、预备党员"]
    rows = [["姓名", "身份证号"]]
    for n, band in enumerate(bands):
        rows += [[band], *people(n, n + 1)]
    found = judged(sheets.xlsx(Tab("Sheet1", rows)))
    assert [one.grade for one in found.rows] == ["full", "probationary"]
    assert [(p.row, p.kind, p.facts["value"]) for p in found.problems] == [
        (5, "status-unknown", "入党积极分子"),
        (7, "perhaps-left", "已转出党员"),
    ]
    assert (found.people, found.other_rows) == (4, 4)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("入党积极分子名册", "status-unknown"),
        ("发展对象", "status-unknown"),
        ("去世党员", "perhaps-died"),
        ("2026年转出人员", "perhaps-left"),
    ],
)
def test_nobody_becomes_a_member_on_a_sheet_of_others(title: str, kind: str) -> None:
    rows = [["姓名", "身份证号"], *people(1, 3)]
    for tab in (Tab(title, rows), Tab("Sheet1", [[title], *rows])):
        found = judged(sheets.xlsx(tab))
        assert (found.people, found.rows) == (2, [])
        assert [problem.kind for problem in found.problems] == [kind] * 2


@pytest.mark.parametrize(
    "title", ["某局党员和入党积极分子名册", "党员转入转出名册", "学习积极分子", "党员群众服务中心"]
)
def test_a_title_that_names_members_as_well_keeps_nobody_out(title: str) -> None:
    found = judged(sheets.xlsx(Tab("Sheet1", [[title], ["姓名", "身份证号"], *people(1, 3)])))
    assert len(found.rows) == 2


def test_a_branch_may_be_the_one_above_and_is_never_a_mark() -> None:
    header = ["姓名", "身份证号", "所在党支部"]
    words = ["第一党支部", "同上", "〃", "第二党支部", '"', "″", "待定", "？"]
    rows = [[*row, word] for row, word in zip(people(1, 9), words, strict=True)]
    found = judged(sheets.roster(*rows, header=header))
    assert [row.branch for row in found.rows] == ["第一党支部"] * 3 + ["第二党支部"] * 3
    assert [(p.row, p.kind) for p in found.problems] == [(n, "branch-unknown") for n in (8, 9)]
    assert list(found.branches.values()) == ["第一党支部", "第二党支部"]


def test_what_stands_behind_a_name_is_no_part_of_it() -> None:
    cells = ["郝晓 女", "郝 晓 男", "郝晓同志", "郝 男", "王胜男", "李 女", "郝晓　女"]
    sexes = "fmmmmff"
    rows = [
        [cell, sheets.id_number(n, sex=sex)]
        for n, (cell, sex) in enumerate(zip(cells, sexes, strict=True))
    ]
    found = judged(sheets.roster(*rows, header=["姓名", "身份证号"]))
    assert [row.name for row in found.rows] == [
        *("郝晓", "郝晓男", "郝晓", "郝男", "王胜男", "李女", "郝晓")
    ]
    other = judged(sheets.roster(["郝晓 女", sheets.id_number(9)], header=["姓名", "身份证号"]))
    assert [problem.kind for problem in other.problems] == ["sex-conflict"]


@pytest.mark.parametrize("word", ["例", "例：", "示例1", "（样例）", "填写示例"])
def test_an_example_is_nobody(word: str) -> None:
    rows = [[word, "张三", sheets.id_number(900)], [1, *people(1, 2)[0]]]
    found = judged(sheets.roster(*rows, header=["序号", "姓名", "身份证号"]))
    assert (found.people, [row.row for row in found.rows]) == (1, [3])
    assert left(found) == [(LeftoverKind.ROWS_EXAMPLE, "Sheet1", "2")]


def test_a_numbered_band_ends_the_one_before() -> None:
    rows = [["姓名", "身份证号"], ["一、第一党支部"], *people(1, 2), ["二、机关"], *people(2, 3)]
    rows += [["（一）离退休"], *people(3, 4), ["（二）其他同志"], *people(4, 5)]
    found = judged(sheets.xlsx(Tab("Sheet1", rows)))
    assert stands(found) == [
        (None, None, "第一党支部"),
        (None, None, "机关"),
        ("retired", None, "机关"),
        (None, None, "机关"),
    ]
    assert left(found) == [(LeftoverKind.ROWS_BAND, "Sheet1", "2、4、6、8")]
