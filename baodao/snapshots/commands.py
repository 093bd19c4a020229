"""Taking the figures of every node of the tree in one pass over facts and tallies."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Sequence

from django.db import connection

from baodao.figures.queries.sql import parameters, present
from baodao.figures.queries.statements import LEAF, by_statement, counted
from baodao.figures.rules.catalogue import METRICS, fingerprint
from baodao.figures.rules.definitions import Measure, Metric
from baodao.kernel import jobs
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf, month_ends, year_of
from baodao.orgs.queries.trees import whole_tree
from baodao.snapshots.models import Snapshot

KEPT = 6
"""Snapshots kept: with one every ten minutes, links into the overview stay quick for an hour, and
right for ever: older ones are counted from the facts."""

MONTHS = 13
"""Ends of months of which one is kept besides: what a figure is compared with."""


def _leaves(group: Sequence[Metric]) -> str:
    """The figures of metrics of one statement on each leaf, beside nothing for all others."""
    columns = ", ".join(
        f"counts.{code}" if metric in group else f"NULL::bigint AS {code}"
        for code, metric in METRICS.items()
    )
    return f"SELECT counts.organisation_id, {columns} FROM ({counted(group, LEAF)}) counts"


def _together(metric: Metric) -> str:
    """A metric's figures on the leaves as one of the organisation above them."""
    if metric.measure is Measure.EARLIEST:
        return f"min(nullif(leaf.{metric.code}, 0))"
    return f"sum(leaf.{metric.code})::bigint"


def _figures_of_all() -> str:
    """One row an organisation and metric that is not 0; summed up side by side, then turned."""
    sums = ", ".join(f"{_together(metric)} AS {code}" for code, metric in METRICS.items())
    turned = ", ".join(f"('{code}', sums.{code})" for code in METRICS)
    leaves = " UNION ALL ".join(_leaves(group) for group in by_statement(METRICS.values()))
    return f"""
        INSERT INTO snapshots_figure (snapshot_id, organisation_id, metric, value)
        SELECT %(snapshot)s, sums.id, figure.metric, figure.value
        FROM (
            SELECT above.id, {sums}
            FROM ({leaves}) leaf
            JOIN tree o ON o.id = leaf.organisation_id
            CROSS JOIN LATERAL unnest(string_to_array(rtrim(o.path, '.'), '.')) AS part (code)
            JOIN tree above ON above.code = part.code
            GROUP BY above.id
        ) sums
        CROSS JOIN LATERAL (VALUES {turned}) AS figure (metric, value)
        WHERE figure.value <> 0"""


@command
def take_snapshot(actor: Actor, *, as_of: AsOf | None = None) -> Snapshot:  # noqa: ARG001
    """Keep the figures of all organisations as of now, or as of an earlier instant; once each.

    The oldest snapshots beyond `KEPT` are forgotten, but for those of the ends of months. Anybody
    may ask: no fact changes, and what a reader may see of it is decided on reading.
    """
    moment = as_of or present()
    taken = {"definitions": fingerprint()}
    snapshot, new = Snapshot.objects.get_or_create(as_of=moment.instant, defaults=taken)
    if new:
        with connection.cursor() as cursor:
            whole = whole_tree(moment)
            values = parameters(whole, moment, year_of(moment), snapshot=snapshot.pk)
            cursor.execute(whole.tree + _figures_of_all(), values)
        ends = [end.instant for end in month_ends(present(), MONTHS)]
        others = Snapshot.objects.exclude(as_of__in=ends)
        latest = others.order_by("-taken_at", "-pk").values_list("pk", flat=True)
        others.exclude(pk__in=list(latest[:KEPT])).delete()
    return snapshot


@command
def request_snapshot(actor: Actor) -> None:
    """Let the worker take one as soon as it can; for who reads figures at all."""
    if not actor.may_somewhere(Permission.FIGURE_READ):
        raise Absent("snapshot")
    jobs.defer("snapshots.take_snapshot", lock="snapshots.snapshot")
