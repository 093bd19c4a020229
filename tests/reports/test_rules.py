"""What figures let a report say, which half-year it is about, and what becomes of own words."""

from datetime import date

import pytest

from baodao.figures.rules.catalogue import METRICS
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf
from baodao.reports.rules.life import merge_words
from baodao.reports.rules.plans import PLANS, ReportKind, check_half, due_on, half_before, half_on
from baodao.reports.rules.sentences import (
    BRANCH_PLACES,
    Comparison,
    ReportFigures,
    ReportPart,
    metric_of,
    place_texts,
    sentence_texts,
    sentences_of,
    sheet_of_metric,
)

SUMMARY = PLANS[ReportKind.SUMMARY].sentences
WORDS = {"as_of": "2026年6月30日", "period": "2026年上半年"}
NOTHING = dict.fromkeys(
    (
        *("members", "in_service", "living_in_city", "registered", "registered_living"),
        *("waiting", "exempt", "missing", "served", "services", "minutes", "posts_held"),
        *("branches", "missing_branches", "idle_branches"),
    ),
    0,
)
WHOLE = NOTHING | {
    "members": 120,
    "in_service": 70,
    "registered": 70,
    "branches": 12,
    "served": 70,
    "services": 300,
    "minutes": 36_030,
    "posts_held": 81,
}


def codes(values: dict[str, int]) -> dict[str, list[str]]:
    """Which sentences stand, by part."""
    return {
        str(part): [one.code for one in sentences]
        for part, sentences in sentences_of(SUMMARY, values).items()
        if sentences
    }


@pytest.mark.parametrize(
    ("figures", "stand"),
    [
        (
            {},
            {"basic": ["roster", "registered-all"], "work": ["served", "branches-serve", "posts"]},
        ),
        (
            {"registered": 66, "missing": 3, "exempt": 1, "missing_branches": 2},
            {
                "basic": ["roster", "registered-some", "exempt"],
                "work": ["served", "branches-serve", "posts"],
                "problems": ["missing", "missing-where"],
                "steps": ["see-to-missing"],
            },
        ),
        (
            {"served": 60, "idle_branches": 1, "waiting": 2, "posts_held": 0},
            {
                "basic": ["roster", "registered-all"],
                "work": ["served"],
                "problems": ["waiting", "without-service", "idle", "without-posts"],
                "steps": ["see-to-waiting", "see-to-service", "see-to-idle", "see-to-posts"],
            },
        ),
        (
            {"services_before": 310},
            {
                "basic": ["roster", "registered-all"],
                "work": ["served", "branches-serve", "posts"],
                "problems": ["fall"],
                "steps": ["see-to-fall"],
            },
        ),
        (
            {"services_before": 10, "branches": 0},
            {"basic": ["roster-whole", "registered-all"], "work": ["served", "posts", "growth"]},
        ),
        (
            {"services_before": 300},
            {"basic": ["roster", "registered-all"], "work": ["served", "branches-serve", "posts"]},
        ),
    ],
)
def test_a_sentence_stands_exactly_where_its_figures_bear_it(
    figures: dict[str, int], stand: dict[str, list[str]]
) -> None:
    assert codes(WHOLE | figures) == stand


def test_where_there_is_nothing_nothing_is_said() -> None:
    assert codes(NOTHING) == {}


def test_sentences_say_their_figures_as_tables_show_them() -> None:
    figures = ReportFigures(
        WHOLE | {"registered": 66, "missing": 4, "missing_branches": 2},
        {"missing_branches": ["第三党支部", "第五党支部"]},
    )
    day = date(2026, 6, 30)
    texts = place_texts(figures, AsOf(clock.end_of(day), day), WORDS)
    stand = sentences_of(SUMMARY, figures.values)
    basic = sentence_texts(stand[ReportPart.BASIC], texts)
    assert basic["registered-some"] == "已到社区报到66名，报到率94.3%。"
    work = sentence_texts(stand[ReportPart.WORK], texts)
    assert (
        "2026年上半年参加社区服务的在职党员70名，服务300人次，服务时长600.5小时。" in work.values()
    )
    problems = sentence_texts(stand[ReportPart.PROBLEMS], texts)
    assert problems["missing-where"] == "未报到的在职党员在第三党支部、第五党支部。"


@pytest.mark.parametrize("kind", ReportKind)
def test_every_figure_in_a_sentence_is_a_metric_with_a_table_of_units(kind: ReportKind) -> None:
    sentences = PLANS[kind].sentences
    problems = {one.code for one in sentences if one.part is ReportPart.PROBLEMS}
    for one in sentences:
        for place in {*one.places} - WORDS.keys():
            metric = metric_of(place)
            assert metric is not None, (one.code, place)
            assert sheet_of_metric(metric)
        assert (one.part is ReportPart.STEPS) == (one.follows in problems), one.code
        assert one.when or one.follows, "nothing is said without a condition"
        assert not any(digit in one.words for digit in "0123456789"), "no figure is written down"
    assert set(BRANCH_PLACES.values()) <= METRICS.keys()


def test_what_is_not_known_is_neither_more_nor_less() -> None:
    assert not Comparison("services", "<", "services_before").holds({"services": 1})
    assert not Comparison("services", ">", "services_before").holds({"services": 1})


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2026, 1, 1), "2025-H2"),
        (date(2026, 4, 30), "2025-H2"),
        (date(2026, 5, 1), "2026-H1"),
        (date(2026, 10, 31), "2026-H1"),
        (date(2026, 11, 1), "2026-H2"),
        (date(2026, 12, 31), "2026-H2"),
    ],
)
def test_the_half_year_that_is_due_is_chosen_beforehand(day: date, half: str) -> None:
    assert half_on(day) == half


def test_a_report_is_about_a_half_year_that_has_begun() -> None:
    today = date(2026, 6, 2)
    half = check_half("2026-H1", today)
    assert (half_before(half), due_on(half, 20)) == ("2025-H2", date(2026, 7, 20))
    for text, code in (("2026", "report.period"), ("2026-H2", "report.period-ahead")):
        with pytest.raises(Refused) as refused:
            check_half(text, today)
        assert refused.value.code == code


BASE = {"a": "报到66名。", "b": "缺4名。"}


@pytest.mark.parametrize(
    ("own", "now", "words", "at_once"),
    [
        ("报到66名。缺4名。请督办。", BASE, "报到66名。缺4名。请督办。", []),
        ("报到66名。请督办。", {"a": "报到70名。"}, "报到70名。请督办。", [True, False]),
        ("大多已报到。", {"a": "报到70名。", "b": "缺4名。"}, "大多已报到。", [False]),
        ("报到66名。缺4名。", {"a": "报到66名。"}, "报到66名。", [True]),
        ("请督办。", BASE | {"c": "在办2名。"}, "请督办。\n在办2名。", [True]),
    ],
)
def test_own_words_are_kept_and_what_changed_is_told(
    own: str, now: dict[str, str], words: str, at_once: list[bool]
) -> None:
    text, changes = merge_words(own, BASE, now)
    assert (text, [one.at_once for one in changes]) == (words, at_once)
