"""When a reminder may be shown, and how often somebody may be reminded."""

from datetime import datetime, time, timedelta

from baodao.kernel.errors import Refused, gettext_noop

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
LIMIT, WINDOW = 2, timedelta(days=7)


def shown_at(local: datetime) -> datetime:
    """The instant itself by day; from 21:00 to 8:00 the coming 8:00. `local` is China's clock."""
    morning = datetime.combine(local.date(), QUIET_UNTIL, local.tzinfo)
    if local.time() >= QUIET_FROM:
        return morning + timedelta(days=1)
    return max(local, morning)


def check_reminder(sent: int, *, wanted: bool) -> None:
    """Refuse to remind who turned reminders off, or was reminded `sent` times in the window."""
    if not wanted:
        raise Refused(
            "reminder.off", gettext_noop("Has turned reminders off; ask in person instead.")
        )
    if sent >= LIMIT:
        raise Refused(
            "reminder.limit",
            gettext_noop("Was reminded %(limit)s times in 7 days; wait before the next one."),
            limit=LIMIT,
        )
