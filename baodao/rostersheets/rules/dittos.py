"""Cells that mean what stands above them: 同上, 〃."""

from collections.abc import Callable, Collection, Mapping, Sequence

from baodao.rostersheets.rules.branches import is_ditto
from baodao.rostersheets.rules.headers import DATES, RosterFact
from baodao.rostersheets.rules.problem_log import ProblemLog
from baodao.rostersheets.rules.problems import REMARKS
from baodao.spreadsheets.cells import Cell, Memo, quoted, text_of
from baodao.spreadsheets.leftovers import row_ranges

SHARED_WITH_ABOVE = (
    *(*DATES, RosterFact.STANDING, RosterFact.GRADE, RosterFact.LIVES_IN_CITY),
    *(RosterFact.SEX, RosterFact.RETIRED_ON, RosterFact.HOME_COMMUNITY),
)
"""What people of two rows may well have in common, beside what is kept as it stands. A name and an
ID number are nobody else's; of a telephone somebody must say so."""
LONGEST = 4
ABOVE = "〃"


class Dittos:
    """The cells of one table that mean what stands above; `at` says in which column each fact
    stands, `notes` are those that are kept as they stand.

    Of telephones `phones` answers whether the one above is meant, or none; None is no answer.
    """

    def __init__(
        self,
        at: Mapping[str, int],
        notes: Collection[str],
        log: ProblemLog,
        *,
        phones: bool | None,
    ) -> None:
        self._log = log
        self._phones = phones
        facts = {*SHARED_WITH_ABOVE, *notes}
        self._at = {fact: index for fact, index in at.items() if fact in facts}
        self._branch = at.get(RosterFact.BRANCH)
        self._phone = at.get(RosterFact.PHONE)
        self._rows: dict[str, dict[int, str]] = {}
        self.means_above = Memo(_means_above)
        self.before: Sequence[Cell] = ()
        self._phone_above: Cell = ""

    def filled(self, row: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells of a person's row, what means the cell above replaced by that."""
        every = list(cells)
        for fact, index in self._at.items():
            if self.means_above[every[index]] and index < len(self.before):
                self._note(fact, row, every[index])
                every[index] = self.before[index]
        if self._branch is not None and self.means_above[every[self._branch]]:
            self._note(RosterFact.BRANCH, row, every[self._branch])
        if self._phone is not None and not self.means_above[every[self._phone]]:
            self._phone_above = every[self._phone]
        self.before = every
        return every

    def pass_by(self, cells: Sequence[Cell]) -> None:
        """Remember the row of a person in which nothing means what stands above."""
        self.before = cells
        if self._phone is not None:
            self._phone_above = cells[self._phone]

    def phone(self, row: int, cell: Cell) -> Cell:
        """The telephone of a row; of one that means the number above it is asked whether it does,
        until somebody says so."""
        if self._phone is None or not self.means_above[cell]:
            return cell
        if self._phones is None:
            self._log.problem(row, RosterFact.PHONE, "phone-above", value=quoted(text_of(cell)))
            return ""
        if self._phones:
            self._note(RosterFact.PHONE, row, cell)
        return self._phone_above if self._phones else ""

    def _note(self, fact: str, row: int, cell: Cell) -> None:
        self._rows.setdefault(fact, {})[row] = quoted(text_of(cell))

    def tell(self, header_row: int) -> None:
        """Remark once for each column, before all else, which of its cells were read so."""
        remarks = []
        for fact, rows in self._rows.items():
            first = next(iter(rows.values()))
            facts = {"value": first, "count": len(rows), "rows": row_ranges(list(rows))}
            remarks.append(self._log.at(header_row, fact, "above", REMARKS["above"], **facts))
        self._log.remarks[:0] = remarks


def own_note(read: Callable[[Cell], str]) -> Callable[[Cell], str]:
    """Reads what is kept of a cell as it stands; `ABOVE` if it means what stands above."""
    return lambda cell: ABOVE if _means_above(cell) else read(cell)


def _means_above(cell: Cell) -> bool:
    return isinstance(cell, str) and 0 < len(cell) <= LONGEST and is_ditto(text_of(cell))
