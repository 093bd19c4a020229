"""Small rosters whose cells are the trouble: who is a person, and what each number says."""

from datetime import date
from pathlib import Path

import pytest

from baodao.people.rules.standing import Standing
from baodao.rostersheets.rules.problems import (
    COLUMN_ORDER,
    COLUMN_ROUNDED,
    REMARKS,
    RosterProblem,
)
from baodao.rostersheets.rules.roster import RosterJudgement
from tests.rosters import sheets
from tests.rosters.sheets import person
from tests.rostersheets.test_rules_judgement import judged

CASES = Path(__file__).with_name("cases")
Problems = list[tuple[int, str]]
MONTHS = ["姓名", "身份证号", "出生年月", "手机"]

RIGHT: dict[str, tuple[int, int, Problems]] = {
    "c01_birth_month_as_date.xlsx": (10, 10, []),
    "c02_rounded_ids.csv": (22, 0, [(1, "id-precision-lost")]),
    "c16b_documents.xlsx": (
        11,
        4,
        [*((row, "id-document") for row in range(5, 10)), (11, "id-checksum"), (12, "id-checksum")],
    ),
    "c19_footers.xlsx": (5, 5, []),
    "c19b_department_reads_like_total.xlsx": (6, 4, [(4, "id-checksum"), (6, "id-missing")]),
    "c20_several_in_one_cell.xlsx": (3, 1, [(2, "several-people")]),
    "d10_alt_enter_phones.xlsx": (4, 4, []),
    "e01_department_first.xlsx": (
        6,
        3,
        [(4, "id-checksum"), (5, "id-missing"), (6, "id-missing")],
    ),
    "e02_mark_and_no_number.xlsx": (5, 3, [(3, "id-missing"), (5, "id-missing")]),
    "e03_branches_forgotten.xlsx": (
        9,
        6,
        [(4, "branch-unknown"), (6, "branch-unknown"), (10, "branch-unknown")],
    ),
}
"""Of each file: people, those without a problem, and the problems by row."""


def case(name: str) -> RosterJudgement:
    return judged((CASES / name).read_bytes())


def rows_of(problems: list[RosterProblem]) -> Problems:
    return [(problem.row, problem.kind) for problem in problems]


def words(problem: RosterProblem) -> str:
    return problem.message % problem.facts


@pytest.mark.parametrize("name", RIGHT)
def test_a_case_has_its_right_value(name: str) -> None:
    judgement = case(name)
    people, good, problems = RIGHT[name]
    assert (judgement.people, len(judgement.rows)) == (people, good)
    assert rows_of(judgement.problems) == problems
    assert judgement.in_service == people


def test_months_that_excel_kept_as_days_are_months() -> None:
    judgement = case("c01_birth_month_as_date.xlsx")
    assert [row.row for row in judgement.rows] == list(range(2, 12))
    assert judgement.rows[0].born_on == date(1966, 2, 3)


def born_as(*days: sheets.Value) -> RosterJudgement:
    people = [
        [sheets.name(order), sheets.id_number(order, date(1980, 5, 17)), day, f"199{order:08d}"]
        for order, day in enumerate(days)
    ]
    return judged(sheets.roster(*people, header=MONTHS))


def test_a_wrong_day_in_a_column_of_days_stays_a_problem() -> None:
    judgement = born_as(date(1980, 5, 17), date(1980, 5, 1), "1980.05")
    assert rows_of(judgement.problems) == [(3, "birth-conflict")]
    assert len(judgement.rows) == 2


def test_another_month_is_a_problem_in_a_column_of_months() -> None:
    judgement = born_as(date(1980, 5, 1), date(1980, 6, 1), date(1980, 5, 1))
    assert rows_of(judgement.problems) == [(3, "birth-conflict")]


def rounded(*orders: int) -> list[list[sheets.Value]]:
    return [person(order, 身份证号=sheets.id_number(order)[:15] + "000") for order in orders]


def test_a_column_that_lost_its_digits_is_told_once_with_the_remedy() -> None:
    (problem,) = case("c02_rounded_ids.csv").problems
    assert (problem.column, problem.message) == ("身份证号", COLUMN_ROUNDED)
    assert problem.facts == {"letter": "B", "count": 22, "rows": "2–23"}


def test_a_few_rounded_numbers_are_told_in_their_rows() -> None:
    judgement = judged(sheets.roster(*map(person, range(8)), *rounded(8, 9)))
    assert rows_of(judgement.problems) == [(10, "id-precision-lost"), (11, "id-precision-lost")]
    assert (judgement.people, len(judgement.rows)) == (10, 8)


def joined_as(*days: sheets.Value) -> RosterJudgement:
    people = (person(order, 入党时间=day) for order, day in enumerate(days))
    return judged(sheets.roster(*people))


