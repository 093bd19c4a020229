"""What a sheet says of its people's branches: in a column, in bands between rows, by its name."""

from collections.abc import Mapping, Sequence

from baodao.rostersheets.rules.branches import branch_name, is_ditto
from baodao.spreadsheets.blocks import Region
from baodao.spreadsheets.cells import Cell, Memo, text_of

BLOCKS = 3


class BranchColumn:
    """The branches of one sheet, row by row.

    `index` is the column in a row, None without one; `first` the sheet's column of the first cell.
    `merges` says where a branch stands once for its block: top row → (bottom row, left column).
    `band` is the name that a band between the rows gave last, `of_sheet` that of the sheet if no
    row names one, `implied` whether it was not written anywhere, `last` the one written last.
    """

    def __init__(self, index: int | None, first: int) -> None:
        self.index = index
        self.first = first
        self.merges: Mapping[int, tuple[int, int]] = {}
        self.names = Memo(_branch_name)
        self._band = ""
        self._is_banded = False
        self.of_sheet: str | None = None
        self.implied = False
        self._block = (0, "")
        self.last = ""
        self._carried: dict[int, str] = {}
        self._written = 0
        self._runs: set[str] = set()
        self._returns = False

    @property
    def speaks(self) -> bool:
        """Whether a column or a band names branches, or did for other rows."""
        return self.index is not None or self._is_banded

    @property
    def band(self) -> str:
        return self._band

    @band.setter
    def band(self, name: str) -> None:
        self._band = name
        self._is_banded = self._is_banded or bool(name)

    @property
    def place(self) -> int:
        """The column counted from the sheet's edge, -1 without one."""
        return -1 if self.index is None else self.index + self.first

    def note(self, branch: str) -> None:
        """A row says its branch itself."""
        self._written += 1
        if branch != self.last:
            self._returns = self._returns or branch in self._runs
            self._runs.add(branch)
            self.last = branch

    def of(self, number: int, cells: Sequence[Cell]) -> str:
        """The branch of row `number`: its own, that of its block, or that of the band above."""
        if self.index is None:
            return self.band
        if number in self.merges:
            bottom, left = self.merges[number]
            self._block = (bottom, self.names[cells[left - self.first]])
        branch = self.names[cells[self.index]]
        if not branch and number <= self._block[0]:
            branch = self._block[1]
        elif not branch and is_ditto(text_of(cells[self.index])):
            branch = self.last
        if branch:
            self.note(branch)
        elif self.last:
            self._carried[number] = self.last
        return branch or self.band

    def carried(self) -> Mapping[int, str]:
        """Rows without a branch of their own that mean the one above, if the sheet is written in
        blocks: each branch once at the top of its own, and not half of the rows alone."""
        again = self._written - len(self._runs)
        in_blocks = (
            not self._returns
            and len(self._carried) * BLOCKS >= self._written > 0
            and again * BLOCKS <= len(self._carried)
        )
        return self._carried if in_blocks else {}


def branch_merges(merges: Sequence[Region], column: int) -> dict[int, tuple[int, int]]:
    """The regions that hold a branch once for its block: top row → (bottom row, left column)."""
    return {
        region.top: (region.bottom, region.left)
        for region in merges
        if region.bottom > region.top and region.left <= column <= region.right
    }


def covered_rows(merges: Sequence[Region], column: int) -> frozenset[int]:
    """Rows under a cell of a column that is merged over several."""
    regions = (one for one in merges if one.left <= column <= one.right)
    return frozenset(row for one in regions for row in range(one.top + 1, one.bottom + 1))


def _branch_name(cell: Cell) -> str:
    return branch_name(text_of(cell))
