"""Odd layouts and cells: each value was worked out by hand; nobody vanishes or is doubled."""

from collections.abc import Callable
from datetime import date

import pytest

from baodao.rostersheets.rules.problems import FORMS
from baodao.rostersheets.rules.roster import RosterJudgement, RosterScope
from baodao.spreadsheets.leftovers import LeftoverKind
from tests.rosters import sheets
from tests.rosters.sheets import Tab, Value, person
from tests.rostersheets.test_exits import judged, judged_by, kinds

HEADER: list[Value] = ["姓名", "身份证号", "手机"]
FIRST, SECOND = "第一党支部", "第二党支部"
Rows = list[list[Value]]


def one(order: int, *more: Value) -> list[Value]:
    return [sheets.name(order), sheets.id_number(order), f"199{order:08d}", *more]


def read(*rows: list[Value], **looks: list[str]) -> RosterJudgement:
    return judged(sheets.xlsx(Tab("Sheet1", rows, **looks)))


def branches(found: RosterJudgement) -> dict[str, str]:
    return {row.name: row.branch for row in found.rows}


def retired(found: RosterJudgement) -> set[str]:
    return {row.name for row in found.rows if row.standing == "retired"}


NAMES = [sheets.name(order) for order in range(6)]


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        (["在职", "退休"], [["√", ""], ["", "√"]]),
        (["离退休（打√）"], [[""], ["√"]]),
        (["退休党员"], [["否"], ["是"]]),
    ],
)
def test_a_column_of_ticks_under_an_answer_asks_it(titles: list[Value], cells: Rows) -> None:
    rows = [one(order, *more) for order, more in enumerate(cells)]
    found = read([*HEADER, *titles], *rows)
    assert (found.people, len(found.rows), found.in_service) == (2, 2, 1)
    assert retired(found) == {NAMES[1]}


@pytest.mark.parametrize("row", [["预备", "√"], ["是否预备党员", "是"]])
def test_a_column_of_ticks_tells_the_grade_too(row: list[Value]) -> None:
    found = read([*HEADER, row[0]], one(1, row[1]), one(2, ""))
    assert [one.grade for one in found.rows] == ["probationary", None]


def test_a_second_column_of_kinds_tells_who_is_retired_where_no_other_does() -> None:
    found = read(
        [*HEADER, "党员类型", "人员类别"],
        *(one(0, "正式党员", "离休"), one(1, "预备党员", "在岗"), one(2, "正式党员", "公务员")),
    )
    assert (len(found.rows), found.in_service, retired(found)) == (3, 2, {NAMES[0]})


def test_a_title_over_one_side_holds_for_it_alone() -> None:
    title: list[Value] = ["在职党员", "", "", "离退休党员"]
    rows: Rows = [[*one(0), *one(1)], [*one(2), *one(3)]]
    found = read(title, HEADER * 2, *rows, merges=["A1:C1", "D1:F1"])
    assert (found.people, len(found.rows), found.in_service) == (4, 4, 2)
    assert retired(found) == {NAMES[1], NAMES[3]}


def test_a_band_over_one_side_holds_for_it_alone() -> None:
    band: list[Value] = [FIRST, "", "", SECOND]
    later: list[Value] = [*one(4), "二、退休党员"]
    rows: Rows = [[*one(0), *one(1)], later, ["", "", "", *one(5)]]
    found = read(HEADER * 2, band, *rows, merges=["A2:C2", "D2:F2"])
    assert (found.people, found.problems) == (4, [])
    assert branches(found) == {
        NAMES[0]: FIRST,
        NAMES[4]: FIRST,
        NAMES[1]: SECOND,
        NAMES[5]: SECOND,
    }
    assert retired(found) == {NAMES[5]}
    told = {(one.kind, one.where): one.count for one in found.leftovers}
    assert told[LeftoverKind.ROWS_BAND, "2、4"] == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("第一党支部：共2人", "第二党支部：共1人"),
        ("——第一党支部——", "【第二党支部】"),
        ("第一党支部（书记：王某）", "第二党支部（支部书记：李某）"),
        ("支部名称：第一党支部", "所在党支部：第二党支部（1人）"),
        ("★ 第一党支部，合计：2人", "★ 第二党支部，合计：1人"),
    ],
)
def test_a_branch_in_a_band_is_bare_of_what_stands_around_it(first: str, second: str) -> None:
    found = read(HEADER, [first], one(1), one(2), [second], one(3))
    assert found.problems == []
    assert list(branches(found).values()) == [FIRST, FIRST, SECOND]


