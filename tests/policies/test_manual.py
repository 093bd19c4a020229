"""The manual's page of policies: every example that it teaches can be applied."""

import re
from datetime import date
from pathlib import Path

import pytest

from baodao.policies.rules.assessments import assess
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.grammar import RuleSet, WindowSpan
from baodao.policies.rules.guided import GuidedLine, GuidedPolicy, GuidedSteps, text_of
from baodao.policies.rules.measures import DeedKind, SubjectKind
from baodao.policies.rules.requirements import Fulfilment
from baodao.policies.rules.samples import Sample, last_day, sample_facts, samples_of

PAGE = Path(__file__).parents[2] / "docs/manual/supervisor/policies.md"
TEXTS = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
DAY = date(2026, 5, 1)


def _example(rules: RuleSet, times: int, minutes: int = 120) -> Fulfilment | None:
    samples = {one.kind: Sample(one.kind, times, minutes) for one in samples_of(rules)}
    return assess(rules, sample_facts(rules, samples, DAY), last_day(rules, DAY)).state


@pytest.mark.parametrize("text", TEXTS)
def test_an_example_of_the_manual_can_be_applied(text: str) -> None:
    rules = read_policy(text)
    assert _example(rules, 6) is not Fulfilment.MISSED


def test_every_thing_to_count_that_the_manual_names_is_known() -> None:
    row = next(line for line in PAGE.read_text().splitlines() if line.startswith("| 计算什么"))
    words = re.findall(r"`(?:count: )?([a-z-]+)`", row)
    assert len(words) > 10
    assert {*words} <= {one.value for one in DeedKind}


def test_the_second_example_asks_for_both_halves_and_for_hours_or_activities() -> None:
    rules = read_policy(TEXTS[1])
    assert _example(rules, 6, 120) is Fulfilment.MET
    assert _example(rules, 3, 60) is Fulfilment.MISSED
    assert _example(rules, 4, 10) is Fulfilment.MET


@pytest.mark.parametrize("are_stars", [False, True])
def test_fields_write_a_text_that_says_the_same(are_stars: bool) -> None:
    lines = (
        GuidedLine(DeedKind.SERVICE, 2, every=WindowSpan.HALF_YEAR),
        GuidedLine(DeedKind.SERVICE, 10, is_hours=True),
    )
    steps = GuidedSteps(DeedKind.SERVICE, 1, 1, 20, (("一星", 10), ("二星: 优", 30)), are_stars)
    policy = GuidedPolicy("办法“一”: 试行", "文件", SubjectKind.PERSON, lines=lines, steps=steps)
    rules = read_policy(text_of(policy))
    assert rules.name == policy.name
    levels = rules.outcome.stars if are_stars else rules.outcome.bands
    assert levels
    assert [(one.grade, one.from_) for one in levels.steps] == [*steps.steps]
    assert _example(rules, 6) is Fulfilment.MET
    assert _example(rules, 3) is Fulfilment.MISSED
