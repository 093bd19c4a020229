"""Whole rosters as they come, messy, judged row by row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.people.rules.standing import Standing
from baodao.rosters.facts import NOTES, ROSTER
from baodao.rostersheets.rules.branches import Branches
from baodao.rostersheets.rules.judgement import judge
from baodao.rostersheets.rules.problems import MESSAGES
from baodao.rostersheets.rules.roster import RosterJudgement, RosterRow, RosterScope, Setup
from baodao.rostersheets.rules.sheet import SheetJudge
from baodao.spreadsheets.leftovers import SHEETS
from baodao.spreadsheets.workbooks import Merge, SourceSheet, source_sheets
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, Tab, person

TODAY = date(2026, 11, 22)


def judged(
    content: bytes, held: dict[str, int] | None = None, hidden: bool = False
) -> RosterJudgement:
    with source_sheets(content, include_hidden=hidden) as found:
        return judge(
            found, Setup(ROSTER, Branches(held or {}, "某局"), TODAY, {}, RosterScope(hidden))
        )


def kinds(found: RosterJudgement) -> list[tuple[str, int, str]]:
    return [(problem.kind, problem.row, problem.column) for problem in found.problems]


def note(row: RosterRow, name: str) -> str:
    return row.notes[NOTES.index(name)]


def people(count: int) -> list[list[sheets.Value]]:
    return [person(order) for order in range(count)]


def test_a_plain_roster_has_no_problems() -> None:
    found = judged(sheets.roster(*people(20)))
    assert (found.people, found.in_service, len(found.rows)) == (20, 20, 20)
    assert list(found.branches.values()) == ["第二党支部", "第一党支部"]
    assert found.columns == {
        "name": "姓名",
        "id_number": "身份证号",
        "phone": "手机",
        "branch": "所在党支部",
        "standing": "人员状态",
        "joined_on": "入党时间",
    }


@pytest.mark.parametrize(
    ("changes", "kind", "column"),
    [
        ({"身份证号": ""}, "id-missing", "身份证号"),
        ({"身份证号": sheets.id_number(7)[:17]}, "id-length", "身份证号"),
        ({"身份证号": float(sheets.id_number(7)[:17] + "0")}, "id-precision-lost", "身份证号"),
        ({"身份证号": "990000198005010000"}, "id-precision-lost", "身份证号"),
        ({"身份证号": "990000198005011234"}, "id-checksum", "身份证号"),
        ({"身份证号": "990000********1234"}, "id-masked", "身份证号"),
        (
            {"身份证号": sheets.id_number(7, date(2015, 1, 1)), "入党时间": "2020.01"},
            "under-age",
            "身份证号",
        ),
        ({"姓名": ""}, "name-missing", "姓名"),
        ({"姓名": "<script>"}, "name-characters", "姓名"),
        ({"姓名": "孙某某"}, "name-not-whole", "姓名"),
        ({"姓名": "李书记"}, "name-not-whole", "姓名"),
        ({"姓名": "欧阳女士"}, "name-not-whole", "姓名"),
        ({"姓名": "小陈"}, "name-not-whole", "姓名"),
        ({"手机": "123"}, "phone-invalid", "手机"),
        ({"入党时间": "去年"}, "date-invalid", "入党时间"),
        ({"入党时间": "2031.01"}, "date-invalid", "入党时间"),
        ({"入党时间": 2005.1}, "date-invalid", "入党时间"),
        ({"入党时间": "1979.01"}, "joined-before-birth", "入党时间"),
        ({"人员状态": "已调出"}, "perhaps-left", "姓名"),
    ],
)
def test_each_fault_is_one_problem_in_its_row(
    changes: dict[str, sheets.Value], kind: str, column: str
) -> None:
    rows = people(5)
    rows[3] = person(3, **changes)
    found = judged(sheets.roster(*rows))
    assert kinds(found) == [(kind, 5, column)]
    assert (found.people, len(found.rows)) == (5, 4)
    problem = found.problems[0]
    assert problem.sheet == "Sheet1"
    assert "%" not in problem.message % problem.facts
    assert MESSAGES.keys() >= {kind}


def test_a_month_that_lost_its_zero_is_settled_by_the_number_alone() -> None:
    births = (date(1980, 10, 5), date(1980, 1, 5), date(1980, 5, 5))
    rows = [
        [*person(order, 身份证号=sheets.id_number(order, born_on)), 1980.1]
        for order, born_on in enumerate(births)
    ]
    found = judged(sheets.roster(*rows, header=(*sheets.HEADER, "出生年月")))
    assert kinds(found) == [("date-invalid", 4, "出生年月")]


CELLS: dict[str, list[sheets.Value]] = {
    "姓名": ["张三", "李 四", "", "王五1", "姓名", "合计"],
    "身份证号": [
        sheets.id_number(1),
        sheets.id_number(2, sex="f"),
        f"'{sheets.id_number(3)}",
        "",
        "1",
    ],
    "手机": ["19900001111", "199 0000 1111", "", "x"],
    "性别": ["男", "女", "", "?"],
    "出生年月": ["1980.05", "1980-05-01", "1980.06", "", "x"],
    "入党时间": ["2005.07", "1979.01", "2031.01", "", "x"],
    "转正时间": ["2006.07", "2004.07", "", "x"],
    "人员状态": ["在职", "退休", "", "x"],
    "党员类别": ["正式党员", "预备党员", "", "群众"],
    "所在党支部": ["第一党支部", "一支部", "", "第二党支部"],
    "特长": ["法律", "无", ""],
}


@given(
    st.lists(st.tuples(*map(st.sampled_from, CELLS.values())), min_size=1, max_size=12),
    st.booleans(),
)
def test_the_short_way_says_the_same_as_the_long_one(
    rows: list[tuple[sheets.Value, ...]], merged: bool
) -> None:
    def told() -> tuple[object, ...]:
        merges = [Merge(2, 9, 4, 9)] if merged else []
        lines = enumerate([list(CELLS), *rows], start=1)
        sheet = SourceSheet(
            "名册", False, 0, merges, ((n, list(map(str, line))) for n, line in lines)
        )
        found = judge([sheet], Setup(ROSTER, Branches({"第一党支部": 1}, "某局"), TODAY, {}))
        return found.rows, found.problems, found.people, found.in_service, found.seen

    short = told()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SheetJudge, "_plain", lambda *_: None)
        assert told() == short


def test_a_number_in_the_wrong_column_is_not_repeated() -> None:
    number = sheets.id_number(7)
    wrong = person(1, 入党时间=number, 人员状态=number, 所在党支部=number)
    found = judged(sheets.roster(wrong, person(2)), {"第一党支部": 1, "第二党支部": 2})
    assert len(found.problems) == 3
    said = [str(problem.facts) for problem in found.problems]
    assert not any(number in one for one in said)
    assert all(f"{number[:3]}***" in one for one in said)


def test_a_real_date_is_a_date() -> None:
    found = judged(sheets.roster(person(1, 入党时间=date(2005, 7, 1))))
    assert found.rows[0].joined_on == date(2005, 7, 1)


def test_sex_and_birth_must_agree_with_the_number() -> None:
    header = ["姓名", "身份证号", "性别", "出生年月"]
    number = sheets.id_number(1, date(1980, 5, 20), "f")
    rows = [
        ["张三", number, "女", "1980.05"],
        ["李四", sheets.id_number(2, date(1980, 5, 20), "f"), "男", "1980-05-20"],
        ["王五", sheets.id_number(3, date(1980, 5, 20), "f"), "女", "1980年6月"],
        ["赵六", sheets.id_number(4, date(1980, 5, 20), "f"), "", "1980-05-21"],
    ]
    found = judged(sheets.roster(*rows, header=header))
    assert kinds(found) == [
        ("sex-conflict", 3, "性别"),
        ("birth-conflict", 4, "出生年月"),
        ("birth-conflict", 5, "出生年月"),
    ]


def test_a_number_twice_names_the_other_row() -> None:
    first = Tab("一支部", [HEADER, *people(3)])
    second = Tab("二支部", [HEADER, person(9), person(1)])
    found = judged(sheets.xlsx(first, second))
    (problem,) = found.problems
    assert (problem.kind, problem.sheet, problem.row) == ("duplicate-in-file", "二支部", 3)
    assert (problem.facts["sheet"], problem.facts["other"]) == ("一支部", 3)


def test_titles_notes_totals_and_signatures_are_no_people() -> None:
    rows = [
        ["某局机关党委党员花名册"],
        ["填报单位：某局机关党委", None, None, "填报日期：2026年7月1日"],
        [],
        HEADER,
        ["示例", "张三", sheets.id_number(400), "", "第一党支部", "在职", "2001.07"],
        *people(4),
        list(HEADER),
        person(4),
        [9, None, None, None, None, None, None],
        ["小计", "5人"],
        ["合计", 5, 5],
        ["填表人：", "王某", None, "19900001111", "审核人：李某"],
        ["审核人：赵某", None, "制表日期：2026年11月"],
        ["注：本表一式两份"],
        [None, None, None, "（盖章）"],
        [None, None, None, "2026年7月1日"],
    ]
    found = judged(sheets.xlsx(Tab("Sheet1", rows, ["A1:G1", "A2:C2"])))
    assert (found.people, kinds(found)) == (5, [])
    assert [row.row for row in found.rows] == [6, 7, 8, 9, 11]


def test_a_person_is_not_lost_to_a_remark_that_reads_like_a_footer() -> None:
    rows = [1, "张三", None, None, "备注：在外地"], [2, "李四", "说明：待补"]
    found = judged(sheets.roster(*rows))
    assert {problem.row for problem in found.problems} == {2, 3}
    assert found.people == 2


def test_a_row_of_a_person_without_any_number_is_not_skipped() -> None:
    found = judged(sheets.roster(*people(2), [3, None, None, "19900001111", "", "", "2001.07"]))
    assert kinds(found) == [("name-missing", 4, "姓名"), ("id-missing", 4, "身份证号")]


def test_a_branch_merged_over_its_block_counts_for_all_of_it() -> None:
    rows = [person(order, 所在党支部=None) for order in range(6)]
    rows[0][4] = "第一党支部"
    rows[4][4] = "第二党支部"
    found = judged(sheets.xlsx(Tab("Sheet1", [HEADER, *rows], ["E2:E5", "E6:E7"])))
    assert [row.branch for row in found.rows] == ["第一党支部"] * 4 + ["第二党支部"] * 2


def test_a_branch_written_once_for_its_block_without_merging_counts_too() -> None:
    rows = [person(order, 所在党支部="") for order in range(6)]
    rows[0][4] = "第一党支部"
    rows[3][4] = "第二党支部"
    found = judged(sheets.text([HEADER, *rows]))
    assert [row.branch for row in found.rows] == ["第一党支部"] * 3 + ["第二党支部"] * 3


def test_one_forgotten_branch_is_asked_about() -> None:
    rows = people(20)
    rows[7] = person(7, 所在党支部="")
    assert kinds(judged(sheets.roster(*rows))) == [("branch-unknown", 9, "所在党支部")]


def test_bands_between_the_rows_name_branches() -> None:
    header = ["序号", "姓名", "身份证号"]
    rows = [
        ["一、第一党支部（2人）"],
        [1, sheets.name(1), sheets.id_number(1)],
        [2, sheets.name(2), sheets.id_number(2)],
        ["二、第二党支部（1人）"],
        [3, sheets.name(3), sheets.id_number(3)],
    ]
    found = judged(sheets.roster(*rows, header=header))
    assert [row.branch for row in found.rows] == ["第一党支部", "第一党支部", "第二党支部"]


def test_one_sheet_a_branch() -> None:
    header = ["序号", "姓名", "身份证号"]
    tabs = [
        Tab(title, [header, [1, sheets.name(order), sheets.id_number(order)]])
        for order, title in enumerate(["办公室", "业务一科", "离退休党支部"])
    ]
    found = judged(sheets.xlsx(*tabs))
    assert [row.branch for row in found.rows] == ["办公室", "业务一科", "离退休党支部"]


def test_without_any_branch_the_units_only_one_is_meant() -> None:
    content = sheets.roster([sheets.name(1), sheets.id_number(1)], header=["姓名", "身份证号"])
    assert judged(content, {"机关党支部": 4}).rows[0].branch == "机关党支部"
    assert judged(content).rows[0].branch == "某局"
    found = judged(content, {"第一党支部": 4, "第二党支部": 5})
    assert (kinds(found), found.rows) == ([("column-missing", 1, "所在党支部")], [])


def test_an_unknown_branch_comes_with_the_nearest_known() -> None:
    rows = people(3)
    rows[1] = person(1, 所在党支部="办公是党支部")
    held = {"办公室党支部": 1, "第一党支部": 2, "第二党支部": 3}
    found = judged(sheets.roster(*rows), held)
    assert kinds(found) == [("branch-unknown", 3, "所在党支部")]
    assert found.problems[0].facts["nearest"] == "办公室党支部"


def test_hidden_sheets_are_read_only_when_asked() -> None:
    content = sheets.xlsx(
        Tab("在册", [HEADER, *people(2)]),
        Tab("旧名单", [HEADER, person(7)], hidden=True),
        Tab("说明", [["填写说明"], ["请按要求填写"]]),
        Tab("空表", []),
    )
    found = judged(content)
    skipped = [(one.sheet, one.kind) for one in found.leftovers if one.kind in SHEETS]
    assert (found.people, skipped) == (
        2,
        [("旧名单", "hidden"), ("说明", "no-header"), ("空表", "empty")],
    )
    assert judged(content, hidden=True).people == 3


def test_a_missing_column_is_said_once() -> None:
    rows = [[sheets.name(order), "19900001111"] for order in range(4)]
    found = judged(sheets.roster(*rows, header=["姓名", "手机"]))
    assert kinds(found) == [("column-missing", 1, "身份证号")]
    assert (found.people, found.rows) == (4, [])


def test_status_and_grade_may_stand_in_either_column() -> None:
    header = ["姓名", "身份证号", "人员类别", "党员状态"]
    rows = [
        [sheets.name(1), sheets.id_number(1), "在职正式党员", ""],
        [sheets.name(2), sheets.id_number(2), "预备党员", "离退休"],
        [sheets.name(3), sheets.id_number(3), "入党积极分子", "在职"],
    ]
    found = judged(sheets.roster(*rows, header=header))
    assert [(row.standing, row.grade) for row in found.rows] == [
        ("in-service", "full"),
        ("retired", "probationary"),
    ]
    assert kinds(found) == [("status-unknown", 4, "人员类别")]
    assert found.in_service == 1


def test_yes_means_retired_when_the_header_asks_so() -> None:
    header = ["姓名", "身份证号", "是否退休"]
    rows = [[sheets.name(n), sheets.id_number(n), word] for n, word in enumerate("是否")]
    found = judged(sheets.roster(*rows, header=header))
    assert [row.standing for row in found.rows] == [Standing.RETIRED, Standing.IN_SERVICE]


def test_a_table_that_begins_below_and_to_the_right_keeps_its_row_numbers() -> None:
    shifted = [[None, None, *row] for row in [HEADER, *people(2), person(3, 手机="1")]]
    found = judged(sheets.xlsx(Tab("Sheet1", [[], [], *shifted])))
    assert [row.row for row in found.rows] == [4, 5]
    assert found.problems[0].row == 6


def test_formulas_markup_and_sql_are_text() -> None:
    row = person(1, 所在党支部="第一党支部")
    header = [*HEADER, "特长", "住址"]
    found = judged(
        sheets.text([header, [*row, '=HYPERLINK("x")', "'; DROP TABLE people_person;--<b>"]])
    )
    assert (note(found.rows[0], "specialty"), note(found.rows[0], "address")) == (
        '=HYPERLINK("x")',
        "'; DROP TABLE people_person;--<b>",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding(encoding: str, delimiter: str) -> None:
    rows = [HEADER, *people(3), person(3, 姓名="䶮䶮")]
    found = judged(sheets.text(rows, encoding, delimiter))
    assert (found.people, kinds(found)) == (4, [])
    assert found.rows[3].name == "䶮䶮"
    assert [row.row for row in found.rows] == [2, 3, 4, 5]


def test_an_old_excel_file_is_read_with_its_merges() -> None:
    rows = [person(order, 所在党支部="") for order in range(3)]
    rows[0][4] = "第一党支部"
    content = sheets.xls(Tab("名册", [HEADER, *rows], ["E2:E4"]), Tab("旧", [HEADER], hidden=True))
    found = judged(content)
    assert [row.branch for row in found.rows] == ["第一党支部"] * 3
    assert [(one.sheet, one.kind) for one in found.leftovers] == [("旧", "hidden")]
