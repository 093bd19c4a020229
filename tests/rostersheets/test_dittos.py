"""同上 in a cell means the cell above, where two people may have that in common; it is told."""

import pytest

from baodao.rosters.facts import NOTES
from baodao.rostersheets.rules.roster import RosterJudgement, RosterScope
from tests.rosters import sheets
from tests.rosters.sheets import Tab, Value
from tests.rostersheets.test_exits import judged_by, kinds

HEADER: list[Value] = ["姓名", "身份证号", "手机", "所在党支部", "人员状态", "民族", "是否居住本市"]


def row(order: int, *more: Value) -> list[Value]:
    return [sheets.name(order), sheets.id_number(order), *more]


ROWS = [
    HEADER,
    row(0, "13800000001", "第一党支部", "退休", "回族", "否"),
    row(1, "13800000002", "同上", "〃", "同上", "同上"),
    row(2, "13800000003", "〃", "在职", '"', "是"),
    row(3, "同上", "第二党支部", "同上", "汉族", "〃"),
    row(4, "同上", "同上", "退休", "", ""),
]


def judged(**scope: bool) -> RosterJudgement:
    return judged_by(sheets.xlsx(Tab("Sheet1", ROWS)), RosterScope(**scope))


def test_what_several_people_have_in_common_is_read_from_the_cell_above_and_told() -> None:
    found = judged(phones_above=True)
    assert (found.people, found.problems, found.in_service) == (5, [], 2)
    assert [one.standing for one in found.rows] == [
        "retired",
        "retired",
        *["in-service"] * 2,
        "retired",
    ]
    ethnicity = NOTES.index("ethnicity")
    assert [one.notes[ethnicity] for one in found.rows] == ["回族", "回族", "回族", "汉族", ""]
    assert [one.lives_in_city for one in found.rows] == [False, False, True, True, None]
    assert [one.branch[1] for one in found.rows] == ["一", "一", "一", "二", "二"]
    told = {one.column: one.facts["rows"] for one in found.remarks if one.kind == "above"}
    assert told == {
        "手机": "5–6",
        "所在党支部": "3–4、6",
        "人员状态": "3、5",
        "民族": "3–4",
        "是否居住本市": "3、5",
    }


@pytest.mark.parametrize(
    ("scope", "phones"),
    [({"phones_above": True}, ["13800000003"] * 2), ({"phones_above": False}, ["", ""])],
)
def test_a_telephone_is_the_one_above_or_none_as_somebody_says(
    scope: dict[str, bool], phones: list[str]
) -> None:
    assert [one.phone for one in judged(**scope).rows[3:]] == phones


def test_until_somebody_says_so_it_is_asked_whose_telephone_it_is() -> None:
    found = judged()
    assert kinds(found) == [(5, "phone-above"), (6, "phone-above")]
    assert len(found.rows) == 3
