"""Registers as communities keep them: merged households, bands, totals, ages, numbers in words."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baodao.householdsheets.rules.buildings import (
    AddressPart,
    address_below,
    narrowed,
    parts_named,
)
from baodao.householdsheets.rules.households import RegisterRules
from baodao.householdsheets.rules.words import categories_of, grade_of, relation_of
from baodao.kernel.errors import Refused
from baodao.residents.rules.entries import check_free_words
from baodao.residents.rules.households import CATEGORIES, Relation, SupportGrade
from baodao.spreadsheets.cells import Cell
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.spreadsheets.workbooks import Merge
from tests.householdsheets.sheets import HEADER, RULES, YEAR, kinds, streamed, table, told
from tests.rosters.sheets import Tab, id_number

GAO = (1, "高凤英", "高凤英", "户主", 1948, "19900008881", "8号楼402", "大病")
SON = ("", "", "高建国", "子", 1970, "", "", "")
LI = (2, "李善良", "李善良", "户主", 1960, "", "9号楼101", "低保、残疾")


def test_a_household_in_merged_cells_is_one_and_what_the_cells_say_holds_for_all() -> None:
    rows = [HEADER, GAO, SON, ("", "", "高小满", "孙女", 2018, "", "", ""), LI]
    read = table(Tab("台账", rows, merges=("B2:B4", "F2:F4", "G2:G4", "H2:H4")))
    assert told(read) == {"高凤英": ["高凤英", "高建国", "高小满"], "李善良": ["李善良"]}
    assert kinds(read) == []
    gao, li = (one.facts for one in read.households)
    assert (gao.entry.phone, gao.entry.address) == ("19900008881", "8号楼402")
    assert gao.support.categories == ["illness"]
    assert list(li.support.categories) == ["minimum", "disability"]
    assert [person.relation for person in gao.people] == ["head", "child", "grandchild"]


def test_without_a_column_of_heads_the_relation_parts_the_households() -> None:
    rows = [
        ["柳荫里社区困难群众台账"],
        ["姓名", "与户主关系", "身份证号码", "住址", "困难情况"],
        ["高凤英", "本人", id_number(1), "8号楼402", "腿脚不便"],
        ["高建国", "长子", id_number(2), "", ""],
        ["李善良", "户主", id_number(3), "9号楼101", "独居"],
        ["合计", "3人", "", "", ""],
        ["填表人：周某", "", "", "", ""],
    ]
    read = table(Tab("2026", rows))
    assert told(read) == {"高凤英": ["高凤英", "高建国"], "李善良": ["李善良"]}
    assert read.notes.counts == {"numbers": 3}
    assert all(person.born == 1980 for one in read.households for person in one.facts.people)
    assert {left.kind for left in read.leftovers} == {
        LeftoverKind.ROWS_ABOVE,
        LeftoverKind.ROWS_MARGIN,
    }


def test_one_row_a_household_is_a_household_each_also_of_one_name() -> None:
    rows = [
        ["序号", "户主姓名", "现住址", "电话", "类别", "关注等级", "网格", "备注"],
        [1, "高凤英", "8号楼402", "0990-5501111", "五保户", "重点", "第一网格", "常来"],
        [2, "高凤英", "3号楼101", "", "失独家庭", "一般关注", "", ""],
        [3, "李善良", "9号楼101", "", "特别困难", "红色", "第九网格", ""],
    ]
    read = table(Tab("", rows))
    assert [one.facts.entry.address for one in read.households] == ["8号楼402", "3号楼101"]
    first = read.households[0].facts
    assert (first.support.grade, first.support.grid_id, first.people) == ("close", 7, [])
    assert kinds(read) == [(4, "category"), (4, "grade"), (4, "grid")]
    assert read.notes.counts == {"heads": 2, "hardship": 2}
    assert [left.text for left in read.leftovers if left.kind == LeftoverKind.COLUMN_UNKNOWN]


def test_everything_wrong_with_a_household_is_told_by_row_and_the_household_is_left_out() -> None:
    rows = [
        HEADER,
        GAO,
        ("", "", "高建国", "干儿子", "七零年", "", "", ""),
        LI,
        ("", "", "", "妻", 1962, "", "", ""),
        (3, "王大有", "王大有", "户主", 1890, "12345", "7号楼", "大病"),
        (4, "钱多", "钱二", "户主", 1950, "", "6号楼", "大病"),
        (5, "孙好", "孙好", "户主", 1950, "", "5号楼", f"大病 {id_number(9)}"),
        (6, "王女士", "王女士", "户主", 1950, "", "4号楼", "大病"),
        (7, "赵*民", "赵*民", "户主", 1950, "", "3号楼", "大病"),
        (8, "周红", "周红", "户主", 1950, "", "2号楼", "大病"),
        *[("", "", "周明", "子", born, "", "", "") for born in (1980, 1982, 1980)],
    ]
    read = table(Tab("台账", rows))
    assert told(read) == {}
    assert kinds(read) == [
        *[(3, "born"), (3, "relation")],
        (5, "name-missing"),
        *[(6, "born-range"), (6, "phone")],
        (7, "other-head"),
        (8, "category"),
        (9, "name-not-whole"),
        (10, "name"),
        (14, "person-twice"),
    ]
    assert read.rows == 13


ADDRESSES = [
    (("1号楼",), "402", "1号楼402"),
    (("1号楼",), "", "1号楼"),
    (("1号楼", "2单元"), "402室", "1号楼2单元402室"),
    (("1号楼", "2单元", "3号楼"), "402", "3号楼402"),
    (("二、柳荫里小区3栋（12户）",), "东单元402", "柳荫里小区3栋东单元402"),
    (("十二号楼住户", "2单元"), "2-402", "十二号楼2-402"),
    (("A座",), "a座1201", "a座1201"),
    (("3楼",), "3楼402", "3楼402"),
    (("1号楼",), "柳荫路8号一栋402", "柳荫路8号一栋402"),
    (("柳荫里小区",), "柳荫路8号一栋402", "柳荫路8号一栋402"),
    (("1号楼",), "11号楼402", None),
    (("1号楼",), "2-1-402", None),
    (("1号楼", "2单元"), "1号楼402", None),
    (("1号楼",), "柳荫路8号402", None),
    (("低保户", "第一网格", "敬老院", "2026年"), "402", "402"),
]


@pytest.mark.parametrize(("bands", "own", "whole"), ADDRESSES)
def test_an_address_below_bands_of_buildings(
    bands: tuple[str, ...], own: str, whole: str | None
) -> None:
    above: tuple[AddressPart, ...] = ()
    for band in bands:
        above = narrowed(above, parts_named(band))
    assert address_below(above, own) == whole


def test_bands_and_sheets_of_buildings_enter_the_addresses_below_them() -> None:
    header = ("姓名", "与户主关系", "出生年份", "家庭住址", "困难类别")
    first = [
        header,
        ("1号楼",),
        ("高凤英", "户主", 1948, "402", "大病"),
        ("高建国", "子", 1970, "", ""),
        ("", "2单元"),
        ("李善良", "户主", 1960, "101", "大病"),
        ("二、3号楼",),
        ("王大有", "户主", 1960, "4号楼101", "大病"),
    ]
    second = [header, ("钱多", "户主", 1950, "2单元301", "大病")]
    read = table(Tab("台账", first, merges=("A2:E2",)), Tab("5号楼", second))
    assert [one.facts.entry.address for one in read.households] == [
        *("1号楼402", "1号楼2单元101", "5号楼2单元301"),
    ]
    assert [one.building for one in read.households] == ["1号楼", "1号楼2单元", "5号楼"]
    assert told(read)["高凤英"] == ["高凤英", "高建国"]
    assert kinds(read) == [(8, "address-below")]
    assert {left.kind for left in read.leftovers} == {LeftoverKind.ROWS_BAND}


def test_who_is_gone_by_a_remark_is_never_filed_in_silence() -> None:
    remarks = ("已去世", "2025年3月搬走", "父亲去世", "拟搬家", "2024年辞职", "户口已迁出")
    names = [f"王{one}" for one in "甲乙丙丁戊己"]
    people = [
        (order, name, name, "户主", 1950, "7号楼", said)
        for order, (name, said) in enumerate(zip(names, remarks, strict=True))
    ]
    header = ("序号", "户主", "姓名", "与户主关系", "出生年份", "家庭住址", "备注")
    old = Tab("2025年（旧）", [header, *people[:1]])
    read = table(Tab("台账", [header, *people]), old)
    assert kinds(read) == [(2, "gone"), (3, "gone"), (7, "gone")]
    assert list(told(read)) == ["王丙", "王丁", "王戊"]
    left = {(one.kind, one.sheet) for one in read.leftovers}
    assert left == {("column-unknown", "台账"), ("past-list", "2025年（旧）")}


def test_hidden_sheets_struck_rows_examples_and_repeated_headers_are_told() -> None:
    rows = [HEADER, ("", "（示例）张三", "张三", "户主", 1950, "", "", "低保"), GAO, HEADER, LI]
    struck = Tab("台账", rows, struck=("C5",))
    read = table(struck, Tab("旧", [HEADER, GAO], hidden=True))
    assert told(read) == {"高凤英": ["高凤英"]}
    assert {left.kind for left in read.leftovers} == {
        *(LeftoverKind.ROWS_EXAMPLE, LeftoverKind.ROWS_HEADER, LeftoverKind.ROWS_STRUCK),
        LeftoverKind.SHEET_HIDDEN,
    }
    assert (
        len(table(struck, Tab("旧", [HEADER, GAO], hidden=True), include_hidden=True).households)
        == 2
    )


def test_ages_children_and_numbers_of_households_that_share_them() -> None:
    rows = [
        ["户号", "姓名", "年龄", "与户主关系", "家庭地址", "困难类型"],
        ["A1", "高凤英", "77岁", "户主", "8号楼", "困境儿童"],
        ["A1", "高小满", 8, "孙女", "", ""],
        ["A2", "李善良", 66, "户主", "9号楼", "独居老人"],
    ]
    rules = RegisterRules(RULES.categories, {}, YEAR, writes_children=False)
    read = table(Tab("", rows), rules=rules)
    assert told(read) == {"高凤英": ["高凤英"], "李善良": ["李善良"]}
    assert read.notes.counts == {"ages": 3, "children": 1, "hardship": 2}
    assert [person.born for person in read.households[0].facts.people] == [YEAR - 77]


def test_a_sheet_without_known_headings_tells_its_columns_and_an_empty_one_is_refused() -> None:
    read = table(Tab("表", [["甲", "乙"], ["高凤英", "8号楼402"]]))
    assert not read.has_header
    assert read.seen_columns
    taught = {"甲": "name", "乙": "address"}
    assert told(table(Tab("表", [["甲", "乙"], ["高凤英", "8号楼402"]]), choices=taught))
    with pytest.raises(Refused, match=r"register\.no-header"):
        table(Tab("表", [[""]]))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"身份证{id_number(4)}，腿脚不便", "household.id-number"),
        ("身份证 " + " ".join((id_number(4)[:6], id_number(4)[6:14], id_number(4)[14:])), "id"),
        ("身份证110000198005010000", "household.id-number"),  # one digit mistyped
        ("电话19900008881", "household.phone-number"),
        ("电话 199-0000-8881", "phone"),
        ("补助1200元，8号楼402，2026年3月起透析", ""),
        ("证号990000198005010000", ""),
    ],
)
def test_numbers_of_people_are_refused_within_words(text: str, code: str) -> None:
    if not code:
        check_free_words(text)
        return
    with pytest.raises(Refused, match=code):
        check_free_words(text)


def test_words_of_registers() -> None:
    assert [relation_of(one) for one in ("长女", "户 主", "外孙女", "邻居")] == [
        *(Relation.CHILD, Relation.HEAD, Relation.GRANDCHILD),
        None,
    ]
    assert grade_of("重点帮扶") == SupportGrade.CLOSE
    assert grade_of("A") is None
    own = {**dict.fromkeys(CATEGORIES, ""), "新业态就业人员家庭": "新业态就业人员家庭"}
    assert categories_of("低保；新业态就业人员家庭；怪", own) == (
        ["minimum", "新业态就业人员家庭"],
        ["怪"],
    )


SURNAMES, GIVEN = "高李王赵钱孙周吴", ("凤英", "建国", "小满", "善良", "大有")
RELATIONS = ("配偶", "子", "女", "父亲", "孙女", "其他")


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_every_person_of_any_register_is_read_into_the_household_where_they_stand(
    seed: int,
) -> None:
    random = Random(seed)
    merged, has_relation = random.random() < 0.5, random.random() < 0.8
    columns = ["户主", "姓名", "家庭住址", "困难类别", "出生年份"] + ["与户主关系"] * has_relation
    random.shuffle(columns)
    wanted: dict[str, list[str]] = {}
    rows: list[list[Cell]] = [["台账"]] * random.randrange(3) + [list(columns)]
    merges: list[Merge] = []
    for number in range(random.randrange(1, 6)):
        head = SURNAMES[number] + "老大"
        people = [head] + [
            SURNAMES[number] + GIVEN[one] for one in range(random.randrange(len(GIVEN)))
        ]
        if not has_relation:
            people = [head]
        wanted[head] = people
        top = len(rows) + 1
        for place, name in enumerate(people):
            facts: dict[str, Cell] = {
                "户主": head if not (merged and place) else "",
                "姓名": name,
                "家庭住址": f"{number}号楼" if not place else "",
                "困难类别": "大病",
                "出生年份": 1950 + place,
                "与户主关系": random.choice(RELATIONS) if place else "户主",
            }
            rows.append([facts[one] for one in columns])
        if merged and len(people) > 1:
            place = columns.index("户主")
            merges.append(Merge(top, place, len(rows), place))
        if random.random() < 0.2:
            rows.append(["合计" if one == "姓名" else "" for one in columns])
    read = streamed(rows, merges)
    assert told(read) == wanted
    assert kinds(read) == []
