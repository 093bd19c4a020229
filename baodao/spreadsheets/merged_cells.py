"""What merged cells say for the rows that they cover: it stands in the first of them alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from baodao.spreadsheets.blocks import Region
from baodao.spreadsheets.cells import Cell, text_of


class FilledRow(NamedTuple):
    """A row with what merged cells above say for it; `inherited` are the places of that."""

    number: int
    cells: Sequence[Cell]
    inherited: frozenset[int] = frozenset()


class MergedCells:
    """Fills the rows of a sheet, given one after the other; only regions of several rows matter."""

    def __init__(self, regions: Iterable[Region], first_column: int) -> None:
        self._starts: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for region in regions:
            if region.bottom > region.top:
                place = region.left - first_column
                self._starts[region.top].append((place, region.bottom))
        self._values: dict[int, tuple[int, Cell]] = {}

    def filled(self, number: int, cells: Sequence[Cell]) -> FilledRow:
        """The next row, its empty cells under a merged one filled with what that says."""
        row = FilledRow(number, cells)
        places = [
            place
            for place, (bottom, _) in self._values.items()
            if number <= bottom and place < len(cells) and not text_of(cells[place])
        ]
        if places:
            every = list(cells)
            for place in places:
                every[place] = self._values[place][1]
            row = FilledRow(number, every, frozenset(places))
        for place, bottom in self._starts.get(number, ()):
            if 0 <= place < len(cells):
                self._values[place] = bottom, cells[place]
        return row
