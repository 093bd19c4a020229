"""How many people a band says to stand below it, held against those who do."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from baodao.spreadsheets.cells import Cell, compact, text_of

STATED = re.compile(r"([0-9]{1,6})[人名位][)】\]]?$")


class StatedCount(NamedTuple):
    """A band in row `number` that states so many people; `before` is how many stood above it."""

    number: int
    cells: Sequence[Cell]
    stated: int
    before: int


class HeadCounts:
    """The counts of the bands of one sheet that hold, while its rows are read."""

    def __init__(self) -> None:
        self._open: list[StatedCount] = []

    def begin(self, number: int, cells: Sequence[Cell], people: int) -> None:
        """A band stands in row `number`, after so many people of the sheet."""
        stated = (STATED.search(compact(text_of(cell))) for cell in cells)
        count = next((int(match[1]) for match in stated if match), None)
        if count is not None:
            self._open.append(StatedCount(number, cells, count, people))

    def close(self, holding: Collection[int], people: int) -> Iterator[tuple[StatedCount, int]]:
        """Let those end that are not in the rows `holding`; yields each whose count differs, with
        how many people stand below it."""
        over = [one for one in self._open if one.number not in holding]
        self._open = [one for one in self._open if one.number in holding]
        for one in over:
            if people - one.before != one.stated:
                yield one, people - one.before
