"""Figures that were taken beforehand: which instants are held, and what they say."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Iterable
from datetime import datetime

from baodao.insight.models import Figure, Snapshot
from baodao.insight.queries.asking import ask
from baodao.insight.rules import METRICS, AsOf, Figures, Period, year_of
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind

SMALL = 20_000
"""Below so many memberships and registrations figures are counted live."""

_SIZE = """
    SELECT (SELECT count(*) FROM (
        SELECT FROM orgs_organisation branch
        JOIN people_membership m ON m.branch_id = branch.id AND m.closed_at IS NULL
        WHERE branch.path LIKE %(below)s LIMIT %(small)s
    ) held) + (SELECT count(*) FROM (
        SELECT FROM orgs_organisation community
        JOIN registration_registration r ON r.community_id = community.id
        WHERE community.kind = 'community' AND community.path LIKE %(below)s LIMIT %(small)s
    ) hosted) AS size"""


def is_small(organisation: Organisation, snapshot: Snapshot | None) -> bool:
    """Whether its figures are quickly counted live: by what a snapshot says, or without one by a
    count that looks at no more rows than that takes."""
    if snapshot is not None:
        figure = Figure.objects.filter(snapshot=snapshot, organisation_id=organisation.pk).first()
        return figure is None or figure.members + figure.hosted < SMALL
    values = {"below": f"{organisation.path}%", "small": SMALL}
    return bool(ask(_SIZE, values)[0]["size"] < SMALL)


def latest_snapshot() -> Snapshot | None:
    return Snapshot.objects.order_by("-as_of").first()


def snapshot_at(as_of: AsOf, period: Period) -> Snapshot | None:
    """The snapshot of exactly this instant, if it is still held and tells of this period."""
    if period != year_of(as_of):
        return None
    return Snapshot.objects.filter(as_of=as_of.instant).first()


def children_in(snapshot: Snapshot, children: Iterable[Organisation]) -> dict[str, Figures]:
    """The figures of these organisations by code; absent where they are all 0."""
    codes = {child.pk: child.code for child in children}
    rows = Figure.objects.filter(snapshot=snapshot, organisation_id__in=codes)
    return {
        codes[row.organisation_id]: {metric: getattr(row, metric) for metric in METRICS}
        for row in rows
    }


def oldest_needs_in(snapshot: Snapshot, organisation: Organisation) -> dict[str, datetime]:
    """Since when the oldest need without help waits, by the code of the child it lies below."""
    children = dict(organisation.children.values_list("pk", "code"))
    rows = Figure.objects.filter(snapshot=snapshot, organisation_id__in=children)
    return {children[row.organisation_id]: row.oldest_need_at for row in rows if row.oldest_need_at}


def leaves_in(
    snapshot: Snapshot, organisation: Organisation, metric: str, kinds: Iterable[Kind]
) -> list[tuple[int, int, int]]:
    """What a metric counts on each organisation of these kinds, in the order of the tree: the rows
    and the number they make.

    A unit's figure holds its branches' too: only the rest hangs on the unit itself.
    """
    number = METRICS[metric].code
    rows = METRICS[metric].rows or number
    sql = f"""
        SELECT o.id AS leaf, (f.{rows} - coalesce(inside.rows, 0))::bigint AS rows,
               (f.{number} - coalesce(inside.number, 0))::bigint AS number
        FROM orgs_organisation o
        JOIN insight_figure f ON f.organisation_id = o.id AND f.snapshot_id = %(snapshot)s
        LEFT JOIN LATERAL (
            SELECT sum(b.{rows}) AS rows, sum(b.{number}) AS number
            FROM orgs_organisation branch
            JOIN insight_figure b ON b.organisation_id = branch.id
                AND b.snapshot_id = %(snapshot)s
            WHERE branch.parent_id = o.id AND o.kind = 'unit'
        ) inside ON true
        WHERE o.path LIKE %(below)s AND o.kind = ANY(%(kinds)s)
        ORDER BY o.path"""
    values = {
        "snapshot": snapshot.pk,
        "below": f"{organisation.path}%",
        "kinds": [str(kind) for kind in kinds],
    }
    return [(row["leaf"], row["rows"], row["number"]) for row in ask(sql, values) if row["rows"]]
