"""A length of time, an instant, a day and how long something waits are written in one way each."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils.formats import date_format

from tests.architecture.source import PACKAGE

LENGTH = r"/ ?60(?:\.0)?:|/ ?HOUR:|divmod\([^()]*, ?(?:60|HOUR)\)|%\(minutes\)s? ?(?:min|分)"
ONE_WAY = {
    "hours and minutes": (
        re.compile(LENGTH),
        {"kernel/phrases.py", "ledger/rules/durations.py"},
    ),
    "days and instants": (
        re.compile(r":%Y[-./]%m[-./]%d(?: %H:%M(?::%S)?)?\}|strftime\("),
        {
            *("claims/models.py", "kernel/copy_lines.py"),
            *("kernel/models.py", "kernel/stages.py", "orgs/models.py"),
        },
    ),
    "a day without its year": (
        re.compile(r"(?<!年)\{\w*\.?month\}月\{"),
        {
            *("kernel/days.py", "timesheets/rules/day_columns.py"),
            "timesheets/rules/days_above.py",
        },
    ),
    "days waited": (
        re.compile(r"\(.* - .*\)\.days\b"),
        {
            *("accounts/rules.py", "kernel/clock.py", "ledger/rules/service_days.py"),
            "statements/templatetags/statement_words.py",
        },
    ),
}
"""What writes it in a way of its own, and the modules that may: the one way itself, bytes that are
hashed, rows told to engineers, how long something lasts, and the day near today."""
PYTHON = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
DATE = re.compile(r"\|(?:date|time):[\"']([^\"']+)[\"']")
RECKONING = re.compile(
    r"\|(?:timesince|timeuntil|widthratio|floatformat)\b|%\(minutes\)s|\bminutes \}\}"
)
NAMES = {
    *("DATE_FORMAT", "DATETIME_FORMAT", "TIME_FORMAT", "YEAR_MONTH_FORMAT", "MONTH_DAY_FORMAT"),
    *("D", "l", "H:i", "c", "Y-m", "Y-m-d"),
}
"""Formats by their names; a weekday, an hour, and what machines read in attributes."""


def _place(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


@pytest.mark.parametrize("kind", ONE_WAY)
def test_it_is_written_in_one_way(kind: str) -> None:
    pattern, homes = ONE_WAY[kind]
    files = [file for file in PYTHON if "migrations" not in file.parts and "demo" not in file.parts]
    hits = {_place(file) for file in files if pattern.search(file.read_text())}
    assert hits - homes == set()
    assert homes - hits == set()


def test_templates_name_the_formats_of_days_and_hours() -> None:
    others = {
        (_place(file), form)
        for file in TEMPLATES
        for form in DATE.findall(file.read_text())
        if form not in NAMES
    }
    assert others == set()


def test_a_day_of_a_month_is_written_without_a_nought_before_it() -> None:
    assert date_format(date(2026, 1, 9), "MONTH_DAY_FORMAT") == "1月9日"


def test_templates_reckon_no_time() -> None:
    assert [_place(file) for file in TEMPLATES if RECKONING.search(file.read_text())] == []


def test_templates_name_no_medium_on_a_button() -> None:
    """The media of a paper and of a list, and their words, are declared in `documents/formats`."""
    spelt = re.compile(r"(?:>| )(?:PDF|Word|Excel)</(?:a|button)>")
    assert [_place(file) for file in TEMPLATES if spelt.search(file.read_text())] == []