@pytest.mark.parametrize(
    "cell",
    ["第一党支部（书记）", "第一党支部副书记", "第一党支部组织委员", "第一党支部（支部委员）"],
)
def test_a_post_behind_a_branch_makes_no_branch(cell: str) -> None:
    found = read([*HEADER, "党支部"], one(1, FIRST), one(2, cell), one(3, "机关支部委员会"))
    assert list(branches(found).values()) == [FIRST, FIRST, "机关支部委员会"]


def test_people_below_a_line_that_their_membership_is_elsewhere_are_asked_about() -> None:
    found = read(HEADER, one(1), ["以下人员组织关系不在本单位"], one(2))
    assert (found.people, [row.name for row in found.rows]) == (2, [sheets.name(1)])
    assert kinds(found) == [(4, "perhaps-left")]


X = next(order for order in range(400) if sheets.id_number(order).endswith("X"))


@pytest.mark.parametrize("form", ["{0}×", "{0}х", "身份证：{0}X", "{0}X（长期）", "{0}X\n{0}x"])
def test_a_number_is_read_with_what_stands_for_its_x_and_around_it(form: str) -> None:
    found = read(HEADER, [sheets.name(X), form.format(sheets.id_number(X)[:17]), ""])
    assert [row.id_number for row in found.rows] == [sheets.id_number(X)]


@pytest.mark.parametrize("cell", ["配偶 {0}", "{0}/{1}", "{0}王某"])
def test_a_number_beside_which_somebody_else_may_stand_is_asked_about(cell: str) -> None:
    numbers = sheets.id_number(1), sheets.id_number(2)
    found = read(HEADER, [sheets.name(1), cell.format(*numbers), ""])
    assert found.people >= 1
    assert found.rows == []


@pytest.mark.parametrize(
    ("title", "branch"),
    [
        ("支部名称：第一党支部", FIRST),
        ("第一党支部党员花名册", FIRST),
        ("某局党委党员花名册", "某局"),
        ("党员花名册", "某局"),
    ],
)
def test_a_title_names_the_branch_of_a_table_without_a_column_of_it(
    title: str, branch: str
) -> None:
    found = read([title], HEADER, one(1))
    assert found.problems == []
    assert list(branches(found).values()) == [branch]


def test_who_has_no_branch_beside_those_who_have_one_is_asked_about() -> None:
    found = read(["党员花名册"], HEADER, one(1), [""], ["支部名称：第二党支部"], HEADER, one(2))
    assert kinds(found) == [(3, "branch-unknown")]
    assert list(branches(found).values()) == [SECOND]


def test_what_is_merged_over_several_people_holds_for_each() -> None:
    header: list[Value] = [*HEADER, "人员状态", "入党时间"]
    rows: Rows = [one(1, "退休", "2005.07"), one(2, "", ""), one(3, "在职", ""), one(4, "", "")]
    found = read(header, *rows, merges=["D2:D3", "D4:D5", "E2:E5"])
    assert [row.standing for row in found.rows] == ["retired"] * 2 + ["in-service"] * 2
    assert {row.joined_on for row in found.rows} == {date(2005, 7, 1)}
    assert found.in_service == 2


@pytest.mark.parametrize(
    "row",
    [
        ["填全名", "18位", "11位", "如2005.07"],
        ["例：张三", "110101199003078888", "13800000000", "2005.07"],
        ["（样例）张三", "", "", "2005.07"],
    ],
)
def test_a_row_that_shows_what_to_write_is_nobody(row: list[Value]) -> None:
    found = read([*HEADER, "入党时间"], row, one(1, "2005.07"))
    assert (found.people, found.other_rows, found.problems) == (1, 1, [])
    assert [one.kind for one in found.leftovers] == [LeftoverKind.ROWS_EXAMPLE]


