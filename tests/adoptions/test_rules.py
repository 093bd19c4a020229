"""Rules of adopted policies: periods, what time alone changes, which of two asks more."""

import ast
import inspect
import json
from datetime import date
from fractions import Fraction
from types import ModuleType

import pytest

from baodao.adoptions.rules.outcomes import PolicyOutcome, outcome_of
from baodao.adoptions.rules.periods import (
    AdoptedTime,
    changes_by_time,
    open_periods,
    period_at,
    settles_on,
)
from baodao.adoptions.rules.strictness import compared
from baodao.adoptions.rules.words import fact_of, json_of, number_json
from baodao.kernel.phrases import CODES, SAYINGS, Number, Phrase, in_english, words_of
from baodao.policies.rules import alternatives, bound_reasons, clauses, reasons
from baodao.policies.rules.assessments import assess
from baodao.policies.rules.deeds import SubjectFacts
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.quantities import quantity
from tests.environment import ROOT
from tests.policies.examples import preset


def _rules(bound: str, amount: str = "{count: service}", top: str = "") -> RuleSet:
    text = f"format: 1\nname: 办法\n{top}amounts: {{a: {amount}}}\noutcome: {{pass: {bound}}}\n"
    return read_policy(text)


def _least(number: int, more: str = "", **parts: str) -> RuleSet:
    return _rules(f"{{amount: a, at_least: {number}{more}}}", **parts)


@pytest.mark.parametrize(
    ("lower", "upper", "strictness"),
    [
        (_least(3), _least(2), "as-strict"),
        (_least(2), _least(2), "as-strict"),
        (_least(1), _least(2), "weaker"),
        (_least(2, amount="{count: service, label: 另一名称}"), _least(2), "as-strict"),
        (_least(2, amount="{count: activity}"), _least(2), "undecided"),
        (_least(2, top="period: half-year\n"), _least(2), "undecided"),
        (_least(1, ", every: month"), _least(1, ", every: month, windows: 6"), "as-strict"),
        (_least(1, ", every: month, windows: 5"), _least(1, ", every: month"), "weaker"),
        (_least(1, ", every: month"), _least(1, ", every: quarter"), "undecided"),
        (_rules("{any: [{amount: a, at_least: 9}]}"), _least(2), "undecided"),
        (
            _rules("{all: [{amount: a, at_least: 9}, {amount: a, at_most: 20}]}"),
            _least(2),
            "as-strict",
        ),
        (_rules("{amount: a, at_most: 3}"), _rules("{amount: a, at_most: 4}"), "as-strict"),
        (_rules("{amount: a, at_most: 5}"), _rules("{amount: a, at_most: 4}"), "weaker"),
        (preset("r2"), preset("r2"), "as-strict"),
        (preset("r2"), preset("r1"), "weaker"),
        (preset("r5"), preset("r2"), "undecided"),
    ],
)
def test_one_policy_is_compared_with_another(
    lower: RuleSet, upper: RuleSet, strictness: str
) -> None:
    assert compared(lower, upper).strictness == strictness


@pytest.mark.parametrize(
    ("rules", "before", "day", "changes"),
    [
        (preset("r2"), date(2026, 6, 29), date(2026, 6, 30), True),
        (preset("r2"), date(2026, 6, 30), date(2026, 7, 1), False),
        (preset("r2"), date(2026, 6, 1), date(2026, 7, 2), True),
        (preset("r2"), date(2026, 3, 30), date(2026, 3, 31), False),
        (preset("r7"), date(2026, 6, 29), date(2026, 6, 30), True),
        (preset("r13"), date(2026, 3, 3), date(2026, 3, 4), True),
        (_least(1, ", every: week"), date(2026, 11, 28), date(2026, 11, 29), True),
        (_least(1, ", every: week"), date(2026, 11, 29), date(2026, 11, 30), False),
        (_least(1), date(2026, 12, 30), date(2026, 12, 31), True),
        (_least(1), date(2026, 12, 31), date(2026, 12, 31), False),
    ],
)
def test_time_alone_changes_something_when_a_window_ends(
    rules: RuleSet, before: date, day: date, changes: bool
) -> None:
    assert changes_by_time(rules, before, day) is changes


