"""The first page of a supervisor: a table whose places come in the order of need."""

from dataclasses import dataclass

from baodao.insight.queries.asking import present
from baodao.insight.queries.figures import Row, Table, organisation_for, table
from baodao.insight.queries.snapshots import is_small, latest_snapshot
from baodao.insight.rules import AsOf, need
from baodao.kernel.authz import Actor
from baodao.orgs.rules import Kind


@dataclass(frozen=True)
class Overview:
    """`places` without helpers first; `units` in the order of the tree, never by their figures.

    `taken` says that the figures are those of a snapshot, not of this moment.
    """

    table: Table
    places: tuple[Row, ...]
    units: tuple[Row, ...]
    taken: bool


def overview(actor: Actor, code: str) -> Overview:
    """The organisation as it stands: counted live when small, else as the latest snapshot says."""
    organisation = organisation_for(actor, code)
    snapshot = latest_snapshot()
    if is_small(organisation, snapshot):
        snapshot = None
    as_of = AsOf(snapshot.as_of) if snapshot else present()
    made = table(actor, code, as_of)
    places = [row for row in made.rows if row.kind is not Kind.UNIT]
    units = [row for row in made.rows if row.kind is Kind.UNIT]
    places.sort(key=lambda row: need(row.figures))
    return Overview(made, tuple(places), tuple(units), snapshot is not None)