def test_a_column_of_unreadable_dates_is_told_once_with_the_remedy() -> None:
    judgement = joined_as("7/1/2005", "8/2/2006", "9/3/2007", "2008.07")
    (problem,) = judgement.problems
    assert (problem.row, problem.kind, problem.message) == (1, "date-order", COLUMN_ORDER)
    assert problem.facts == {"letter": "G", "count": 3, "rows": "2–4", "value": "7/1/2005"}
    assert (judgement.people, len(judgement.rows)) == (4, 1)


def test_a_few_unreadable_dates_are_told_in_their_rows() -> None:
    judgement = joined_as("7/1/2005", "2006.07", "去年", "2008.07", "2009年7月1日")
    assert rows_of(judgement.problems) == [(2, "date-order"), (4, "date-invalid")]
    assert (judgement.people, len(judgement.rows)) == (5, 3)


LUCKY = "990000198005180000"
"""It passes the check digit, as one in eleven rounded numbers does."""


def test_a_valid_number_that_ends_in_zeros_is_good_among_whole_ones() -> None:
    judgement = judged(sheets.roster(*map(person, range(4)), person(5, 身份证号=LUCKY)))
    assert (judgement.problems, len(judgement.rows)) == ([], 5)


def test_a_valid_number_that_ends_in_zeros_is_no_good_beside_rounded_ones() -> None:
    rows = [*map(person, range(8)), *rounded(9), person(10, 身份证号=LUCKY)]
    judgement = judged(sheets.roster(*rows))
    assert rows_of(judgement.problems) == [(10, "id-precision-lost"), (11, "id-precision-lost")]


def test_the_same_valid_number_with_zeros_twice_is_twice_in_the_file() -> None:
    rows = [person(order, 身份证号=LUCKY) for order in range(2)]
    judgement = judged(sheets.roster(*map(person, range(3, 9)), *rows))
    assert rows_of(judgement.problems) == [(9, "duplicate-in-file")]


def test_rounded_numbers_are_not_told_as_twice_in_the_file() -> None:
    rows = [person(order, 身份证号=LUCKY) for order in range(4)]
    judgement = judged(sheets.roster(*rows))
    assert rows_of(judgement.problems) == [(1, "id-precision-lost")]
    assert (judgement.people, len(judgement.rows)) == (4, 0)


def test_telephones_that_are_not_kept_are_told() -> None:
    judgement = case("d10_alt_enter_phones.xlsx")
    phones = ["13912716217", "13912724136", "13912732055", "13912739974"]
    assert [row.phone for row in judgement.rows] == phones
    assert rows_of(judgement.remarks) == [(row, "phone-others") for row in range(2, 6)]
    others = [remark.facts["others"] for remark in judgement.remarks]
    assert others == ["029-******11", "139****1111", "139****1112", "029-******11"]


def test_a_telephone_of_the_family_is_told_and_not_kept() -> None:
    judgement = judged(sheets.roster(person(1, 手机="家属：19900001111")))
    assert (len(judgement.rows), judgement.rows[0].phone) == (1, "")
    assert [words(remark) for remark in judgement.remarks] == [
        REMARKS["phone-of-another"] % {"others": "199****1111"}
    ]


@pytest.mark.parametrize(
    ("row", "document"),
    [
        (5, "港澳居民来往内地通行证（回乡证）"),
        (6, "台湾居民来往大陆通行证（台胞证）"),
        (7, "护照"),
        (8, "军官证（警官证）"),
        (9, "外国人永久居留身份证（旧版）"),
    ],
)
def test_another_document_is_named_with_the_way_to_enter_it(row: int, document: str) -> None:
    problem = next(p for p in case("c16b_documents.xlsx").problems if p.row == row)
    assert document in words(problem)
    assert "Add a member" in words(problem)


@pytest.mark.parametrize(
    ("names", "numbers", "people"),
    [
        ("张三、李四", "", 2),
        ("张三\n李四", "", 2),
        ("张小三 李小四", "", 2),
        ("张三，李四，王五", "", 3),
        ("张三", f"{sheets.id_number(1)} {sheets.id_number(2)}", 2),
        ("张三/李四", f"{sheets.id_number(1)}/{sheets.id_number(2)}", 2),
        ("张小三\n李小四", sheets.id_number(1), 2),
    ],
)
def test_several_people_in_one_row_are_counted_and_told(
    names: str, numbers: str, people: int
) -> None:
    rows = [person(0), person(1, 姓名=names, 身份证号=numbers)]
    judgement = judged(sheets.roster(*rows))
    assert (judgement.people, len(judgement.rows)) == (1 + people, 1)
    assert rows_of(judgement.problems) == [(3, "several-people")]
    assert judgement.problems[0].facts["count"] == people


