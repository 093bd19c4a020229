"""What can be met in several ways reads as one alternative, is one line with one bar, one day."""

from datetime import date

import pytest
import yaml
from django.utils import translation

from baodao.adoptions.queries.wording import kept_words
from baodao.adoptions.rules.outcomes import outcome_of
from baodao.policies.rules.assessments import assess
from baodao.policies.rules.documents import read_policy
from tests.policies.examples import facts_from

HEAD = """
format: 1
name: 办法
amounts:
  hours: {count: service, label: 服务时长, worth: {hour: 1}}
  times: {count: service, label: 志愿服务}
  visits: {count: visit, label: 走访}
  wishes: {count: wish, label: 微心愿, unit: 个}
  faults: {count: problem-collected, label: 投诉, unit: 件}
"""
HOURS, TIMES = "{amount: hours, at_least: 10}", "{amount: times, at_least: 4}"
VISITS, WISHES = "{amount: visits, at_least: 2}", "{amount: wishes, at_least: 1}"
NO_FAULT = "{none: [{amount: faults, at_least: 1}]}"
SEVEN_HOURS = "[{what: service, date: 2026-02-01, minutes: 210, repeat: 2}]"
WISH = "[{what: wish, date: 2026-02-01}]"
FAULT = "[{what: problem-collected, date: 2026-02-01}]"
SUMMER, LAST = "2026-08-01", "2026-12-31"

BOTH = "服务时长已有 7 小时，要求 10 小时；志愿服务已参加 2 次，要求 4 次"
NONE_DONE = "服务时长已有 0 小时，要求 10 小时；志愿服务已参加 0 次，要求 4 次"
WITH_VISITS = f"{BOTH}；走访已完成 0 次，要求 2 次"
QUARTERS = "每季度志愿服务不少于 1 次，已达到 1 个季度，要求 4 个季度；微心愿已完成 0 个，要求 1 个"
SWAPPED = "志愿服务已参加 2 次，要求 4 次；服务时长已有 7 小时，要求 10 小时"
ALL_THREE = f"{BOTH}；微心愿已完成 0 个，要求 1 个"
CASES = [
    (f"any: [{HOURS}, {TIMES}]", SEVEN_HOURS, SUMMER, f"还差 3 小时，或再参加 2 次：{BOTH}", 70),
    (
        f"any: [{HOURS}, {TIMES}]",
        SEVEN_HOURS,
        LAST,
        f"未达到要求，差 3 小时，或差 2 次：{BOTH}",
        70,
    ),
    (
        f"any: [{TIMES}, {HOURS}]",
        SEVEN_HOURS,
        SUMMER,
        f"还差 2 次，或再服务 3 小时：{SWAPPED}",
        70,
    ),
    (
        f"any: [{HOURS}, {TIMES}, {WISHES}]",
        WISH,
        SUMMER,
        "微心愿：已完成 1 个，已达到要求的 1 个",
        100,
    ),
    (
        f"any: [{HOURS}, {{all: [{TIMES}, {VISITS}]}}]",
        SEVEN_HOURS,
        SUMMER,
        f"还差 3 小时服务时长，或（再参加 2 次志愿服务，并且再完成 2 次走访）：{WITH_VISITS}",
        70,
    ),
    (
        f"any: [{HOURS}, {{any: [{TIMES}, {WISHES}]}}]",
        SEVEN_HOURS,
        SUMMER,
        f"还差 3 小时，或再参加 2 次，或再完成 1 个：{ALL_THREE}",
        70,
    ),
    (
        f"at_least: 2, any: [{HOURS}, {TIMES}, {WISHES}]",
        SEVEN_HOURS,
        SUMMER,
        f"还差 3 小时、再参加 2 次、再完成 1 个，其中须达到 2 项：{ALL_THREE}",
        60,
    ),
    (
        f"at_least: 2, any: [{HOURS}, {TIMES}, {WISHES}]",
        WISH,
        SUMMER,
        f"3 项中须达到 2 项，已达到 1 项，还差 10 小时，或再参加 4 次：{NONE_DONE}",
        50,
    ),
    (
        f"at_least: 2, any: [{HOURS}, {TIMES}, {WISHES}]",
        WISH,
        LAST,
        f"未达到要求，3 项中须达到 2 项，已达到 1 项，差 10 小时，或差 4 次：{NONE_DONE}",
        50,
    ),
    (
        f"any: [{{amount: times, at_least: 1, every: quarter}}, {WISHES}]",
        SEVEN_HOURS,
        SUMMER,
        "还差 1 个微心愿：已完成 0 个，要求 1 个",
        0,
    ),
    (
        f"any: [{{amount: times, at_least: 1, every: quarter}}, {WISHES}]",
        SEVEN_HOURS,
        LAST,
        f"未达到要求，差 3 个季度，或差 1 个：{QUARTERS}",
        25,
    ),
    (
        f"any: [{HOURS}, {NO_FAULT}]",
        SEVEN_HOURS,
        SUMMER,
        "还差 3 小时，或到期末没有“投诉不少于 1 件”的情形：服务时长已有 7 小时，要求 10 小时",
        70,
    ),
]


