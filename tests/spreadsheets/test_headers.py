"""Headers of columns: their brackets, whose fact it is, what they ask; decided once."""

import pytest

from baodao.rosters.facts import ROSTER
from baodao.spreadsheets.headers import HeaderWords, UnusedColumn
from baodao.spreadsheets.headings import header_key, heading_of
from baodao.spreadsheets.text import delimiter_of

WORDS = HeaderWords(
    {"name": "姓名 党员", "phone": "手机 联系电话", "day": "日期"}, ("name",), ["党员"]
)


@pytest.mark.parametrize(
    ("title", "fact"),
    [
        ("姓名（配偶）", None),
        ("配偶姓名", None),
        ("家庭成员/姓名", None),
        ("姓名（曾用名）", None),
        ("姓名（含曾用名）", "name"),
        ("联系电话（家属）", None),
        ("联系电话【父】", None),
        ("紧急联系人电话", None),
        ("联系电话（本人）", "phone"),
        ("手机号（短号）", "phone"),
        ("手机归属地", None),
        ("手机号码及短号", "phone"),
        ("身份证号（旧，作废）", None),
        ("身份证号(旧)", None),
        ("原身份证号", None),
        ("旧手机号码", None),
        ("身份证号（现行）", "id_number"),
        ("身份證號", "id_number"),
        ("公民身份證號碼", "id_number"),
        ("身份证有效期", None),
        ("身份证号后四位", None),
        ("党支部（原）", None),
        ("党支部（转入前）", None),
        ("组织关系转入时间", None),
        ("组织关系转入日期", None),
        ("组织关系转出时问", "left_on"),
        ("支部（小组）", "branch"),
        ("党支部职务", "position"),
        ("员工名称", "name"),
        ("同志姓名", "name"),
        ("单位地址", None),
        ("何年何月入党", "joined_on"),
        ("退休时间", "retired_on"),
        ("入党介绍人", None),
        ("在岗与否", "standing"),
        ("退休与否", "standing"),
        ("是否在编", "standing"),
        ("是否为离退休人员", "standing"),
        ("是否已退休", "standing"),
        ("在职/退休", "standing"),
        ("是否有特长", None),
        ("是否困难党员", None),
        ("是否预备党员", "grade"),
        ("是否居住外地", "lives_in_city"),
    ],
)
def test_a_header_is_the_persons_own_present_fact_or_is_not_used(
    title: str, fact: str | None
) -> None:
    assert ROSTER.headers.meaning(title).own == fact


@pytest.mark.parametrize(
    ("title", "opposite"),
    [
        ("是否离退休党员", True),
        ("退休与否", True),
        ("是否已退休", True),
        ("是否离岗", True),
        ("是否在职", False),
        ("在岗与否", False),
        ("是否在编", False),
        ("在职/离退休", False),
        ("人员状态", False),
        ("是否预备党员", True),
        ("是否正式党员", False),
        ("是否居住外地", True),
        ("是否居住本市", False),
    ],
)
def test_a_header_may_ask_for_the_contrary(title: str, opposite: bool) -> None:
    assert ROSTER.headers.meaning(title).opposite is opposite


def test_what_is_not_used_is_told_with_its_reason() -> None:
    titles = ["序号", "姓名（配偶）", "姓名", "手机", "旧手机", "联系电话（本人）", "备注"]
    header = WORDS.find([titles])
    assert header is not None
    assert [(column.fact, column.index) for column in header.columns] == [("name", 2), ("phone", 5)]
    assert header.unused == (
        UnusedColumn(1, "姓名（配偶）", "name", "other"),
        UnusedColumn(3, "手机", "phone", "second"),
        UnusedColumn(4, "旧手机", "phone", "past"),
        UnusedColumn(6, "备注", "", "unknown"),
    )


def test_a_clerks_word_is_remembered_by_the_whole_header_and_wins() -> None:
    rows = [["姓名", "联系电话（家属）", "联系电话（本人）"]]
    header = WORDS.find(rows, {header_key("联系电话（家属）"): "phone"})
    assert header is not None
    assert header.index("phone") == 1
    header = WORDS.find(rows, {header_key("联系电话（本人）"): ""})
    assert header is not None
    assert header.index("phone") is None
    assert {column.reason for column in header.unused} == {"other", "clerk"}


def test_a_hidden_column_loses_against_a_visible_one_and_is_used_alone() -> None:
    rows = [["姓名", "联系电话", "手机（备用）"]]
    header = WORDS.find(rows, concealed={1})
    assert header is not None
    assert header.index("phone") == 2
    assert [(one.index, one.reason) for one in header.unused] == [(1, "hidden")]
    alone = WORDS.find(rows, concealed={1, 2})
    assert alone is not None
    assert alone.index("phone") == 1


def test_the_uppermost_whole_header_is_taken() -> None:
    rows = [["填报", "联系电话"], ["姓名", "手机"], ["甲", "1"], ["姓名", "手机", "日期"]]
    header = WORDS.find(rows)
    assert header is not None
    assert (header.top, header.bottom) == (1, 1)


def test_a_heading_is_taken_apart() -> None:
    heading = heading_of("服务时长（分）")
    assert (heading.core, heading.notes) == ("服务时长", ("分",))
    assert heading_of("在岗与否").question == heading_of("是否在岗人员").question == "是否在岗"


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["姓名,特长", "甲,书法;摄影;合唱", "乙,书法;摄影;合唱"], ","),
        (["姓名;特长", "甲;书法,摄影,合唱", "乙;书法,摄影,合唱"], ";"),
        (["名册", "姓名\t住址", "甲\t1,2,3,4", "乙\t5"], "\t"),
        (["姓名,住址", '"甲","a;b;c"', '"乙,丙","a;b;c"'], ","),
        (["姓名|手机", "甲|1", "乙|2"], "|"),
    ],
)
def test_text_is_parted_by_its_structure(lines: list[str], delimiter: str) -> None:
    assert delimiter_of("\n".join(lines)) == delimiter
