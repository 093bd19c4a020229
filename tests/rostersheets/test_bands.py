"""Bands over the rows of a roster: whom they name, whom not, and how many they say there are."""

import pytest

from baodao.rostersheets.rules.problems import BRANCH_GROUP
from baodao.spreadsheets.leftovers import LeftoverKind
from tests.rosters import sheets
from tests.rosters.sheets import Tab, Value, xlsx
from tests.rostersheets.test_exits import judged, kinds
from tests.rostersheets.test_layouts import ONE, THREE, TWO, Rows, stands, table

FOUR = [sheets.name(4), sheets.id_number(4)]
OTHER_BANDS = [
    *("其他", "其他人员", "其它党员", "【其他】", "[其他]", "B. 其他", "（三）其他", "——其他——"),
    *("其他（1人）", "其他 1 人", "挂靠人员", "人事代理", "女党员", "领导班子", "局领导", "第一组"),
    *("办公室", "机关科室", "①其他人员", "第三部分 其他"),
]


@pytest.mark.parametrize("text", OTHER_BANDS)
@pytest.mark.parametrize("place", ["order", "name", "merged", "repeated"])
def test_a_band_that_says_nothing_of_its_people_is_no_person(text: str, place: str) -> None:
    header: list[Value] = ["序号", "姓名", "身份证号", "手机"]
    bands: dict[str, list[Value]] = {
        "order": ["二", text],
        "name": ["", text],
        "merged": [text],
        "repeated": [text] * 4,
    }
    merges = ["A4:D4"] if place == "merged" else []
    rows: Rows = [["第一党支部"], [1, *ONE], bands[place], [2, *TWO]]
    found = judged(table(*rows, header=header, merges=merges))
    assert (found.people, kinds(found)) == (2, [])
    assert {branch for _, branch, _ in stands(found)} == {"第一党支部"}
    (band,) = [one for one in found.leftovers if one.kind == LeftoverKind.ROWS_BAND]
    assert (band.count, found.other_rows) == (2, 2)


def test_others_after_the_retired_are_not_retired() -> None:
    found = judged(table(["一、离退休党员"], ONE, ["二、其他人员"], TWO))
    assert stands(found) == [(3, "某局", "retired"), (5, "某局", None)]


def test_some_of_the_retired_are_retired() -> None:
    found = judged(table(["离退休党员"], ONE, ["女党员"], TWO))
    assert [stand for _, _, stand in stands(found)] == ["retired", "retired"]


@pytest.mark.parametrize("band", ["三、其他", "三、挂靠人员", "三、领导班子成员"])
def test_others_numbered_like_a_branch_are_no_branch(band: str) -> None:
    found = judged(table(["一、第一党支部"], ONE, ["二、第二党支部"], TWO, [band], THREE))
    assert kinds(found) == [(7, "branch-unknown")]


@pytest.mark.parametrize("text", ["A. 第一党支部", "①第一党支部", "甲、第一党支部", "[第一党支部]"])
def test_the_order_before_a_branch_is_no_part_of_it(text: str) -> None:
    found = judged(table([text], ONE, TWO))
    assert [branch for _, branch, _ in stands(found)] == ["第一党支部", "第一党支部"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["一、在职党员（2人）"], ONE, TWO, ["二、退休党员（2人）"], THREE], "退休党员(2人) ≠ 1"),
        ([["第一党支部（3人）"], ["在职党员 1人"], ONE, ["退休党员 1人"], TWO], "(3人) ≠ 2"),
        ([["一、在职党员", "", "3人"], ONE, TWO], "在职党员 3人 ≠ 2"),
        ([["二", "在职党员", "3人"], ONE, TWO], "二 在职党员 3人 ≠ 2"),
        ([["一、在职党员（1人）"], ONE, TWO[:1]], "在职党员(1人) ≠ 2"),
    ],
)
def test_a_count_in_a_band_is_held_against_the_rows_below(rows: Rows, told: str) -> None:
    header: list[Value] = ["姓名", "身份证号", "手机"]
    found = judged(table(*rows, header=header))
    (count,) = [one for one in found.leftovers if one.kind == LeftoverKind.COUNTS]
    assert (count.text.endswith(told), count.count) == (True, 1)
    assert found.other_rows == sum(len(row) != 2 and row != TWO[:1] for row in rows)


def test_counts_that_agree_are_not_told() -> None:
    rows: Rows = [["第一党支部（3人）"], ["在职党员（2人）"], ONE, TWO, ["其他 1人"], THREE]
    found = judged(table(*rows))
    assert LeftoverKind.COUNTS not in {one.kind for one in found.leftovers}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["第一党小组"], ONE, ["第二党小组（2人）"], TWO, THREE], "某局 某局 某局"),
        (
            [["第一党支部"], ["第一党小组"], ONE, ["第二党小组"], TWO, ["第二党支部"], THREE],
            "第一党支部 第一党支部 第二党支部",
        ),
        (
            [
                ["一、第一党支部"],
                ["（一）第一党小组"],
                ONE,
                ["（二）第二党小组"],
                TWO,
                ["二、机关"],
                THREE,
            ],
            "第一党支部 第一党支部 机关",
        ),
        (
            [["第一党小组"], ["第一党支部"], ["一小组"], TWO, ["第二党支部第一党小组"], THREE],
            "第一党支部 第二党支部",
        ),
        ([["第一党支部第一党小组"], ONE, ["第一党支部第二党小组"], TWO], "第一党支部 第一党支部"),
        ([["一、第一党支部"], ["1.党小组"], ONE, ["2.综合"], TWO], "第一党支部 第一党支部"),
    ],
)
def test_a_group_is_within_its_branch_and_is_none(rows: Rows, told: str) -> None:
    found = judged(table(*rows))
    assert [branch for _, branch, _ in stands(found)] == told.split()
    bands = [one.count for one in found.leftovers if one.kind == LeftoverKind.ROWS_BAND]
    assert bands == [sum(len(row) == 1 for row in rows)]
    assert LeftoverKind.COUNTS not in {one.kind for one in found.leftovers}


