"""Working with figures: totals, rates, hours, days waited, and who comes first."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from baodao.figures.rules.definitions import Measure, Metric
from baodao.kernel import clock
from baodao.ledger.rules.durations import hours_figure

Figures = dict[str, int]
"""By the code of the metric; what is left out is 0."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime.max.replace(tzinfo=UTC)


def total(rows: Iterable[Mapping[str, int]], metrics: Iterable[Metric]) -> Figures:
    """The figures of all rows together: nothing else is ever shown as a total."""
    parts = list(rows)
    return {
        metric.code: metric.measure.together(row.get(metric.code, 0) for row in parts)
        for metric in metrics
    }


def rate(part: int, whole: int) -> float | None:
    """Percent with one decimal; None where there is nobody to count. Never rounded up to 100."""
    if not whole:
        return None
    return 100.0 if part == whole else min(99.9, round(100 * part / whole, 1))


def share_of(metric: Metric, figures: Mapping[str, int]) -> float | None:
    """The rate that a metric declares; None without one or where there is nobody to count."""
    if metric.share is None:
        return None
    return rate(figures.get(metric.code, 0), figures.get(metric.share.of, 0))


def instant_of(figure: int) -> datetime | None:
    """The instant that a figure of the earliest means; None where there is none."""
    return _EPOCH + timedelta(microseconds=figure) if figure else None


def days_waited(figure: int, on: date) -> int | None:
    """Whole days by the calendar from the earliest instant to the day `on`; None without one."""
    earliest = instant_of(figure)
    return clock.days_since(earliest, on) if earliest else None


def plain(metric: Metric, figure: int, on: date) -> int | str:
    """A figure without words, on the day `on`: a number, hours, or days; "" without an instant."""
    if metric.measure is Measure.MINUTES:
        return hours_figure(figure)
    if metric.measure is Measure.EARLIEST:
        days = days_waited(figure, on)
        return "" if days is None else days
    return figure


def by_rate(figures: Mapping[str, int]) -> tuple[bool, float]:
    """The order of units where a switch allows one: the highest share registered first, those with
    nobody in service last."""
    share = rate(figures.get("registered", 0), figures.get("in_service", 0))
    return share is None, -(share or 0)


def by_need(figures: Mapping[str, int]) -> tuple[object, ...]:
    """The order of places: needs and nobody there first, then the most needs without help and the
    oldest of them, then most communities without anybody, then fewest helpers for each."""
    waiting, hosted = figures.get("needs_without_help", 0), figures.get("hosted", 0)
    communities = max(1, figures.get("communities", 0))
    return (
        not waiting or hosted > 0,
        -waiting,
        instant_of(figures.get("oldest_need", 0)) or _LATEST,
        -figures.get("communities_empty", 0),
        hosted / communities,
    )
