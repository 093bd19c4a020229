"""Figures that were taken beforehand: which instants are kept, and what they say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import ask
from baodao.figures.queries.statements import unchanged
from baodao.figures.rules.catalogue import count_beside, fingerprint
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.figures import Figures
from baodao.kernel import jobs
from baodao.kernel.moments import AsOf, year_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import changed_since
from baodao.orgs.queries.trees import PlaceThen
from baodao.snapshots.models import Figure, Snapshot

SMALL = 20_000
"""Below so many memberships and registrations figures are counted live."""

_SIZE = """
    SELECT (SELECT count(*) FROM (
        SELECT 1 FROM orgs_organisation branch
        JOIN people_membership m ON m.branch_id = branch.id AND m.closed_at IS NULL
        WHERE branch.path LIKE %(below)s LIMIT %(small)s
    ) members) + (SELECT count(*) FROM (
        SELECT 1 FROM orgs_organisation community
        JOIN registration_registration r ON r.community_id = community.id
        WHERE community.kind = 'community' AND community.path LIKE %(below)s LIMIT %(small)s
    ) hosted) AS size"""

_LEAVES = """
    SELECT leaf.id AS leaf,
           coalesce(sum(leaf.part * f.value) FILTER (WHERE f.metric = %(rows)s), 0)::bigint AS rows,
           coalesce(sum(leaf.part * f.value) FILTER (WHERE f.metric = %(number)s), 0)::bigint
               AS number
    FROM (
        SELECT o.id, o.path, o.id AS figure_of, 1 AS part FROM tree o
        WHERE o.path LIKE %(below)s AND o.kind = ANY(%(kinds)s)
        UNION ALL
        SELECT o.id, o.path, lower.id, -1 FROM tree o
        JOIN tree lower ON lower.parent_id = o.id
        WHERE o.path LIKE %(below)s AND o.kind = ANY(%(kinds)s) AND lower.kind = ANY(%(kinds)s)
    ) leaf
    JOIN snapshots_figure f ON f.snapshot_id = %(snapshot)s AND f.organisation_id = leaf.figure_of
        AND f.metric IN (%(rows)s, %(number)s)
    GROUP BY leaf.id, leaf.path ORDER BY leaf.path"""
"""A figure holds those of what stands below, too: the rest hangs on the organisation itself."""


def is_small(organisation: Organisation, snapshot: Snapshot | None) -> bool:
    """Whether its figures are quickly counted live: by what a snapshot says, or without one by a
    count that looks at no more rows than that takes."""
    if snapshot is not None:
        sizes = Figure.objects.filter(
            snapshot=snapshot,
            organisation_id=organisation.pk,
            metric__in=("members", "hosted"),
        )
        return sum(sizes.values_list("value", flat=True)) < SMALL
    values = {"below": f"{organisation.path}%", "small": SMALL}
    return bool(ask(_SIZE, values)[0]["size"] < SMALL)


def is_counting() -> bool:
    """Whether the worker takes one, or soon will."""
    return jobs.is_under_way("snapshots.take_snapshot")


def latest_snapshot() -> Snapshot | None:
    """The one with the latest instant."""
    return Snapshot.objects.order_by("-as_of").first()


@dataclass(frozen=True)
class Knowledge:
    """The metrics of which a snapshot says what they count as of a later instant, too; none without
    a snapshot."""

    snapshot: Snapshot | None = None
    metrics: tuple[Metric, ...] = ()


def known(query: FigureQuery) -> Knowledge:
    """What the latest snapshot until the instant knows of the metrics of a query: all of them at
    its own instant, later on the same day those of which nothing was recorded since. Nothing where
    there is none of that day, the tree changed since, or the period is not its year."""
    if query.period != year_of(query.as_of):
        return Knowledge()
    taken = Snapshot.objects.filter(as_of__lte=query.as_of.instant, definitions=fingerprint())
    snapshot = taken.order_by("-as_of").first()
    if snapshot is None:
        return Knowledge()
    if snapshot.as_of == query.as_of.instant:
        return Knowledge(snapshot, query.metrics)
    if AsOf(snapshot.as_of).on != query.as_of.on or changed_since(snapshot.as_of):
        return Knowledge()
    return Knowledge(snapshot, unchanged(query.metrics, query.values | {"since": snapshot.as_of}))


def earlier_figures(organisation: Organisation, as_of: AsOf) -> Figures:
    """What the snapshot of exactly an earlier instant says of an organisation; empty without it."""
    rows = Figure.objects.filter(snapshot__as_of=as_of.instant, organisation_id=organisation.pk)
    return dict(rows.values_list("metric", "value"))


def figures_in(knowledge: Knowledge, organisation_ids: Iterable[int]) -> dict[int, Figures]:
    """The known figures of these organisations by id; what is absent is 0."""
    if not knowledge.metrics:
        return {}
    rows = Figure.objects.filter(
        snapshot=knowledge.snapshot,
        organisation_id__in=list(organisation_ids),
        metric__in=[metric.code for metric in knowledge.metrics],
    )
    figures: defaultdict[int, Figures] = defaultdict(dict)
    for organisation_id, metric, value in rows.values_list("organisation_id", "metric", "value"):
        figures[organisation_id][metric] = value
    return dict(figures)


def leaves_in(
    knowledge: Knowledge, place: PlaceThen, metric: Metric
) -> list[tuple[int, int, int]] | None:
    """What a metric counts on each organisation on which its source hangs, in the order of the
    tree: the rows and the number they make. None where it or its rows are not known."""
    snapshot, rows = knowledge.snapshot, count_beside(metric)
    if (
        snapshot is None
        or metric not in knowledge.metrics
        or rows is None
        or metric.measure is Measure.EARLIEST
    ):
        return None
    values = {
        "tree": place.tree,
        "instant": snapshot.as_of,
        "snapshot": snapshot.pk,
        "below": f"{place.path}%",
        "kinds": [str(kind) for kind in metric.source.leaves],
        "rows": rows.code,
        "number": metric.code,
    }
    return [
        (row["leaf"], row["rows"], row["number"]) for row in ask(_LEAVES, values) if row["rows"]
    ]
