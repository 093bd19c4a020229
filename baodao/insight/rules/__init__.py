"""The decisions about figures, pure: the catalogue, the levels of the tables, instants, periods."""

from baodao.insight.rules.catalogue import METRICS, RECORDS, Metric, Source
from baodao.insight.rules.levels import (
    LEVELS,
    OWN,
    PLACES_WITH_OVERVIEW,
    ROWS,
    SERVICE_LEVELS,
    SHEETS,
    Figures,
    Sheet,
    applies,
    hours,
    metric_of,
    need,
    rate,
    total,
)
from baodao.insight.rules.moments import (
    AsOf,
    Period,
    periods_until,
    read_as_of,
    read_period,
    year_of,
)

__all__ = [
    "LEVELS",
    "METRICS",
    "OWN",
    "PLACES_WITH_OVERVIEW",
    "RECORDS",
    "ROWS",
    "SERVICE_LEVELS",
    "SHEETS",
    "AsOf",
    "Figures",
    "Metric",
    "Period",
    "Sheet",
    "Source",
    "applies",
    "hours",
    "metric_of",
    "need",
    "periods_until",
    "rate",
    "read_as_of",
    "read_period",
    "total",
    "year_of",
]