@pytest.mark.parametrize("words", [["待填", "请补"], ["待填写", "请核实"], ["填报中", "请补充"]])
def test_somebody_of_whom_much_is_still_to_be_filled_in_is_a_person(words: list[str]) -> None:
    found = read([*HEADER, "党支部"], ["张伟", *words, FIRST], one(1, FIRST))
    assert (found.people, len(found.rows), found.other_rows) == (2, 1, 0)
    assert {problem.row for problem in found.problems} == {2}


@pytest.mark.parametrize("row", [["---", "---", "---"], ["家属联系表"], ["二〇二六年台账"]])
def test_a_line_or_a_title_between_rows_is_nobody(row: list[Value]) -> None:
    found = read(HEADER, one(1), row, one(2))
    assert (found.people, found.other_rows, found.problems) == (2, 1, [])


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("1.郝晓宇", "郝晓宇"),
        ("12、郝晓宇", "郝晓宇"),
        ("郝晓宇（曾用名：郝小宇）", "郝晓宇"),
    ],
)
def test_a_name_is_bare_of_its_number_and_of_older_ones(cell: str, name: str) -> None:
    found = read(HEADER, [cell, *one(1)[1:]])
    assert [row.name for row in found.rows] == [name]


@pytest.mark.parametrize(
    ("cell", "people"), [("郝晓和李晓", 2), ("郝晓宇及李晓一", 2), ("李和平", 1), ("欧阳和平", 1)]
)
def test_two_names_joined_by_a_word_are_two(cell: str, people: int) -> None:
    found = read(HEADER, [cell, *one(1)[1:]])
    assert found.people == people
    assert len(found.rows) == (people == 1)


@pytest.mark.parametrize(
    ("cell", "standing"),
    [
        ("长期病休", "in-service"),
        ("已退", "retired"),
        ("2020年退休", "retired"),
        ("2025年3月退休", "retired"),
        ("2025.3.1退休", "retired"),
        ("2027年退休", None),
        ("2027.3退休", None),
    ],
)
def test_a_status_may_begin_with_its_day(cell: str, standing: str | None) -> None:
    found = read([*HEADER, "人员状态"], one(1, cell))
    assert [row.standing for row in found.rows] == ([standing] if standing else [])
    assert kinds(found) == ([] if standing else [(2, "status-unknown")])


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2005年七月", date(2005, 7, 1)),
        ("2005年十二月三日", date(2005, 12, 3)),
        ("2005.7.2入党", date(2005, 7, 2)),
    ],
)
def test_a_day_is_read_in_mixed_digits_and_with_what_happened(cell: str, day: date) -> None:
    found = read([*HEADER, "入党时间"], one(1, cell))
    assert [row.joined_on for row in found.rows] == [day]


def test_a_remark_tells_a_standing_that_nothing_else_tells() -> None:
    remarks = ["借调到区委组织部", "2025年3月退休", "由市局借调", "在职", "无"]
    found = read([*HEADER, "备注"], *(one(order, text) for order, text in enumerate(remarks)))
    assert [row.standing for row in found.rows] == ["seconded", "retired", None, None, None]
    assert (found.in_service, found.problems) == (3, [])


def test_a_remark_that_says_something_else_than_the_status_is_asked_about() -> None:
    rows = [one(0, "在职", "借调"), one(1, "退休", "已退休"), one(2, "在职", "病愈")]
    found = read([*HEADER, "人员状态", "备注"], *rows)
    assert [row.name for row in found.rows] == NAMES[1:3]
    assert kinds(found) == [(2, "status-unknown")]
    assert found.problems[0].facts["value"] == "借调"


def test_a_subtotal_of_a_branch_is_nobody_and_no_branch() -> None:
    people: Rows = [[FIRST, *one(0)], [SECOND, *one(1)]]
    sums: Rows = [[f"{FIRST}小计", "1人"], [f"{SECOND}合计：1人", "", ""]]
    found = read(["党支部", *HEADER], people[0], sums[0], people[1], sums[1])
    assert (found.people, found.problems, found.other_rows) == (2, [], 2)
    assert branches(found) == {NAMES[0]: FIRST, NAMES[1]: SECOND}


