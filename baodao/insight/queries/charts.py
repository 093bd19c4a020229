"""What charts draw: figures by month and kind, and by age, from the rows that metrics count."""

from collections import Counter
from datetime import date

from baodao.insight.queries.counts import FigureQuery
from baodao.insight.queries.sql import ask
from baodao.insight.queries.statements import ROWS, rows_behind
from baodao.insight.rules.charts import AGES, Age
from baodao.insight.rules.definitions import Metric
from baodao.kernel import clock

_BY_MONTH = """
    SELECT date_trunc('month', served_on)::date AS month, category,
           sum(minutes)::bigint AS minutes
    FROM ({rows}) thing GROUP BY 1, 2"""
_BY_DAY = """
    SELECT (collected_at AT TIME ZONE '{zone}')::date AS day, count(*) AS count
    FROM ({rows}) thing GROUP BY 1"""


def minutes_by_month(query: FigureQuery, metric: Metric) -> dict[tuple[date, str], int]:
    """The minutes of services of each month, by its first day, and kind; a reversal takes its own
    away again."""
    rows = ROWS[metric.source].select(frozenset({"category"}))
    return {
        (row["month"], row["category"]): row["minutes"]
        for row in ask(_BY_MONTH.format(rows=rows), query.values)
        if row["minutes"]
    }


def count_by_age(query: FigureQuery, metric: Metric) -> Counter[Age]:
    """How many needs that a metric counts are how old on the day of the instant."""
    sql = _BY_DAY.format(rows=rows_behind(metric, "collected_at"), zone=clock.ZONE.key)
    counts: Counter[Age] = Counter()
    for row in ask(sql, query.values):
        days = clock.days_between(row["day"], query.as_of.on)
        counts.update({age: row["count"] for age in AGES if age.holds(days)})
    return counts
