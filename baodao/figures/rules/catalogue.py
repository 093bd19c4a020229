"""All metrics by their code, and which of them is a column where."""

import hashlib
from collections.abc import Iterable

from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.metrics import (
    burden,
    callups,
    committees,
    honours,
    households,
    needs,
    neighbours,
    offers,
    opinions,
    organisations,
    partners,
    people,
    problems,
    services,
    timebank,
    venues,
    visits,
)
from baodao.figures.rules.sheets import StatSheet
from baodao.figures.rules.sources import SOURCES
from baodao.orgs.rules.tree import Kind

METRICS: dict[str, Metric] = {}


def declare(*metrics: Metric) -> None:
    """Add metrics; `ValueError` for a code that stands already."""
    for metric in metrics:
        if metric.code in METRICS:
            raise ValueError(f"the metric {metric.code} is declared twice")
        METRICS[metric.code] = metric


_MODULES = (
    *(people, organisations, services, needs, problems, committees, honours, offers, opinions),
    *(partners, burden, callups, visits, neighbours, households, venues, timebank),
)
declare(*(metric for module in _MODULES for metric in module.METRICS))


def fingerprint() -> str:
    """16 characters that differ whenever metrics count something else: what was counted before
    says nothing of them."""
    lines = (
        f"{one.code} {one.source.code} {one.source.leaves} {one.measure} {one.amount} "
        f"{one.condition.sql}"
        for one in METRICS.values()
    )
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


def in_order(metrics: Iterable[Metric]) -> tuple[Metric, ...]:
    """As the columns of a table stand: source by source, and each source as it was declared."""
    return tuple(sorted(metrics, key=lambda metric: SOURCES.index(metric.source)))


def columns_of(sheet: StatSheet, level: Kind) -> tuple[Metric, ...]:
    """The columns of a table at a level."""
    return in_order(metric for metric in METRICS.values() if level in metric.columns.get(sheet, ()))


def metric_at(code: str, level: Kind) -> Metric | None:
    """The metric with this code, if it says anything of organisations of this kind."""
    metric = METRICS.get(code)
    return metric if metric and level in metric.source.levels else None


def count_beside(metric: Metric) -> Metric | None:
    """The metric that counts exactly the rows of this one, if one is declared."""
    return next(
        (
            other
            for other in METRICS.values()
            if other.measure is Measure.COUNT and other.counts_with(metric)
        ),
        None,
    )


def overview_metrics(level: Kind) -> tuple[Metric, ...]:
    """What an overview counts: the columns of all tables, and since when the oldest need waits."""
    columns = [metric for sheet in StatSheet for metric in columns_of(sheet, level)]
    return tuple(dict.fromkeys((*columns, METRICS["oldest_need"])))
