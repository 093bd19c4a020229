"""The first page of a supervisor: a table whose places come in the order of need."""

from dataclasses import dataclass
from datetime import datetime

from baodao.accounts.queries import is_on
from baodao.accounts.rules import UNIT_ORDER
from baodao.insight.queries.asking import ask, parameters, present
from baodao.insight.queries.figures import Row, children, organisation_for
from baodao.insight.queries.snapshots import is_small, latest_snapshot, oldest_needs_in
from baodao.insight.queries.sources import chosen
from baodao.insight.rules import (
    LEVELS,
    SERVICE_LEVELS,
    AsOf,
    Figures,
    Period,
    by_rate,
    need,
    total,
    year_of,
)
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.orgs.rules import Kind

_OLDEST = f"""
    SELECT split_part(thing.path, '.', %(part)s) AS child, min(thing.collected_at) AS oldest
    FROM ({chosen("needs_without_help")}) thing GROUP BY 1"""  # noqa: S608 - constants


@dataclass(frozen=True)
class Overview:
    """`places` in the order of need; `units` in the order of the tree, by rate only where a switch
    allows it and the reader asks.

    `taken` says that the figures are those of a snapshot, not of this moment. `oldest` is when
    the oldest need without help was entered, by the code of the place.
    """

    organisation: Organisation
    as_of: AsOf
    period: Period
    total: Figures
    places: tuple[Row, ...]
    units: tuple[Row, ...]
    oldest: dict[str, datetime]
    taken: bool
    may_order: bool
    ordered: bool


def overview(actor: Actor, code: str, *, ordered: bool = False) -> Overview:
    """The organisation as it stands: counted live when small, else as the latest snapshot says.

    `ordered` puts the units in the order of their rates; nothing changes where no switch allows
    it.
    """
    organisation = organisation_for(actor, code)
    snapshot = latest_snapshot()
    if is_small(organisation, snapshot):
        snapshot = None
    as_of = AsOf(snapshot.as_of) if snapshot else present()
    period, kind = year_of(as_of), Kind(organisation.kind)
    metrics = tuple(dict.fromkeys((*LEVELS[kind], *SERVICE_LEVELS[kind])))
    rows = children(organisation, metrics, as_of, period)
    if snapshot is not None:
        oldest = oldest_needs_in(snapshot, organisation)
    else:
        values = parameters(organisation, as_of, period, part=organisation.path.count(".") + 1)
        oldest = {row["child"]: row["oldest"] for row in ask(_OLDEST, values)}
    places = [row for row in rows if row.kind is not Kind.UNIT]
    places.sort(key=lambda row: need(row.figures, oldest.get(row.code)))
    units = [row for row in rows if row.kind is Kind.UNIT]
    may_order = is_on(UNIT_ORDER, organisation)
    if ordered and may_order:
        units.sort(key=lambda row: by_rate(row.figures))
    return Overview(
        organisation,
        as_of,
        period,
        total((row.figures for row in rows), metrics),
        tuple(places),
        tuple(units),
        oldest,
        snapshot is not None,
        may_order,
        ordered and may_order,
    )
