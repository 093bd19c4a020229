"""The pure decisions about needs: what may be asked twice, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.kernel.errors import Refused
from baodao.needs.rules.life import check_close
from baodao.needs.rules.likeness import alike, bigrams, likeness
from baodao.needs.rules.requests import NeedFacts, check_facts

LAMP = "三号楼楼道灯坏了，晚上看不见"
LAMP_PAIRS = bigrams(LAMP)


@pytest.mark.parametrize(
    "other", ["3号楼楼道灯坏了好几天，晚上看不见", "三号楼 楼道灯坏了！", "楼道灯坏了晚上看不见路"]
)
def test_the_same_in_other_words_is_alike(other: str) -> None:
    assert alike(LAMP_PAIRS, {1: bigrams(other)}) == [1]


@pytest.mark.parametrize("other", ["想请人教用手机挂号", "晚上噪声大", "灯", "", "！！"])
def test_something_else_is_not_alike(other: str) -> None:
    assert alike(LAMP_PAIRS, {1: bigrams(other)}) == []


def test_the_likeliest_stands_first_and_there_are_at_most_five() -> None:
    others = {n: bigrams(LAMP + "字" * n * 4) for n in range(8)}
    assert alike(LAMP_PAIRS, others) == [0, 1, 2, 3, 4]


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_and_the_same_from_both_sides(one: str, other: str) -> None:
    first, second = bigrams(one), bigrams(other)
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, second) == likeness(second, first)


@given(st.text(min_size=2, max_size=80))
def test_nothing_is_more_alike_than_itself(text: str) -> None:
    assert likeness(bigrams(text), bigrams(text)) in (0.0, 1.0)


def test_what_is_typed_is_kept_without_space_around_it() -> None:
    facts = NeedFacts("  修水龙头 ", "other", " 3号楼 ", asker=" 王阿姨 ")
    clean = check_facts(facts, ["other"])
    assert (clean.text, clean.place, clean.asker) == ("修水龙头", "3号楼", "王阿姨")


def test_a_reason_is_owed_only_without_help() -> None:
    assert check_close(met=True, reason="") == ""
    assert check_close(met=False, reason=" 已列入改造计划 ") == "已列入改造计划"
    with pytest.raises(Refused):
        check_close(met=False, reason="无")
