"""Reading figures: the registration table, the rows behind a number, the overview."""

from baodao.insight.queries.asking import present
from baodao.insight.queries.cells import Cell, Narrowing, cell
from baodao.insight.queries.figures import Row, Table, organisation_for, table
from baodao.insight.queries.issued import issued_table
from baodao.insight.queries.listing import Listed, ListedOrganisation, ListedPerson
from baodao.insight.queries.overviews import Overview, overview
from baodao.insight.queries.snapshots import is_small, latest_snapshot

__all__ = [
    "Cell",
    "Listed",
    "ListedOrganisation",
    "ListedPerson",
    "Narrowing",
    "Overview",
    "Row",
    "Table",
    "cell",
    "is_small",
    "issued_table",
    "latest_snapshot",
    "organisation_for",
    "overview",
    "present",
    "table",
]
