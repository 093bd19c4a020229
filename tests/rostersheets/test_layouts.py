"""Layouts of rosters as officials make them: bands, long names, merged rows, days before months."""

from datetime import date

import pytest

from baodao.people.rules.names import name_of
from baodao.rostersheets.rules.roster import RosterJudgement, RosterScope
from baodao.spreadsheets.date_orders import DateForm
from baodao.spreadsheets.leftovers import LeftoverKind
from tests.rosters import sheets
from tests.rosters.sheets import Tab, Value
from tests.rostersheets.test_exits import judged, judged_by, kinds

Rows = list[list[Value]]
ONE, TWO, THREE = ([sheets.name(n), sheets.id_number(n)] for n in range(1, 4))


def table(*rows: list[Value], header: list[Value] | None = None, **looks: list[str]) -> bytes:
    return sheets.xlsx(Tab("Sheet1", [header or ["姓名", "身份证号"], *rows], **looks))


def stands(found: RosterJudgement) -> list[tuple[int, str, str | None]]:
    return [(row.row, row.branch, row.standing) for row in found.rows]


@pytest.mark.parametrize(
    "bands",
    [
        [["一、第一党支部"], ["二、离退休党支部"], ["三、流动党员"]],
        [["一", "第一党支部"], ["二", "离退休党支部"], ["三", "流动党员"]],
        [["（一）", "第一党支部"], ["（二）", "离退休党支部"], ["（三）", "流动党员"]],
        [["1.第一党支部"], ["2.离退休党支部"], ["3.流动党员"]],
        [["1", "第一党支部（1人）"], ["2", "离退休党支部（1人）"], ["3", "流动党员（1人）"]],
    ],
)
def test_a_band_numbered_like_that_of_a_branch_is_not_within_it(bands: Rows) -> None:
    found = judged(table(bands[0], ONE, bands[1], TWO, bands[2], THREE))
    assert stands(found) == [(3, "第一党支部", None), (5, "离退休党支部", None)]
    assert kinds(found) == [(7, "branch-unknown")]


@pytest.mark.parametrize("last", ["流动党员", "（二）流动党员"])
def test_a_band_without_a_number_or_with_a_lower_one_is_within_the_branch(last: str) -> None:
    found = judged(table(["一、第一党支部"], ["（一）在职党员"], ONE, [last], TWO))
    assert stands(found) == [
        (4, "第一党支部", "in-service"),
        (6, "第一党支部", "elsewhere"),
    ]


def test_numbered_departments_after_a_branch_are_branches() -> None:
    found = judged(table(["1.第一党支部"], ONE, ["2.机关"], TWO, ["3.后勤"], THREE))
    assert [branch for _, branch, _ in stands(found)] == ["第一党支部", "机关", "后勤"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("艾合买提 买买提 吐尔逊", "艾合买提·买买提·吐尔逊"),
        ("买买提 艾力江", "买买提·艾力江"),
        ("阿卜杜拉　买买提　吐尔逊", "阿卜杜拉·买买提·吐尔逊"),
        ("阿卜杜拉·买买提 吐尔逊", "阿卜杜拉·买买提·吐尔逊"),
        ("伊力亚斯 阿布力孜 玉山", "伊力亚斯·阿布力孜·玉山"),
        ("马依木江 吐尔地", "马依木江·吐尔地"),
        ("吾布力 喀斯木", "吾布力·喀斯木"),
        ("布威海丽且木 图尔荪", "布威海丽且木·图尔荪"),
        ("巴特尔 孟和", "巴特尔·孟和"),
        ("洛桑 旦增", "洛桑旦增"),
        ("欧阳 娜娜", "欧阳娜娜"),
        ("张 三 丰", "张三丰"),
        ("陈晓 郝宇", "陈晓郝宇"),
    ],
)
def test_a_name_of_parts_keeps_them(typed: str, name: str) -> None:
    assert name_of(typed) == name


def test_a_name_of_three_parts_is_one_person_and_two_names_are_two() -> None:
    found = judged(table(["艾合买提 买买提 吐尔逊", ONE[1]], ["陈晓宇 郝一鸣", TWO[1]]))
    assert [row.name for row in found.rows] == ["艾合买提·买买提·吐尔逊"]
    assert kinds(found) == [(3, "several-people")]


@pytest.mark.parametrize("dot", "·•・‧∙⋅･▪．.﹒。●◦⦁᛫⸱ꞏ˙")
def test_every_dot_between_the_parts_of_a_name_is_one(dot: str) -> None:
    found = judged(table([f"阿卜杜拉{dot}买买提 {dot} 吐尔逊", ONE[1]]))
    assert [row.name for row in found.rows] == ["阿卜杜拉·买买提·吐尔逊"]


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("张三 李四", 2),
        ("张三.李四", 2),
        ("张三、李四 王五明", 3),
        ("王小明 阿卜杜拉", 2),
        ("张三明 买买提·艾力", 2),
        ("买买提·艾力 阿卜杜拉·吐尔逊", 2),
        ("阿卜杜拉\n买买提", 2),
        ("扎西 次仁 卓玛", 3),
        ("乜小红 仉明", 2),
    ],
)
def test_the_people_of_one_cell_are_told(typed: str, people: int) -> None:
    found = judged(table([typed, ONE[1]]))
    assert (found.people, kinds(found)) == (people, [(2, "several-people")])


