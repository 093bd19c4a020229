"""On which days a series returns, and what it may not be."""

from datetime import date, time, timedelta

import pytest

from baodao.kernel.errors import Refused
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.rules.offers import OfferFacts
from baodao.series.rules.rhythms import days_of
from baodao.series.rules.series import SeriesFacts, check_series


@pytest.mark.parametrize(
    ("rhythm", "first", "days"),
    [
        ("week", date(2027, 3, 6), ["03-06", "03-13", "03-20", "03-27"]),
        ("fortnight", date(2027, 3, 6), ["03-06", "03-20", "04-03", "04-17"]),
        ("weekday", date(2027, 3, 13), ["03-13", "04-10", "05-08", "06-12"]),
        ("weekday", date(2027, 1, 30), ["01-30", "02-27", "03-27", "04-24"]),
        ("day", date(2027, 1, 31), ["01-31", "02-28", "03-31", "04-30"]),
        ("day", date(2027, 11, 15), ["11-15", "12-15", "01-15", "02-15"]),
    ],
)
def test_a_series_returns_by_its_rhythm(rhythm: str, first: date, days: list[str]) -> None:
    every = list(days_of(rhythm, first, first + timedelta(days=200)))
    assert [f"{on:%m-%d}" for on in every[:4]] == days


def test_every_date_lies_in_its_time_and_none_twice() -> None:
    for offset in range(62):
        first = date(2027, 1, 1) + timedelta(days=offset)
        for rhythm in ("week", "fortnight", "weekday", "day"):
            days = list(days_of(rhythm, first, first + timedelta(days=731)))
            assert days[0] == first
            assert days == sorted(set(days))
            if rhythm != "day":
                assert {on.weekday() for on in days} == {first.weekday()}


def test_one_date_or_three_years_are_no_series() -> None:
    words = OfferFacts(ACTIVITY, "固定服务日", "environment", 3)
    for until_on, code in ((date(2027, 3, 12), "once"), (date(2030, 3, 6), "long")):
        facts = SeriesFacts(words, "week", until_on, date(2027, 3, 6), time(9), time(11))
        with pytest.raises(Refused, match=rf"series\.{code}"):
            check_series(facts)