@pytest.mark.parametrize("text", ["陈晓等2人", "陈晓等两人", "陈晓＋郝晓", "陈晓&郝晓共2人"])
def test_a_row_that_names_one_of_two_is_of_two_people(text: str) -> None:
    found = read(HEADER, [text, *one(0)[1:]], one(1))
    assert (found.people, len(found.rows)) == (3, 1)
    assert kinds(found) == [(2, "several-people")]


def test_ticks_under_the_words_of_facts_are_their_second_level() -> None:
    titles: Rows = [
        ["姓名", "身份证号", "人员类别", "", "在岗情况", ""],
        ["", "", "正式党员", "预备党员", "在职", "退休"],
    ]
    people: Rows = [
        [*one(0)[:2], "", "√", "√", ""],
        [*one(1)[:2], "√", "", "", "√"],
    ]
    found = read(*titles, *people, merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"])
    assert (found.people, len(found.rows), found.in_service) == (2, 2, 1)
    assert retired(found) == {NAMES[1]}
    assert [row.grade for row in found.rows] == ["probationary", None]


def test_a_tick_in_any_column_of_those_who_do_not_work_counts() -> None:
    titles: Rows = [
        ["姓名", "身份证号", "在职情况", "", "", "", "备注"],
        ["", "", "在职", "退休", "离休", "内退", ""],
    ]
    ticks = (["√", "", ""], ["", "√", ""], ["", "", "√"], ["", "", ""], ["", "√", ""])
    people: Rows = [[*one(order)[:2], "", *row, ""] for order, row in enumerate(ticks)]
    people[3][2], people[4][6] = "√", "挂职"
    found = read(*titles, *people, merges=["A1:A2", "B1:B2", "C1:F1"])
    assert retired(found) == set(NAMES[:3])
    assert (found.people, kinds(found)) == (5, [(7, "status-unknown")])


def test_a_signature_with_its_telephone_is_nobody() -> None:
    signed: list[Value] = ["填表人：李四", "联系电话：19900000000", ""]
    found = read(HEADER, one(0), signed)
    assert (found.people, found.problems) == (1, [])
    assert [left.kind for left in found.leftovers] == [LeftoverKind.ROWS_MARGIN]


def test_an_order_alone_beside_somebody_is_told_alone() -> None:
    rows: Rows = [[1, *one(0), 3, *one(2)], [2, *one(1), 4]]
    found = read(["序号", *HEADER] * 2, *rows)
    (margin,) = (left for left in found.leftovers if left.kind == LeftoverKind.ROWS_MARGIN)
    assert (found.people, margin.text) == (3, "4")


def test_a_sheet_of_people_with_problems_is_no_second_list_of_others() -> None:
    more: Rows = [[*one(order)[:2], "2030.1"] for order in (3, 4)]
    found = judged(
        sheets.xlsx(
            Tab("名册", [[*HEADER, "入党时间"], *(one(order, "2001.7") for order in range(3))]),
            Tab("离退休", [["姓名", "身份证号", "入党时间"], *more]),
        )
    )
    assert (found.people, len(found.rows)) == (5, 3)
    assert {problem.sheet for problem in found.problems} == {"离退休"}


def test_numbers_with_hidden_digits_are_told_once_of_their_column() -> None:
    rows = [
        person(order, 身份证号=f"{sheets.id_number(order)[:6]}********1234") for order in range(4)
    ]
    found = judged(sheets.roster(*rows))
    assert [(one.kind, one.row, one.facts["rows"]) for one in found.problems] == [
        ("id-masked", 1, "2–5")
    ]
    assert (found.people, found.rows) == (4, [])


@pytest.mark.parametrize("word", ["不详", "待核实", "?", "记不清"])
def test_what_is_not_known_is_as_good_as_empty(word: str) -> None:
    found = judged(sheets.roster(person(0, 手机=word, 入党时间=word)))
    assert not found.problems
    assert [(row.phone, row.joined_on) for row in found.rows] == [("", None)]


FORM: Rows = [
    ["党员登记表"],
    ["姓名", "闻澄", "性别", "男"],
    ["身份证号", sheets.id_number(1), "联系电话", "19900000001"],
    ["党支部", "第一党支部", "入党时间", "2003.7"],
]
TURNED: Rows = [
    ["姓名", "闻澄", "邱敏"],
    ["身份证号", sheets.id_number(1), sheets.id_number(2)],
    ["联系电话", "19900000001", "19900000002"],
]
UNNAMED: Rows = [
    ["项目", "闻澄", "邱敏"],
    ["身份证号", sheets.id_number(1), sheets.id_number(2)],
    ["手机", "19900000001", "19900000002"],
    ["人员状态", "在职", "退休"],
]


@pytest.mark.parametrize(
    ("rows", "head", "label", "field"),
    [(FORM, 2, 3, "身份证号"), (TURNED, 1, 2, "身份证号"), (UNNAMED, 2, 3, "手机")],
)
def test_a_form_a_person_and_a_table_on_its_side_are_told_as_such(
    rows: Rows, head: int, label: int, field: str
) -> None:
    found = judged(sheets.xlsx(Tab("表", rows)))
    [problem] = [one for one in found.problems if one.kind == "column-missing"]
    assert (problem.message, problem.row) == (FORMS, head)
    assert problem.facts == {"field": field, "row": label}
    assert (found.rows, found.people, len(found.problems)) == ([], 0, 1)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("人员状态（1.退休 2.在职）", {0: "retired", 1: "in-service"}),
        ("人员类别（1在职2退休）", {0: "in-service", 1: "retired"}),
        ("党员类别（A：正式党员；B：预备党员）", {}),
    ],
)
def test_codes_mean_what_their_header_says(status: str, told: dict[int, str]) -> None:
    codes = ("A", "b") if "A" in status else (1, "2")
    found = read([*HEADER, status], *(one(order, code) for order, code in enumerate(codes)))
    assert found.problems == []
    assert {order: row.standing for order, row in enumerate(found.rows) if row.standing} == told
    if not told:
        assert [row.grade for row in found.rows] == ["full", "probationary"]