@pytest.mark.parametrize(
    ("typed", "people", "others"),
    [("陈晓宇、郝一鸣", 2, 0), ("制表人、审核人", 0, 1), ("第一党支部 第二党支部", 0, 1)],
)
def test_two_names_alone_are_people_and_other_words_are_not(
    typed: str, people: int, others: int
) -> None:
    found = judged(table(ONE, [typed]))
    assert (found.people, found.other_rows) == (1 + people, others)


@pytest.mark.parametrize("typed", ["欧阳 娜娜", "司马 相如", "洛桑 旦增", "吾布力 喀斯木", "张 三"])
def test_one_person_of_parts_is_one(typed: str) -> None:
    found = judged(table([typed, ONE[1]]))
    assert (found.people, len(found.rows)) == (1, 1)


def test_a_very_long_name_without_other_facts_is_a_person() -> None:
    found = judged(table(ONE, ["买买提艾力吐尔逊江阿卜杜热合曼江"], TWO))
    assert (found.people, kinds(found)) == (3, [(3, "id-missing")])


def test_a_person_merged_over_two_rows_is_one() -> None:
    header: list[Value] = ["姓名", "身份证号", "手机", "特长"]
    rows: Rows = [[*ONE, "19900001111", "法律"], ["", "", "", "书法"], [*TWO, "", "医疗"]]
    found = judged(table(*rows, header=header, merges=["A2:A3", "B2:B3", "C2:C3"]))
    assert [row.row for row in found.rows] == [2, 4]
    assert (found.people, found.other_rows) == (2, 1)
    (second,) = [one for one in found.leftovers if one.kind == LeftoverKind.ROWS_SECOND]
    assert (second.where, second.text) == ("3", "书法")


def test_another_number_under_a_merged_name_is_told() -> None:
    found = judged(table(ONE, ["", TWO[1]], merges=["A2:A3"]))
    assert kinds(found) == [(3, "name-missing")]


@pytest.mark.parametrize(
    ("days", "joined"),
    [
        (["5/1/2005", "13/4/2006"], [date(2005, 1, 5), date(2006, 4, 13)]),
        (["5/1/2005", "4/13/2006"], [date(2005, 5, 1), date(2006, 4, 13)]),
        (["05-01-2005", "13-04-2006"], [date(2005, 1, 5), date(2006, 4, 13)]),
        (["5/5/2005", "6/6/2006"], [date(2005, 5, 5), date(2006, 6, 6)]),
    ],
)
def test_a_column_tells_whether_the_day_stands_first(days: list[str], joined: list[date]) -> None:
    people = [[*person, day] for person, day in zip((ONE, TWO), days, strict=True)]
    found = judged(table(*people, header=["姓名", "身份证号", "入党时间"]))
    assert found.problems == []
    assert [row.joined_on for row in found.rows] == joined


@pytest.mark.parametrize(
    ("days", "kind"),
    [(["5/1/2005", "6/7/2006"], "date-order"), (["13/4/2005", "4/13/2006"], "date-invalid")],
)
def test_what_can_be_both_or_neither_is_asked(days: list[str], kind: str) -> None:
    people = [[*person, day] for person, day in zip((ONE, TWO), days, strict=True)]
    found = judged(table(*people, header=["姓名", "身份证号", "入党时间"]))
    assert kinds(found) == [(2, kind), (3, kind)]


@pytest.mark.parametrize(
    ("order", "joined"),
    [
        ("day", [date(2005, 1, 5), date(2006, 7, 6)]),
        ("month", [date(2005, 5, 1), date(2006, 6, 7)]),
    ],
)
def test_what_can_be_both_is_read_as_somebody_says(order: str, joined: list[date]) -> None:
    people = [
        [*person, day] for person, day in zip((ONE, TWO), ["5/1/2005", "6/7/2006"], strict=True)
    ]
    content = table(*people, header=["姓名", "身份证号", "入党时间"])
    read = judged_by(content, RosterScope(dates={DateForm.YEAR_LAST: order}))
    assert (read.problems, [row.joined_on for row in read.rows]) == ([], joined)
    assert [(one.text, one.is_said) for one in read.dates] == [("5/1/2005", True)]


def test_a_year_in_two_digits_is_read_where_only_it_can_stand_first_and_the_number_agrees() -> None:
    header: list[Value] = ["姓名", "身份证号", "出生日期", "入党时间"]
    found = judged(table([*ONE, "80.5.1", "06.7.1"], [*TWO, "", "98.12.30"], header=header))
    assert [row.joined_on for row in found.rows] == [date(2006, 7, 1), date(1998, 12, 30)]
    assert [one.text for one in found.dates] == ["80.5.1"]


def test_birthdays_in_the_numbers_decide_for_all_dates_of_the_table() -> None:
    header: list[Value] = ["姓名", "身份证号", "出生日期", "入党时间"]
    found = judged(table([*ONE, "5/1/1980", "6/7/2006"], header=header))
    assert [row.joined_on for row in found.rows] == [date(2006, 6, 7)]
    other = judged(table([*ONE, "1/5/1980", "6/7/2006"], header=header))
    assert [row.joined_on for row in other.rows] == [date(2006, 7, 6)]
    wrong = judged(table([*ONE, "2/5/1980", "6/7/2006"], header=header))
    assert wrong.rows == []
