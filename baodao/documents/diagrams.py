"""Filling a diagram: which figures of an item are drawn, and how long their bars are.

Figures are those that stand in the rows as text, so a diagram never says else than its list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from baodao.documents.blocks import Bar, Diagram, PaperColumn

FEWEST = 2
"""Bars that are worth a look: one alone has nothing beside it."""
MOST_SERIES = 6
"""Fillings that are told apart in black and white."""

Row = Mapping[str, object]


def filled_diagram(
    block: Diagram, columns: Sequence[PaperColumn], item: Mapping[str, object]
) -> Diagram:
    """The diagram of the rows that have any figure; without bars where there are too few."""
    rows = cast(Sequence[Row], item.get(block.rows) or ())
    labels = {one.name: one.label for one in columns if one.name in block.columns}
    names = [name for name in block.columns if name in labels]
    if block.rows != "rows":
        names = _by_size(rows)
        labels = {name: name for name in names}
    assert len(names) <= MOST_SERIES
    drawn = [(row, [_figure(row.get(name)) for name in names]) for row in rows]
    longest = max((sum(values) for _, values in drawn), default=0)
    bars = tuple(
        _bar(row, values, sum(values) if block.whole else longest)
        for row, values in drawn
        if (sum(values) if block.whole else longest and any(name in row for name in names))
    )
    if len(bars) < FEWEST:
        bars = ()
    return replace(block, series=tuple(labels[name] for name in names), bars=bars)


def _bar(row: Row, values: Sequence[float], whole: float) -> Bar:
    text = " + ".join(f"{value:g}" for value in values)
    return Bar(str(row.get("name", "")), tuple(100 * value / whole for value in values), text)


def _by_size(rows: Sequence[Row]) -> list[str]:
    """What stands beside the names, the most first."""
    names = dict.fromkeys(name for row in rows for name in row if name != "name")
    return sorted(names, key=lambda name: -sum(_figure(row.get(name)) for row in rows))


def _figure(value: object) -> float:
    """A figure as it stands on paper; what is none draws nothing."""
    try:
        return max(0.0, float(str(value)))
    except ValueError:
        return 0.0
