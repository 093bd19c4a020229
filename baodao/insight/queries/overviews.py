"""The first page of a supervisor: a table whose places come in the order of need."""

from dataclasses import dataclass

from baodao.accounts.queries import is_on
from baodao.accounts.rules import UNIT_ORDER
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import present
from baodao.figures.rules.catalogue import overview_metrics
from baodao.figures.rules.figures import Figures, by_need, by_rate, total
from baodao.insight.queries.tables import StatRow, children, organisation_for
from baodao.kernel.authz import Actor
from baodao.kernel.moments import AsOf, Period, month_ends, year_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.snapshots.queries import earlier_figures, is_small, latest_snapshot


@dataclass(frozen=True)
class Overview:
    """`places` in the order of need; `units` in the order of the tree, by rate only where a switch
    allows it and the reader asks.

    `from_snapshot` says that the figures are those of a snapshot, not of this moment. `before` are
    those of the end of last month, empty where no snapshot of then is kept.
    """

    organisation: Organisation
    as_of: AsOf
    period: Period
    total: Figures
    places: tuple[StatRow, ...]
    units: tuple[StatRow, ...]
    from_snapshot: bool
    may_order: bool
    ordered: bool
    before: Figures


def overview(actor: Actor, code: str, *, ordered: bool = False) -> Overview:
    """The organisation as it stands: counted live when small, else as the latest snapshot says.

    `ordered` puts the units in the order of their rates; nothing changes where no switch allows
    it.
    """
    organisation = organisation_for(actor, code)
    latest = snapshot = latest_snapshot()
    if is_small(organisation, snapshot):
        snapshot = None
    as_of = AsOf(snapshot.as_of) if snapshot else present()
    metrics = overview_metrics(Kind(organisation.kind))
    query = FigureQuery(
        organisation, place_then(organisation, as_of), metrics, as_of, year_of(as_of)
    )
    rows = children(query)
    places = [row for row in rows if row.kind is not Kind.UNIT]
    places.sort(key=lambda row: by_need(row.figures))
    units = [row for row in rows if row.kind is Kind.UNIT]
    may_order = is_on(UNIT_ORDER, organisation)
    if ordered and may_order:
        units.sort(key=lambda row: by_rate(row.figures))
    return Overview(
        organisation,
        as_of,
        query.period,
        total((row.figures for row in rows), metrics),
        tuple(places),
        tuple(units),
        snapshot is not None,
        may_order,
        ordered and may_order,
        earlier_figures(organisation, month_ends(as_of, 1)[0]) if latest else {},
    )