@pytest.mark.parametrize("status", ["人员状态", "人员类别"])
def test_a_number_that_nobody_explains_says_nothing_of_a_standing(status: str) -> None:
    found = read([*HEADER, status], one(0, 1), one(1, "0"), one(2, "在职"))
    assert kinds(found) == [(2, "status-unknown"), (3, "status-unknown")]
    asked = read([*HEADER, "是否在职"], one(0, 1), one(1, "0"))
    assert [row.standing for row in asked.rows] == ["in-service", "retired"]


@pytest.mark.parametrize("write", [sheets.xlsx, sheets.xls])
def test_a_formula_without_a_value_is_never_read_as_nothing(write: Callable[..., bytes]) -> None:
    header: list[Value] = ["序号", *HEADER, "人员状态"]
    name: list[Value] = [3, "#REF!", sheets.id_number(2), "", "退休"]
    drawn: Rows = [[order, "#N/A", "#N/A", "#N/A", "#VALUE!"] for order in range(4, 30)]
    no_phone = [*one(1)[:2], "#DIV/0!", "退休"]
    rows: Rows = [[1, *one(0), "#N/A"], [2, *no_phone], name, *drawn]
    found = judged(write(Tab("Sheet1", [header, *rows])))
    assert kinds(found) == [(2, "status-unknown"), (4, "name-characters")]
    assert (found.people, [row.phone for row in found.rows]) == (3, [""])
    [told] = [left for left in found.leftovers if left.kind == LeftoverKind.CELLS_ERROR]
    assert (told.count, told.rows[:3]) == (
        29,
        [(2, "E2：#N/A"), (3, "D3：#DIV/0!"), (4, "B4：#REF!")],
    )


