"""What makes a record stand out: each pattern with its figures, and what does not."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from baodao.flags.rules.patterns import SENTENCES, WEIGHTS, Pattern, RecordContext, grounds_of
from baodao.kernel import clock

DAY = date(2026, 11, 3)


def at(hour: int, minute: int = 0) -> datetime:
    return clock.midnight(DAY) + timedelta(hours=hour, minutes=minute)


def context(**fields: Any) -> RecordContext:
    """Typed at the window at ten by one alone, without an offer: that by itself is nothing."""
    base: dict[str, Any] = {"origin": "office", "recorded_at": at(10), "served_on": DAY}
    return RecordContext(**base | fields)


@pytest.mark.parametrize(
    ("fields", "grounds"),
    [
        ({}, {}),
        ({"origin": "import"}, {}),
        ({"second": True, "recorded_at": at(2)}, {}),
        ({"recorded_at": at(2)}, {"alone": {}, "night": {"hour": "02:00"}}),
        ({"recorded_at": at(5)}, {}),
        ({"recorded_at": at(2), "origin": "import"}, {}),
        ({"recorded_at": at(2), "moved": True}, {}),
        ({"accepted_at": at(9, 20), "fresh": 3}, {"alone": {}, "fresh": {"count": 3}}),
        ({"accepted_at": at(9, 20), "fresh": 2}, {}),
        ({"accepted_at": at(-3), "fresh": 3}, {}),
        ({"accepted_at": at(1), "fresh": 3}, {"alone": {}, "fresh": {"count": 3}}),
        ({"accepted_at": at(10, 5), "fresh": 3}, {}),
        ({"accepted_at": at(9, 50), "fresh": 3, "served_on": DAY + timedelta(days=1)}, {}),
        ({"accepted_at": at(9, 50), "fresh": 3, "origin": "list"}, {}),
        ({"text_days": 4}, {"alone": {}, "text": {"days": 4}}),
        ({"text_days": 3}, {}),
        ({"text_days": 9, "second": True}, {}),
        ({"sitting": 8, "second": True}, {"sitting": {"count": 8}}),
        ({"sitting": 7}, {}),
        ({"sitting": 20, "origin": "import"}, {}),
        ({"day_minutes": 720}, {}),
        ({"day_minutes": 721, "second": True}, {"day": {"minutes": 721}}),
        ({"week_minutes": 3601, "second": True}, {"week": {"minutes": 3601}}),
        ({"month_minutes": 12001, "moved": True, "second": True}, {"month": {"minutes": 12001}}),
        ({"day_minutes": 800, "origin": "list", "second": True}, {"day": {"minutes": 800}}),
        ({"day_minutes": 800, "origin": "check-in", "second": True}, {}),
    ],
)
def test_what_makes_a_record_stand_out(
    fields: dict[str, Any], grounds: dict[str, dict[str, Any]]
) -> None:
    assert grounds_of(context(**fields)) == grounds


def test_every_pattern_has_its_weight_and_its_sentence() -> None:
    assert set(WEIGHTS) == set(SENTENCES) == set(Pattern)
