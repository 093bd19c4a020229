"""When a notice may be shown, how often one may be reminded, and what notices say."""

from datetime import datetime, time, timedelta

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.notices.rules.reminders import Limit, QuietHours, check_reminder, shown_at

NIGHT = QuietHours(time(21), time(8))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("2026-03-09 00:00", "2026-03-09 08:00"),
        ("2026-03-09 07:59", "2026-03-09 08:00"),
        ("2026-03-09 08:00", "2026-03-09 08:00"),
        ("2026-03-09 20:59", "2026-03-09 20:59"),
        ("2026-03-09 21:00", "2026-03-10 08:00"),
        ("2026-12-31 23:59", "2027-01-01 08:00"),
    ],
)
def test_quiet_hours_end_at_eight(said: str, shown: str) -> None:
    instant = datetime.fromisoformat(said).replace(tzinfo=clock.ZONE)
    assert shown_at(instant, NIGHT) == datetime.fromisoformat(shown).replace(tzinfo=clock.ZONE)
    assert shown_at(instant, NIGHT) - instant < timedelta(hours=11, minutes=1)


@pytest.mark.parametrize(
    ("sent", "welcome", "code"),
    [
        (0, True, None),
        (1, True, None),
        (2, True, "reminder.limit"),
        (3, True, "reminder.limit"),
        (0, False, "reminder.off"),
    ],
)
def test_reminders_have_a_limit_and_an_end(sent: int, welcome: bool, code: str | None) -> None:
    if code is None:
        check_reminder(sent, Limit(2, 7), welcome=welcome)
        return
    with pytest.raises(Refused, match=code):
        check_reminder(sent, Limit(2, 7), welcome=welcome)
