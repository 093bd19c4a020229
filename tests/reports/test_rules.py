"""What figures let a report say, which half-year it is about, and what becomes of own words."""

from datetime import date

import pytest

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.sheets import CHILDREN
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf
from baodao.kernel.spans import PeriodSpan, due_period, period_at, period_before
from baodao.orgs.rules.tree import Kind
from baodao.reports.rules.life import merge_words
from baodao.reports.rules.periods import check_existed, check_period
from baodao.reports.rules.plans import PLANS, ReportKind
from baodao.sentences.rules.sentences import (
    NAMED_ROWS,
    Comparison,
    ReportFigures,
    ReportPart,
    metric_of,
    names_text,
    place_texts,
    sentence_texts,
    sentences_of,
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


def codes(values: dict[str, int], kind: ReportKind = ReportKind.SUMMARY) -> dict[str, list[str]]:
    """Which sentences stand, by part."""
    return {
        str(part): [one.code for one in sentences]
        for part, sentences in sentences_of(PLANS[kind].sentences, values).items()
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
        (
            {"unit_needs": 4, "solutions": 3, "solutions_wishes": 1, "pairings_held": 2},
            {
                "basic": ["roster", "registered-all"],
                "work": [
                    *("served", "branches-serve", "posts"),
                    *("collected", "solved", "wishes", "pairings"),
                ],
            },
        ),
    ],
)
def test_a_sentence_stands_exactly_where_its_figures_bear_it(
    figures: dict[str, int], stand: dict[str, list[str]]
) -> None:
    assert codes(WHOLE | figures) == stand


HERE = dict.fromkeys(
    (
        *("hosted", "hosted_units", "hosted_waiting", "hosted_in_teams", "hosted_served", "teams"),
        *("services_here", "minutes_here", "needs_collected", "needs_met", "needs_without_help"),
        *("oldest_need", "needs_unmet", "wishes_met", "orders_met", "orders_long", "pairings"),
        *("ratings", "ratings_satisfied", "ratings_unsolved", "idle_units"),
        *("communities", "communities_empty", "empty_communities", "crowded_communities"),
        *("needy_communities", "units", "units_registered", "in_service", "registered", "missing"),
    ),
    0,
)
BUSY = HERE | {"hosted": 40, "hosted_units": 3, "hosted_served": 40, "services_here": 90}
FEEDBACK, QUARTERLY, DUTIES = ReportKind.FEEDBACK, ReportKind.QUARTERLY, ReportKind.DUTIES
WELL = {"basic": ["hosting"], "work": ["served-here", "served-by"]}


@pytest.mark.parametrize(
    ("kind", "figures", "stand"),
    [
        (FEEDBACK, {}, WELL),
        (FEEDBACK, {"hosted_units": 0}, WELL | {"basic": ["hosting-members"]}),
        (
            FEEDBACK,
            {"hosted_served": 30, "idle_units": 1, "needs_without_help": 2, "orders_long": 1},
            WELL
            | {
                "problems": ["without-service", "needs-wait", "orders-wait", "idle-units"],
                "steps": [
                    *("see-to-without-service", "see-to-orders-wait"),
                    *("see-to-needs-wait", "see-to-idle-units"),
                ],
            },
        ),
        (
            FEEDBACK,
            {"needs_collected": 5, "needs_met": 4, "wishes_met": 1, "orders_met": 2, "pairings": 1}
            | {"ratings": 4, "ratings_satisfied": 3, "ratings_unsolved": 1, "needs_unmet": 1},
            {
                "basic": ["hosting"],
                "work": [
                    *("served-here", "served-by", "needs", "wishes", "orders", "pairings"),
                    "word",
                ],
                "problems": ["unsolved", "unmet"],
                "steps": ["see-to-unsolved", "see-to-unmet"],
            },
        ),
        (
            FEEDBACK,
            {"services_here_before": 100, "hosted_waiting": 2},
            WELL
            | {"problems": ["to-receive", "fall"], "steps": ["see-to-to-receive", "see-to-fall"]},
        ),
        (
            QUARTERLY,
            {"communities": 4, "teams": 2, "hosted_in_teams": 9, "needs_collected": 3},
            {
                "basic": ["communities", "communities-all", "hosting", "in-teams"],
                "work": ["served-here", "served-by", "needs-collected"],
            },
        ),
        (
            QUARTERLY,
            {"communities": 4, "communities_empty": 1, "empty_communities": 1}
            | {"crowded_communities": 1, "needy_communities": 2, "services_here_before": 80},
            {
                "basic": ["communities", "hosting"],
                "work": ["served-here", "served-by", "growth"],
                "problems": ["empty", "crowded", "needy"],
                "steps": ["see-to-empty", "see-to-crowded", "see-to-needy"],
            },
        ),
        (
            QUARTERLY,
            {"communities": 2, "crowded_communities": 1, "needs_met": 1},
            {
                "basic": ["communities", "communities-all", "hosting"],
                "work": ["served-here", "served-by", "needs-met"],
            },
        ),
        (
            DUTIES,
            {"units": 3, "units_registered": 2, "in_service": 9, "registered": 8, "missing": 1},
            {
                "basic": ["hosting", "own-units", "own-members"],
                "work": ["served-here", "served-by"],
                "problems": ["own-missing"],
                "steps": ["see-to-own-missing"],
            },
        ),
    ],
)
def test_a_place_says_exactly_what_its_figures_bear(
    kind: ReportKind, figures: dict[str, int], stand: dict[str, list[str]]
) -> None:
    assert codes(BUSY | figures, kind) == stand