def _lines(shape: str, deeds: str, day: str) -> tuple[str, list[tuple[str, int | None]], str]:
    """The reason in Chinese, each line with its share, and the day by which something is to be
    done, as they are kept."""
    rules = read_policy(f"{HEAD}outcome: {{pass: {{{shape}}}}}\n")
    facts = facts_from(yaml.safe_load(f"{{deeds: {deeds}}}"))
    outcome = outcome_of(assess(rules, facts, date.fromisoformat(day)), rules, facts)
    with translation.override("zh-hans"):
        lines = [(kept_words(one["words"]), one["share"]) for one in outcome.lines]
        return kept_words(outcome.reason), lines, str(outcome.ends_on)


@pytest.mark.parametrize(("shape", "deeds", "day", "reason", "share"), CASES)
def test_several_ways_are_one_line(
    shape: str, deeds: str, day: str, reason: str, share: int
) -> None:
    told, lines, _ = _lines(shape, deeds, day)
    assert told == reason
    assert lines == [(reason, share)]


@pytest.mark.parametrize("joint", ["all", "at_least: 2, any"])
def test_what_must_all_be_met_is_a_line_each(joint: str) -> None:
    _, lines, _ = _lines(f"{joint}: [{{any: [{HOURS}, {TIMES}]}}, {VISITS}]", SEVEN_HOURS, SUMMER)
    assert lines == [
        (f"还差 3 小时，或再参加 2 次：{BOTH}", 70),
        ("还差 2 次走访：已完成 0 次，要求 2 次", 0),
    ]


@pytest.mark.parametrize(
    ("deeds", "day", "reason", "words"),
    [
        (
            "[]",
            SUMMER,
            "还差 2 次走访：已完成 0 次，要求 2 次",
            "目前没有“投诉不少于 1 件”的情形，期末仍须如此",
        ),
        (
            FAULT,
            SUMMER,
            "有“投诉不少于 1 件”的情形，不符合要求；还差 2 次走访：已完成 0 次，要求 2 次",
            "有“投诉不少于 1 件”的情形，不符合要求",
        ),
        (
            "[{what: visit, date: 2026-02-01, repeat: 2}]",
            LAST,
            "没有“投诉不少于 1 件”的情形，符合要求；走访：已完成 2 次，已达到要求的 2 次",
            "没有“投诉不少于 1 件”的情形，符合要求",
        ),
    ],
)
def test_what_must_not_be_is_told_as_that(deeds: str, day: str, reason: str, words: str) -> None:
    told, lines, _ = _lines(f"all: [{NO_FAULT}, {VISITS}]", deeds, day)
    assert told == reason
    assert lines[0] == (words, None)


@pytest.mark.parametrize(
    ("shape", "ends_on"),
    [
        (f"any: [{HOURS}, {{amount: wishes, at_least: 1, by: 09-30}}]", LAST),
        (f"all: [{HOURS}, {{amount: wishes, at_least: 1, by: 09-30}}]", "2026-09-30"),
        (f"at_least: 2, any: [{HOURS}, {TIMES}, {{amount: wishes, at_least: 1, by: 09-30}}]", LAST),
        (
            f"at_least: 2, any: [{HOURS}, {NO_FAULT}, {{amount: wishes, at_least: 1, by: 09-30}}]",
            "2026-09-30",
        ),
        (NO_FAULT[1:-1], "None"),
    ],
)
def test_the_day_is_that_until_which_enough_ways_are_left(shape: str, ends_on: str) -> None:
    assert _lines(shape, "[]", SUMMER)[2] == ends_on
