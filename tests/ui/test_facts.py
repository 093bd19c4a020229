"""The facts of the journal in words: codes, days, yes and no, lists; what is empty says nothing."""

import pytest
from django.utils import translation

from baodao.accounts.rules import SWITCHES
from baodao.ui.facts import told_facts, value_words


@pytest.mark.parametrize(
    ("name", "value", "chinese", "english"),
    [
        ("role", "community-worker", "社区专干", "community worker"),
        ("kind", "team", "服务队", "service team"),
        ("fields", ["position", "phone"], "职务、联系电话", "Position、Telephone"),
        ("until", "2026-11-30", "2026年11月30日", "Nov. 30, 2026"),
        ("met", True, "是", "yes"),
        ("met", False, "否", "no"),
        ("count", 0, "0", "0"),
        ("bytes", 2048, "2.0\xa0KB", "2.0\xa0KB"),
        ("role", "of-a-later-version", "of-a-later-version", "of-a-later-version"),
    ],
)
def test_a_fact_is_told_in_words(name: str, value: object, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert value_words(name, value) == chinese
    with translation.override("en"):
        assert value_words(name, value) == english


def test_a_switch_is_called_by_its_name() -> None:
    with translation.override("en"):
        assert {value_words("switch", key) for key in SWITCHES} == {
            one.name for one in SWITCHES.values()
        }


def test_what_is_empty_is_not_told() -> None:
    key = "01a22dfa-05de-7000-8134-4a48c4bed4f4"
    facts = {"until": "", "reason": None, "topics": [], "count": 0, "roster": key}
    assert [words for _name, words in told_facts(facts)] == ["0"]
