"""Figures that were taken beforehand: which instants are kept, and what they say."""

from collections import defaultdict
from collections.abc import Iterable

from baodao.figures.models import Figure, Snapshot
from baodao.figures.queries.sql import ask
from baodao.figures.queries.trees import PlaceThen
from baodao.figures.rules.catalogue import count_beside
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.figures import Figures
from baodao.kernel.moments import AsOf, Period, year_of
from baodao.orgs.models import Organisation

SMALL = 20_000
"""Below so many memberships and registrations figures are counted live."""

_SIZE = """
    SELECT (SELECT count(*) FROM (
        SELECT FROM orgs_organisation branch
        JOIN people_membership m ON m.branch_id = branch.id AND m.closed_at IS NULL
        WHERE branch.path LIKE %(below)s LIMIT %(small)s
    ) members) + (SELECT count(*) FROM (
        SELECT FROM orgs_organisation community
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
        SELECT o.id, o.path, branch.id, -1 FROM tree o
        JOIN tree branch ON branch.parent_id = o.id
        WHERE o.path LIKE %(below)s AND o.kind = ANY(%(kinds)s) AND o.kind = 'unit'
    ) leaf
    JOIN figures_figure f ON f.snapshot_id = %(snapshot)s AND f.organisation_id = leaf.figure_of
        AND f.metric IN (%(rows)s, %(number)s)
    GROUP BY leaf.id, leaf.path ORDER BY leaf.path"""
"""A unit's figure holds its branches' too: only the rest hangs on the unit itself."""


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


def latest_snapshot() -> Snapshot | None:
    """The one with the latest instant."""
    return Snapshot.objects.order_by("-as_of").first()


def snapshot_at(as_of: AsOf, period: Period) -> Snapshot | None:
    """The snapshot of exactly this instant, if it is still kept and is of this period."""
    if period != year_of(as_of):
        return None
    return Snapshot.objects.filter(as_of=as_of.instant).first()


def earlier_figures(organisation: Organisation, as_of: AsOf) -> Figures:
    """What the snapshot of exactly an earlier instant says of an organisation; empty without it."""
    rows = Figure.objects.filter(snapshot__as_of=as_of.instant, organisation_id=organisation.pk)
    return dict(rows.values_list("metric", "value"))


def figures_in(snapshot: Snapshot, organisation_ids: Iterable[int]) -> dict[int, Figures]:
    """The figures of these organisations by id; what is absent is 0."""
    rows = Figure.objects.filter(snapshot=snapshot, organisation_id__in=list(organisation_ids))
    figures: defaultdict[int, Figures] = defaultdict(dict)
    for organisation_id, metric, value in rows.values_list("organisation_id", "metric", "value"):
        figures[organisation_id][metric] = value
    return dict(figures)


def leaves_in(
    snapshot: Snapshot, place: PlaceThen, metric: Metric
) -> list[tuple[int, int, int]] | None:
    """What a metric counts on each organisation on which its source hangs, in the order of the
    tree: the rows and the number they make. None where a snapshot does not know the rows."""
    rows = count_beside(metric)
    if rows is None or metric.measure is Measure.EARLIEST:
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
