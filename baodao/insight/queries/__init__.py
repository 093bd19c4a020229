"""Reading figures: the official tables, the rows behind a number, the overview."""

from baodao.insight.queries.asking import present
from baodao.insight.queries.cells import Cell, Narrowing, cell
from baodao.insight.queries.deeds import ListedClaim, ListedNeed, ListedOffer, ListedRecord
from baodao.insight.queries.figures import Row, Table, organisation_for, table
from baodao.insight.queries.issued import issued_table
from baodao.insight.queries.listing import Listed, ListedOrganisation, ListedPerson
from baodao.insight.queries.overviews import Overview, overview
from baodao.insight.queries.snapshots import is_small, latest_snapshot
from baodao.insight.queries.tallies import behind

__all__ = [
    "Cell",
    "Listed",
    "ListedClaim",
    "ListedNeed",
    "ListedOffer",
    "ListedOrganisation",
    "ListedPerson",
    "ListedRecord",
    "Narrowing",
    "Overview",
    "Row",
    "Table",
    "behind",
    "cell",
    "is_small",
    "issued_table",
    "latest_snapshot",
    "organisation_for",
    "overview",
    "present",
    "table",
]
