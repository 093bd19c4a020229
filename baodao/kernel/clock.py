"""The only place that knows what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The present civil date in China."""
    return now().astimezone(ZONE).date()


def local(instant: datetime) -> datetime:
    """`instant` on the clocks of China."""
    return instant.astimezone(ZONE)


def day_of(instant: datetime | None) -> date | None:
    """The civil date in China on which `instant` fell; None for none."""
    return local(instant).date() if instant else None


def days_since(instant: datetime, on: date | None = None) -> int:
    """Whole days by the calendar from the day of `instant` to the day `on`, else today; never less
    than 0."""
    return days_between(local(instant).date(), on or today())


def days_between(first: date, last: date) -> int:
    """Whole days from one day to a later one; never less than 0."""
    return max(0, (last - first).days)


def midnight(day: date) -> datetime:
    """The first instant of `day` in China."""
    return datetime.combine(day, time.min, ZONE)


def end_of(day: date) -> datetime:
    """The first instant after `day` in China: rows before it happened by that day."""
    return midnight(day + timedelta(days=1))


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Let it be `instant` inside the block; the demo tells its past with it, tests their day."""
    token = _fixed.set(instant)
    try:
        yield
    finally:
        _fixed.reset(token)