@pytest.mark.parametrize(
    ("first", "last", "day", "periods"),
    [
        (date(2026, 1, 1), None, date(2025, 12, 31), []),
        (date(2026, 1, 1), None, date(2026, 1, 1), [2026]),
        (date(2026, 1, 1), None, date(2027, 1, 31), [2026, 2027]),
        (date(2026, 1, 1), None, date(2027, 2, 1), [2027]),
        (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 31), [2026]),
        (date(2026, 1, 1), date(2026, 12, 31), date(2027, 2, 1), []),
        (date(2024, 1, 1), None, date(2028, 2, 29), [2028]),
    ],
)
def test_periods_are_open_until_they_are_settled(
    first: date, last: date | None, day: date, periods: list[int]
) -> None:
    rules, time = preset("r2"), AdoptedTime(first, last, 31)
    assert [one.first.year for one in open_periods(rules, time, day)] == periods


def test_who_has_more_time_is_looked_at_for_longer() -> None:
    rules = _rules(
        "{amount: a, at_least: 2}, extension: {months: 3, says: 延长}", top="period: year\n"
    )
    period = period_at(rules, date(2026, 5, 1))
    time = AdoptedTime(date(2026, 1, 1), None, 10)
    assert settles_on(rules, period, time) == date(2027, 4, 10)


PIECES = "%(number)s item", "%(number)s items"


@pytest.mark.parametrize(
    "fact",
    [
        Phrase(PIECES[0], {"number": 2}, PIECES[1], 2),
        Phrase("%(sentence)s (until %(day)s)", {"sentence": "x", "day": date(2026, 2, 28)}),
        Phrase(PIECES[0], {"number": Fraction(1, 3)}, PIECES[1], Fraction(1, 3)),
        "写下的话",
        7,
    ],
)
def test_a_sentence_is_kept_as_json_and_is_the_same_again(fact: object) -> None:
    assert fact_of(json_of(fact)) == fact


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 hour"),
        (20, "20 hours"),
        (Fraction(19, 2), "9 h 30 min"),
        (Fraction(50, 3), "16 h 40 min"),
        (Fraction(3, 4), "45 min"),
        (Fraction(15, 7), "2.14 hours"),
        (0, "0 hours"),
    ],
)
def test_hours_are_told_in_hours_and_minutes_also_of_what_was_kept(
    number: Number, words: str
) -> None:
    row = {"say": "unit-hours", "facts": {"number": number_json(number)}}
    kept = fact_of(row | {"number": number_json(number)})
    assert words_of(kept, in_english) == words_of(quantity(number, "hours"), in_english) == words


def _outcome() -> PolicyOutcome:
    rules = _rules("{any: [{amount: a, at_least: 4}, {amount: b, at_least: 10}]}", TWO_AMOUNTS)
    return outcome_of(assess(rules, SubjectFacts("x"), date(2026, 5, 1)), rules, SubjectFacts("x"))


TWO_AMOUNTS = "{count: service}, b: {count: service, worth: {hour: 1}}"


def test_what_is_kept_stays_when_its_words_change(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _outcome()
    words = {message for message, _ in SAYINGS.values()}
    assert not [one for one in words if len(one) > 3 and one in json.dumps(before.columns["lines"])]
    monkeypatch.setattr(alternatives, "_FIRST", "%(lack)s are left")
    monkeypatch.setitem(SAYINGS, "way-first", ("%(lack)s are left", ""))
    monkeypatch.setitem(CODES, ("%(lack)s are left", ""), "way-first")
    after = _outcome()
    assert (after.digest, after.columns) == (before.digest, before.columns)
    assert "4 times are left" in words_of(fact_of(before.reason), in_english)


def test_every_sentence_of_a_reason_has_a_code_that_stays() -> None:
    """A code that was given is in what is kept: new ones are added to the list, none goes."""
    known = (ROOT / "tests/adoptions/sayings.txt").read_text().split()
    assert [one for one in known if one not in SAYINGS] == []
    assert [one for one in SAYINGS if one not in known] == []


@pytest.mark.parametrize("module", [alternatives, bound_reasons, clauses, reasons])
def test_no_sentence_of_a_reason_is_without_a_code(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    sayings = [node for node in calls if _name(node) in ("saying", "_number")]
    codes = {id(one) for call in sayings for one in ast.walk(call)}
    bare = [
        node for node in calls if _name(node).endswith("gettext_noop") and id(node) not in codes
    ]
    assert [ast.unparse(node) for node in bare] == []


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", "")