def test_where_there_is_nothing_nothing_is_said() -> None:
    for kind in PLANS:
        assert codes(NOTHING | HERE, kind) == {}


@pytest.mark.parametrize(
    ("place", "row", "stands"),
    [
        ("idle_units", {"hosted": 2, "hosted_served": 0}, True),
        ("idle_units", {"hosted": 0, "hosted_served": 0}, False),
        ("empty_communities", {"hosted": 0}, True),
        ("crowded_communities", {"hosted": 6}, True),
        ("crowded_communities", {"hosted": 5}, False),
        ("missing_branches", {"missing": 0}, False),
        ("idle_branches", {"in_service": 3, "served": 0}, True),
    ],
)
def test_rows_are_named_where_they_are_what_the_sentence_says(
    place: str, row: dict[str, int], *, stands: bool
) -> None:
    assert NAMED_ROWS[place].holds(row, {"hosted": 10}) is stands


def test_of_many_names_the_first_stand_with_how_many_they_are() -> None:
    names = [f"第{number}社区" for number in range(1, 13)]
    assert names_text(names[:2]) == "第1社区、第2社区"
    assert names_text(names).endswith("第10社区等12个")


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


@pytest.mark.parametrize("kind", PLANS)
def test_every_figure_in_a_sentence_is_a_metric_of_who_writes_it(kind: ReportKind) -> None:
    plan = PLANS[kind]
    sentences = plan.sentences
    problems = {one.code for one in sentences if one.part is ReportPart.PROBLEMS}
    for one in sentences:
        for place in {*one.places} - WORDS.keys():
            metric = metric_of(place)
            assert metric is not None, (one.code, place)
            rows = NAMED_ROWS.get(place)
            assert plan.writer in metric.source.levels, (one.code, place)
            assert rows is None or rows.kind in {*CHILDREN.get(plan.writer, ()), Kind.UNIT}
        assert (one.part is ReportPart.STEPS) == (one.follows in problems), one.code
        assert one.when or one.follows, "nothing is said without a condition"
        assert not any(digit in one.words for digit in "0123456789"), "no figure is written down"
    asked = {metric.code for metric in (*plan.metrics, *plan.compared)}
    assert asked <= METRICS.keys()
    assert plan.cases in METRICS


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
    assert due_period(PeriodSpan.HALF, day).text == half


@pytest.mark.parametrize(
    ("span", "day", "due", "before"),
    [
        (PeriodSpan.QUARTER, date(2026, 5, 31), "2026-Q1", "2025-Q4"),
        (PeriodSpan.QUARTER, date(2026, 6, 1), "2026-Q2", "2026-Q1"),
        (PeriodSpan.QUARTER, date(2026, 1, 2), "2025-Q4", "2025-Q3"),
        (PeriodSpan.YEAR, date(2026, 10, 31), "2025", "2024"),
        (PeriodSpan.YEAR, date(2026, 11, 1), "2026", "2025"),
    ],
)
def test_quarters_and_years_are_due_near_their_end(
    span: PeriodSpan, day: date, due: str, before: str
) -> None:
    period = due_period(span, day)
    assert (period.text, period_before(span, period).text) == (due, before)
    assert period_at(span, period.first) == period


def test_a_report_is_about_a_half_year_that_has_begun() -> None:
    today = date(2026, 6, 2)
    assert check_period(PeriodSpan.HALF, "2026-H1", today).last == date(2026, 6, 30)
    for text, code in (("2026", "report.period"), ("2026-H2", "report.period-ahead")):
        with pytest.raises(Refused) as refused:
            check_period(PeriodSpan.HALF, text, today)
        assert refused.value.code == code


def test_nobody_reports_of_a_period_before_they_were_counted() -> None:
    """The one that is due is written also by who was added after it."""
    today, opened = date(2026, 7, 10), date(2026, 7, 1)
    for text in ("2025-H1", "2025-H2", "2000-H1"):
        early = check_period(PeriodSpan.HALF, text, today)
        with pytest.raises(Refused, match=r"report\.before-writer"):
            check_existed(PeriodSpan.HALF, early, opened, today)
    for text in ("2026-H1", "2026-H2"):
        check_existed(PeriodSpan.HALF, check_period(PeriodSpan.HALF, text, today), opened, today)
    old = check_period(PeriodSpan.HALF, "2025-H2", today)
    check_existed(PeriodSpan.HALF, old, date(2025, 12, 31), today)


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
