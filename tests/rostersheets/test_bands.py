"""Bands over the rows of a roster: whom they name, whom not, and how many they say there are."""

import pytest

from baodao.spreadsheets.leftovers import LeftoverKind
from tests.rosters.sheets import Value
from tests.rostersheets.test_exits import judged, kinds
from tests.rostersheets.test_layouts import ONE, THREE, TWO, Rows, stands, table

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
