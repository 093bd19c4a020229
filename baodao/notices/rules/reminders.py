"""When a reminder may be shown, and how often somebody may be reminded."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from baodao.kernel.errors import Refused, gettext_noop


class QuietHours(NamedTuple):
    """From an hour of the evening to one of the next morning, on China's clock."""

    start: time
    end: time


class Limit(NamedTuple):
    """At most so many reminders in so many days."""

    most: int
    days: int


def shown_at(local: datetime, quiet: QuietHours) -> datetime:
    """The instant itself by day; in quiet hours their coming end. `local` is China's clock."""
    morning = datetime.combine(local.date(), quiet.end, local.tzinfo)
    if local.time() >= quiet.start:
        return morning + timedelta(days=1)
    return max(local, morning)


def check_reminder(sent: int, limit: Limit, *, welcome: bool) -> None:
    """Refuse to remind who turned reminders off, or was reminded `sent` times in the days that
    count."""
    if not welcome:
        raise Refused(
            "reminder.off", gettext_noop("Has turned reminders off; ask in person instead.")
        )
    if sent >= limit.most:
        raise Refused(
            "reminder.limit",
            gettext_noop("Was reminded %(most)s times in %(days)s days; wait before the next one."),
            most=limit.most,
            days=limit.days,
        )
