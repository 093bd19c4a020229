"""Words of rosters as officials write them: status, headers, branches."""

from datetime import date

import pytest

from baodao.people.rules.standing import Grade, Standing
from baodao.rosters.facts import ROSTER
from baodao.rostersheets.rules.branches import Branches, branch_name, is_branch_name
from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.words import sex_of, stand_of, yes_or_no
from baodao.spreadsheets.cells import column_letter, note_of, text_of
from tests.rosters import sheets

GOOD = sheets.id_number(3, date(1980, 5, 1))


@pytest.mark.parametrize(
    ("word", "standing", "grade"),
    [
        ("在职", Standing.IN_SERVICE, None),
        ("在 岗", Standing.IN_SERVICE, None),
        ("是", Standing.IN_SERVICE, None),
        ("离退休", Standing.RETIRED, None),
        ("退休（返聘）", Standing.RETIRED, None),
        ("否", Standing.RETIRED, None),
        ("挂职（驻村）", Standing.SECONDED, None),
        ("流动党员", Standing.ELSEWHERE, None),
        ("正式党员", None, Grade.FULL),
        ("预备党员/借调", Standing.SECONDED, Grade.PROBATIONARY),
        ("在职正式党员", Standing.IN_SERVICE, Grade.FULL),
        ("", None, None),
    ],
)
def test_a_status_word_is_understood(
    word: str, standing: Standing | None, grade: Grade | None
) -> None:
    stand = stand_of(word)
    assert (stand.known, stand.standing, stand.grade) == (True, standing, grade)


@pytest.mark.parametrize(
    "word", ["已调出", "不在岗", "入党积极分子", "去世", "=在职", "在职/退休", "退休、在职"]
)
def test_a_status_word_is_never_guessed(word: str) -> None:
    assert not stand_of(word).known


def test_small_words() -> None:
    assert [sex_of(word) for word in ("男", "女 性", "F", "不详")] == ["m", "f", "f", ""]
    assert [yes_or_no(word) for word in ("是", "外地", "")] == [True, False, None]
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
    assert [note_of(cell, 4) for cell in ("无", "/", "N/A", "篮球和足球")] == [
        "",
        "",
        "",
        "篮球和足",
    ]
    assert [text_of(cell) for cell in (3.0, 3.5, "a\u200bb\tc", True)] == [
        "3",
        "3.5",
        "ab c",
        "True",
    ]


@pytest.mark.parametrize(
    ("title", "fact"),
    [
        ("姓  名", RosterFact.NAME),
        ("党员姓名", RosterFact.NAME),
        ("姓名 Name", RosterFact.NAME),
        ("基本情况/姓名", RosterFact.NAME),
        ("公民身份号码", RosterFact.ID_NUMBER),
        ("身份证件号码（18位，文本）", RosterFact.ID_NUMBER),
        ("*身份证号：", RosterFact.ID_NUMBER),
        ("联系电话\n(手机)", RosterFact.PHONE),
        ("联系方式/手机", RosterFact.PHONE),
        ("人员状态", RosterFact.STANDING),
        ("是否在职", RosterFact.STANDING),
        ("在职党员/离退休党员", RosterFact.STANDING),
        ("离休/在岗", RosterFact.STANDING),
        ("加入党组织日期", RosterFact.JOINED_ON),
        ("所在党支部名称", RosterFact.BRANCH),
        ("是否居住在本市", RosterFact.LIVES_IN_CITY),
        ("是否居住在本区", None),
        ("是否居住本区", None),
        ("配偶姓名", None),
        ("入党介绍人", None),
        ("支部书记", None),
        ("出生地", None),
        ("工作单位", None),
        ("备注", None),
    ],
)
def test_a_header_names_its_fact(title: str, fact: str | None) -> None:
    assert ROSTER.headers.meaning(title).own == fact


def test_the_header_is_found_below_titles_and_notes() -> None:
    rows = [
        ["某某机关党委党员名册"] * 4,
        ["填报单位：某局", "", "联系电话：0990-1234567", ""],
        ["基本情况", "基本情况", "联系方式", "联系方式"],
        ["姓名", "身份证号", "手机", "家庭住址"],
        ["张三", GOOD, "19900001234", "东岸区"],
    ]
    header = ROSTER.headers.find(rows)
    assert header is not None
    assert (header.top, header.bottom) == (3, 3)
    assert [column.fact for column in header.columns] == ["name", "id_number", "phone", "address"]


def test_a_header_of_two_levels_is_joined() -> None:
    rows = [["姓名", "个人信息", ""], ["", "身份证号", "性别"], ["张三", GOOD, "男"]]
    header = ROSTER.headers.find(rows)
    assert header is not None
    assert (header.top, header.bottom) == (0, 1)
    assert header.titles == ("姓名", "个人信息/身份证号", "性别")


def test_what_a_clerk_said_of_a_column_comes_first() -> None:
    rows = [["姓名", "编号", "电话"]]
    header = ROSTER.headers.find(rows, {"编号": "id_number", "电话": ""})
    assert header is not None
    assert [column.fact for column in header.columns] == ["name", "id_number"]


@pytest.mark.parametrize(
    "name",
    ["第一党支部", "第1党支部", "一支部", "第 １ 支部", "中共某局第一支部委员会", "某局第一党支部"],
)
def test_a_branch_is_found_by_every_spelling(name: str) -> None:
    assert Branches({"第一党支部": 7, "办公室党支部": 8}, "某局").find(name) == 7


def test_an_unknown_branch_is_not_taken_for_another() -> None:
    held = Branches({"第一党支部": 7, "办公室党支部": 8}, "某局")
    assert held.find("第十一党支部") is None
    assert held.find("办公室") == 8
    assert held.nearest("办公事党支部") == "办公室党支部"
    assert [held.nearest(name) for name in ("综合处党支部", "离退休党支部", "第四党支部")] == [
        None
    ] * 3


def test_a_title_can_name_a_branch() -> None:
    assert branch_name("一、第一党支部（12人）") == "第一党支部"
    assert [
        is_branch_name(title) for title in ("第一党支部", "机关总支", "Sheet1", "党员名册")
    ] == [
        True,
        True,
        False,
        False,
    ]
