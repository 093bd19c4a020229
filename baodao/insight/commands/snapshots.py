"""Taking the figures of every node of the tree in one pass over facts and tallies."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from django.db import connection

from baodao.insight.models import Snapshot
from baodao.insight.queries.asking import parameters, present
from baodao.insight.queries.sources import LEAF, chosen, counted
from baodao.insight.rules import METRICS, AsOf, Source, year_of
from baodao.kernel import jobs
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent

KEPT = 6
"""Snapshots held: with one every ten minutes, links into the overview stay quick for an hour, and
right for ever: older ones are counted from the facts."""


def _zeros(source: Source) -> str:
    """The figures of one source beside zeros for those of all others."""
    return ", ".join(
        f"counts.{code}" if metric.source is source else f"0 AS {code}"
        for code, metric in METRICS.items()
    )


_LEAVES = " UNION ALL ".join(
    f"SELECT counts.organisation_id, {_zeros(source)} FROM ({counted(source, LEAF)}) counts"
    for source in Source
)
_SUMS = ", ".join(f"sum(leaf.{code})" for code in METRICS)
_ABOVE = """
    CROSS JOIN LATERAL unnest(string_to_array(rtrim({path}, '.'), '.')) AS part (code)
    JOIN orgs_organisation above ON above.code = part.code"""
_TAKE = f"""
    INSERT INTO insight_figure (snapshot_id, organisation_id, {", ".join(METRICS)})
    SELECT %(snapshot)s, above.id, {_SUMS}
    FROM ({_LEAVES}) leaf
    JOIN orgs_organisation o ON o.id = leaf.organisation_id
    {_ABOVE.format(path="o.path")}
    GROUP BY above.id"""
_OLDEST = f"""
    UPDATE insight_figure figure SET oldest_need_at = waiting.since
    FROM (
        SELECT above.id, min(thing.collected_at) AS since
        FROM ({chosen("needs_without_help")}) thing {_ABOVE.format(path="thing.path")}
        GROUP BY above.id
    ) waiting
    WHERE figure.snapshot_id = %(snapshot)s AND figure.organisation_id = waiting.id"""


@command
def take_snapshot(actor: Actor, *, as_of: AsOf | None = None) -> Snapshot:  # noqa: ARG001
    """Keep the figures of all organisations as of now, or as of an earlier instant; once each.

    The oldest snapshots beyond `KEPT` are forgotten. Anybody may ask: no fact changes, and what
    a reader may see of it is decided on reading.
    """
    moment = as_of or present()
    snapshot, made = Snapshot.objects.get_or_create(as_of=moment.instant)
    if made:
        with connection.cursor() as cursor:
            for sql in (_TAKE, _OLDEST):
                cursor.execute(sql, parameters("%", moment, year_of(moment), snapshot=snapshot.pk))
        kept = Snapshot.objects.order_by("-taken_at", "-pk").values("pk")[:KEPT]
        Snapshot.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return snapshot


@command
def ask_for_snapshot(actor: Actor) -> None:
    """Let the worker take one as soon as it can; for who reads figures at all."""
    if not actor.may_somewhere(Permission.FIGURE_READ):
        raise Absent("snapshot")
    jobs.defer("insight.take_snapshot", lock="insight.snapshot")