def test_a_column_of_today_wins_over_one_of_before() -> None:
    header: list[Value] = ["姓名", "身份证号", "原手机", "现手机", "原支部", "现支部", "目前状态"]
    row: list[Value] = [*one(0)[:2], "19911112222", "19933334444", SECOND, FIRST, "退休"]
    found = read(header, row)
    assert [(row.phone, row.branch, row.standing) for row in found.rows] == [
        ("19933334444", FIRST, "retired")
    ]


def test_who_is_no_member_by_a_column_of_yes_and_no_is_asked_about() -> None:
    header: list[Value] = [*HEADER, "是否党员", "是否流动党员"]
    found = read(header, one(0, "是", "否"), one(1, "否", "否"), one(2, "", "否"))
    assert kinds(found) == [(3, "perhaps-left")]
    assert [row.name for row in found.rows] == [NAMES[0], NAMES[2]]


def test_a_post_or_a_day_that_has_not_come_tells_who_is_retired() -> None:
    found = read([*HEADER, "职务"], one(0, "局长（退休）"), one(1, "原局长"), one(2, "退休干部"))
    assert (retired(found), found.in_service) == ({NAMES[0], NAMES[2]}, 1)
    stated = read([*HEADER, "职务", "人员状态"], one(0, "老干部处处长", "在职"))
    assert stated.in_service == 1
    found = read([*HEADER, "退休时间"], one(0, "未退休"), one(1, "尚未"), one(2, "2020.3"))
    assert (found.problems, retired(found)) == ([], {NAMES[2]})


def test_a_title_may_say_in_brackets_how_people_stand() -> None:
    found = read(["党员名册（在职党员）"], HEADER, one(0), ["党员名册（退休党员）"], HEADER, one(1))
    assert (found.problems, retired(found), found.in_service) == ([], {NAMES[1]}, 1)
    assert retired(read(["党员名册（含离退休）"], HEADER, one(0))) == set()


@pytest.mark.parametrize("place", [0, 3])
def test_what_excel_counts_below_a_group_is_nobody(place: int) -> None:
    def counted(label: str, count: int) -> list[Value]:
        row: list[Value] = ["", "", "", ""]
        row[place], row[2 if place else 1] = label, count
        return row

    rows = [one(0, FIRST), counted(f"{FIRST} 计数", 1), one(1, SECOND), counted("总计数", 2)]
    found = read([*HEADER, "党支部"], *rows)
    assert (found.people, found.problems, found.other_rows) == (2, [], 2)
    assert set(branches(found).values()) == {FIRST, SECOND}


def test_lists_of_another_time_are_told_and_read_when_somebody_says_so() -> None:
    tabs = [Tab("2025年", [HEADER, one(0), one(1)]), Tab("2026年", [HEADER, one(0)])]
    content = sheets.xlsx(*tabs, Tab("2026年退休人员", [HEADER, one(2)]))
    found = judged(content)
    assert (found.people, found.problems, retired(found)) == (2, [], {NAMES[2]})
    [told] = found.leftovers
    assert (told.kind, told.sheet, told.count) == (LeftoverKind.SHEET_PAST, "2025年", 2)
    assert judged_by(content, RosterScope(sheets=frozenset({"2025年"}))).people == 4


@pytest.mark.parametrize("title", ["减少", "离职人员", "已转走", "本年减员", "去世"])
def test_people_on_a_sheet_of_those_who_left_are_asked_about(title: str) -> None:
    content = sheets.xlsx(Tab("花名册", [HEADER, one(0)]), Tab(title, [HEADER, one(1)]))
    found = judged(content)
    assert [row.name for row in found.rows] == [NAMES[0]]
    assert [kind for _, kind in kinds(found)] == [
        "perhaps-died" if title == "去世" else "perhaps-left"
    ]


def test_numbers_in_a_row_taken_for_a_heading_are_not_shown() -> None:
    forms = [
        [
            f"姓名：{sheets.name(order)}",
            f"身份证号：{sheets.id_number(order)}",
            f"手机：199{order:08d}",
        ]
        for order in range(3)
    ]
    found = read(*forms)
    shown = " ".join([*found.columns.values(), *found.titles, *found.seen_columns])
    assert "身份证号" in shown
    assert not any(sheets.id_number(order) in shown for order in range(3))
    assert "19900000000" not in shown