def test_a_group_says_how_its_people_stand_until_it_ends() -> None:
    rows: Rows = [["第一党支部"], ["离退休党小组（1人）"], ONE, ["第一党小组（2人）"], TWO]
    found = judged(table(*rows))
    assert [stand for _, _, stand in stands(found)] == ["retired", None]
    (count,) = [one for one in found.leftovers if one.kind == LeftoverKind.COUNTS]
    assert count.text == "第一党小组(2人) ≠ 1"
    nested: Rows = [["二、退休党员"], ["第一党小组"], ONE, ["第二党小组"], TWO, ["三、其他"], THREE]
    assert [stand for _, _, stand in stands(judged(table(*nested)))] == ["retired", "retired", None]


@pytest.mark.parametrize(
    ("title", "sheet", "branch"),
    [
        ("第一党支部第二党小组党员名册", "Sheet1", "第一党支部"),
        ("第二党小组党员名册", "Sheet1", "某局"),
        ("党员名册", "第一党支部第二党小组", "第一党支部"),
        ("党员名册", "第二党小组", "某局"),
    ],
)
def test_a_title_or_a_sheet_named_after_a_group_names_its_branch_or_none(
    title: str, sheet: str, branch: str
) -> None:
    found = judged(xlsx(Tab(sheet, [[title], ["姓名", "身份证号"], ONE])))
    assert [one for _, one, _ in stands(found)] == [branch]


def test_a_group_in_the_column_of_branches_is_asked_about() -> None:
    cells = ["第一党支部", "第一党支部第一党小组", "第一党支部/第二小组", "第三党小组"]
    people = zip([ONE, TWO, THREE, FOUR], cells, strict=True)
    rows: Rows = [[*one, cell] for one, cell in people]
    found = judged(table(*rows, header=["姓名", "身份证号", "所在党支部"]))
    assert [branch for _, branch, _ in stands(found)] == ["第一党支部"] * 3
    (problem,) = found.problems
    assert (problem.kind, problem.message) == ("branch-unknown", BRANCH_GROUP)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([ONE, TWO, ["合计", 3]], "合计 3 ≠ 2"),
        ([ONE, TWO, ["", "合计：3人"]], "合计:3人 ≠ 2"),
        ([ONE, TWO, ["共3名党员，其中女党员2名"]], "共3名党员,其中女党员2名 ≠ 2"),
        ([ONE, TWO, ["党员总数：3"]], "党员总数:3 ≠ 2"),
        (
            [["第一党支部"], ONE, TWO, ["第一党支部小计3人"], ["第二党支部"], THREE, ["合计：3人"]],
            "第一党支部小计3人 ≠ 2",
        ),
        ([ONE, ["本页小计", 1], TWO, THREE, ["本页小计", 3], ["总计", 3]], ""),
        ([["第一党支部"], ONE, ["小计：1人"], ["第二党支部"], TWO, THREE, ["小计：2人"]], ""),
        ([ONE, TWO, ["合计", "", 350], ["离退休党员共1人"], ["其中：女党员人数1人"]], ""),
        ([["第一党支部（合计2人）"], ONE, TWO, ["第二党支部合计1人"], THREE], ""),
        ([[*ONE, "第一党支部"], [*TWO, "第一党支部"], ["第一党支部合计：2人"]], ""),
    ],
)
def test_a_total_is_held_against_the_rows_above(rows: Rows, told: str) -> None:
    found = judged(table(*rows, header=["姓名", "身份证号", "党费"]))
    counts = [one.text for one in found.leftovers if one.kind == LeftoverKind.COUNTS]
    assert (counts, found.people) == (
        [told] if told else [],
        len([r for r in rows if len(r) > 1 and len(str(r[1])) == 18]),
    )


def test_a_count_in_a_title_is_that_of_its_table_its_sheet_or_the_file() -> None:
    header: list[Value] = ["姓名", "身份证号"]
    first = Tab("在职", [["某局党员花名册（共3人）"], header, ONE, TWO])
    found = judged(xlsx(first, Tab("退休", [["退休党员1人"], header, THREE])))
    kinds_of = {one.kind for one in found.leftovers}
    assert LeftoverKind.COUNTS not in kinds_of
    (count,) = [one for one in judged(xlsx(first)).leftovers if one.kind == LeftoverKind.COUNTS]
    assert count.text == "某局党员花名册(共3人) ≠ 2"
