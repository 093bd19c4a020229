"""What charts draw: figures by month and kind, and by age, from the rows that metrics count."""

from collections import Counter, defaultdict
from datetime import date

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import ask
from baodao.figures.queries.statements import ROWS, rows_behind
from baodao.figures.rules.definitions import Metric
from baodao.insight.rules.charts import AGES, MOST_KINDS, Age
from baodao.kernel import clock

OTHERS = ""
"""All kinds of service that do not stand alone."""

_BY_MONTH = """
    SELECT month, category, sum(minutes)::bigint AS minutes FROM ({rows}) thing GROUP BY 1, 2"""
_BY_DAY = """
    SELECT (collected_at AT TIME ZONE '{zone}')::date AS day, count(*) AS count
    FROM ({rows}) thing GROUP BY 1"""


def minutes_by_kind(query: FigureQuery, metric: Metric) -> dict[str, Counter[date]]:
    """The minutes of services by kind, of each month by its first day; a reversal takes its own
    away again. The kinds with most stand first, those after `MOST_KINDS` together as `OTHERS`."""
    tallied = ROWS[metric.source].tallied
    assert tallied is not None, "only services are told apart by kind"
    kinds: defaultdict[str, Counter[date]] = defaultdict(Counter)
    for row in ask(_BY_MONTH.format(rows=tallied.kinds), query.values):
        if row["minutes"]:
            kinds[row["category"]][row["month"]] += row["minutes"]
    most = sorted(kinds, key=lambda kind: -kinds[kind].total())
    others: Counter[date] = Counter()
    for kind in most[MOST_KINDS:]:
        others.update(kinds[kind])
    apart = {kind: kinds[kind] for kind in most[:MOST_KINDS]}
    return apart | {OTHERS: others} if len(most) > MOST_KINDS else apart


def count_by_age(query: FigureQuery, metric: Metric) -> Counter[Age]:
    """How many needs that a metric counts are how old on the day of the instant."""
    sql = _BY_DAY.format(rows=rows_behind(metric, "collected_at"), zone=clock.ZONE.key)
    counts: Counter[Age] = Counter()
    for row in ask(sql, query.values):
        days = clock.days_between(row["day"], query.as_of.on)
        counts.update({age: row["count"] for age in AGES if age.holds(days)})
    return counts
