"""The papers say of every policy what it is by default, between which bounds and by whom it is set;
the manual names no such number that is not the default of a policy."""

import re
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from baodao.orgs.queries.policies import words_of
from baodao.orgs.rules.policies import GROUPS, POLICIES, Alternative, Amount, Policy, TimeOfDay
from baodao.orgs.rules.tree import Kind
from tests.docs.papers import Paper, manual
from tests.environment import ROOT

OPERATIONS = ROOT / "docs" / "operations" / "policies.md"
VALUES = ROOT / "docs" / "manual" / "values.md"
LINK = re.compile(r"\[([^\]]+)\]\((?:\.\./)?values\.md#([^)]+)\)")
TERM = re.compile(r"[\d一二两三四五六七八九十]+ ?个工作日")
"""The unit in which only policies are counted: it never stands without its link."""

each_page = pytest.mark.parametrize("paper", manual(), ids=str)


def _bounds(policy: Policy[Any]) -> str:
    if isinstance(policy, Amount | TimeOfDay):
        bounds = {"least": words_of(policy, policy.least), "most": words_of(policy, policy.most)}
        return gettext("From %(least)s to %(most)s.") % bounds
    if isinstance(policy, Alternative):
        return " / ".join(gettext(words) for words in policy.answers.values())
    return "—"


def _levels(policy: Policy[Any]) -> str:
    return "、".join(gettext(kind.words) for kind in Kind if kind in policy.levels)


def _row(policy: Policy[Any], *, mark: str) -> str:
    facts = (gettext(policy.question), words_of(policy, policy.default))
    return f"| {mark} | {' | '.join((*facts, _bounds(policy), _levels(policy)))} |"


def _expected(language: str, mark: str) -> list[str]:
    """The rows of a table; their order is free."""
    with translation.override(language):
        return sorted(
            _row(policy, mark=mark % {"key": policy.key, "group": gettext(heading)})
            for heading, policies in GROUPS.items()
            for policy in policies
        )


def _rows(text: str, first: str) -> list[str]:
    return sorted(line for line in text.splitlines() if line.startswith(first))


def test_the_page_of_operations_tells_every_policy() -> None:
    assert _rows(OPERATIONS.read_text(), "| `") == _expected("en", "`%(key)s`")


def test_the_page_of_the_manual_tells_every_policy() -> None:
    rows = _rows(VALUES.read_text(), "| <a")
    assert rows == _expected("zh-hans", '<a id="%(key)s"></a>%(group)s')


@each_page
def test_a_number_that_leads_to_the_values_is_the_default(paper: Paper) -> None:
    wrong = [
        (words, key)
        for words, key in LINK.findall(paper.text)
        if words != words_of(POLICIES[key], POLICIES[key].default)
    ]
    assert wrong == []


@each_page
def test_a_number_of_working_days_leads_to_the_values(paper: Paper) -> None:
    if paper.path != VALUES:
        assert TERM.findall(LINK.sub("", paper.text)) == []