@pytest.mark.parametrize(
    "name", ["张 三", "欧阳娜娜", "买买提·艾力", "张\n三", "John Smith", "司马 相如"]
)
def test_a_name_with_blanks_in_it_is_one_person(name: str) -> None:
    judgement = judged(sheets.roster(person(1, 姓名=name)))
    assert (judgement.people, len(judgement.rows)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("闻澄（男）", "闻澄"),
        ("闻澄 (男)", "闻澄"),
        ("闻澄*", "闻澄"),
        ("★闻澄", "闻澄"),
        ("闻澄（书记）", "闻澄"),
        ("闻澄【组长】", "闻澄"),
    ],
)
def test_a_mark_beside_a_name_is_no_obstacle(name: str, kept: str) -> None:
    judgement = judged(sheets.roster(person(1, 姓名=name)))
    assert [row.name for row in judgement.rows] == [kept]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("闻澄（女）", "sex-conflict"),
        ("闻澄（已故）", "perhaps-died"),
        ("闻澄（退休）", "status-unknown"),
    ],
)
def test_a_mark_that_says_something_else_is_asked_about(name: str, kind: str) -> None:
    judgement = judged(sheets.roster(person(1, 姓名=name)))
    assert [problem.kind for problem in judgement.problems] == [kind]


def test_a_mark_tells_the_standing_where_no_column_does() -> None:
    judgement = judged(sheets.roster(person(1, 姓名="闻澄（退休）", 人员状态="")))
    assert [row.standing for row in judgement.rows] == [Standing.RETIRED]
    assert (judgement.in_service, judgement.remarks) == (0, [])


def test_a_mark_that_says_nothing_known_is_told() -> None:
    (remark,) = judged(sheets.roster(person(1, 姓名="闻澄*"))).remarks
    assert words(remark) == REMARKS["name-mark"] % {"value": "*"}


@pytest.mark.parametrize(
    "department",
    [
        "汇总科",
        "合计科",
        "统计汇总处",
        "注册2科",
        "说明书编写组",
        "审核处",
        "负责联系科：西区",
        "制表室",
        "其中",
    ],
)
def test_somebody_of_any_department_is_a_person(department: str) -> None:
    header = ["科室", "姓名", "身份证号", "手机", "党支部"]
    rows = [
        [department, "张三", "", "19900001111", "第一党支部"],
        [department, "李四", "补办中", "", "第一党支部"],
        [department, "王五", sheets.id_number(3)[:17], "", "第一党支部"],
    ]
    judgement = judged(sheets.roster(*rows, header=header))
    assert judgement.people == 3
    assert [problem.row for problem in judgement.problems] == [2, 3, 4]


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "", 5],
        ["", "合计：5人"],
        ["本页小计", 5],
        ["共5人"],
        ["", "其中：女党员3名"],
        ["填表人：张三", "", "", "联系电话：19900001111"],
        ["填表人：", "张三", "", "19900001111"],
        ["", "", "", "制表人：张三", "", "", "2026年3月"],
        ["", "支部书记签字："],
        ["", "备注"],
        ["", "注：1.本表一式两份"],
        ["", "（以下空白）"],
        ["", "2026年3月5日"],
        ["", "*标注者为困难党员"],
        ["", "完"],
        ["", "党员总数", 5],
        [7],
    ],
)
def test_lines_below_the_people_are_none(row: list[sheets.Value]) -> None:
    judgement = judged(sheets.roster(person(0), row))
    assert (judgement.people, judgement.problems) == (1, [])


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        ([2, "张三"], ["id-missing", "branch-unknown"]),
        (["", "", "", "19900001111"], ["name-missing", "id-missing", "branch-unknown"]),
        (["", "", sheets.id_number(9)], ["name-missing", "branch-unknown"]),
        (
            ["", "", "", "19900001111", "第一党支部", "", "2000年1月1日"],
            ["name-missing", "id-missing"],
        ),
        (["合计科", "张三", "", "", "第一党支部", "在职"], ["id-missing"]),
    ],
)
def test_who_is_hardly_told_is_a_person_with_problems(
    row: list[sheets.Value], kinds: list[str]
) -> None:
    judgement = judged(sheets.roster(person(0), person(1), person(2), person(3), row))
    assert judgement.people == 5
    assert [problem.kind for problem in judgement.problems] == kinds


BRANCHES = ["第一党支部", "第二党支部", "第三党支部"]


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        ([0, None, None, 1, None, None], []),
        ([0, None, None, 0, None, None, 1, None, None], []),
        ([0, 1, None, 1, None, 0], [4, 6]),
        ([0, 0, None, 0, 0, 1, 1, 1, None], [4, 10]),
        ([0, 1, 2, 0, None], [6]),
    ],
)
def test_a_branch_is_filled_down_only_in_blocks(cells: list[int | None], asked: list[int]) -> None:
    rows = [
        person(order, 所在党支部="" if branch is None else BRANCHES[branch])
        for order, branch in enumerate(cells)
    ]
    judgement = judged(sheets.roster(*rows))
    assert rows_of(judgement.problems) == [(row, "branch-unknown") for row in asked]
    assert judgement.people == len(judgement.rows) + len(asked)
