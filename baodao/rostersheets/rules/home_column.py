"""The column that tells in which communities people live."""

from collections.abc import Iterable, Mapping, Sequence

from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.homes import Homes, ReadHome
from baodao.rostersheets.rules.problem_log import ProblemLog
from baodao.rostersheets.rules.problems import REMARKS
from baodao.rostersheets.rules.roster import RosterRow
from baodao.spreadsheets.cells import Cell, Memo, text_of
from baodao.spreadsheets.headings import heading_of
from baodao.spreadsheets.leftovers import row_ranges

ADDRESSES = frozenset(["居住地", "现居住地", "常住地"])
"""Headers of addresses below which many write the community alone."""


class HomeColumn:
    """The column of a table that tells in which community people live: one of its own, or that of
    addresses if it is headed 居住地. An address that names no community stays an address alone."""

    def __init__(
        self, at: Mapping[str, int], log: ProblemLog, homes: Homes, addresses: str = "address"
    ) -> None:
        self._log = log
        self._homes = homes
        self._fact: str = RosterFact.HOME_COMMUNITY
        heading = heading_of(log.titles.get(addresses, "")).core
        if self._fact not in at and heading in ADDRESSES:
            self._fact = addresses
        self._is_address = self._fact == addresses
        self.index = at.get(self._fact, -1)
        self.read = Memo(self._read)

    def _read(self, cell: Cell) -> ReadHome:
        home = self._homes.read(text_of(cell))
        return ReadHome(home.id) if self._is_address else home

    def checked(self, row: int, cells: Sequence[Cell], *, is_away: bool) -> int | None:
        """The community of a row; what is none of this city is no matter of who lives elsewhere,
        and is told, and a problem of everybody else."""
        home = self.read[cells[self.index]]
        if home.message and is_away:
            self._log.remark(row, self._fact, "home-elsewhere", **home.facts)
        elif home.message:
            fact = RosterFact.HOME_COMMUNITY
            self._log.say(row, fact, "home-unknown", home.message, **home.facts)
        return home.id

    def tell(self, header_row: int, rows: Iterable[RosterRow]) -> None:
        """Remark once which addresses name a community, which is kept beside them."""
        if not self._is_address or self.index < 0:
            return
        if numbers := [row.row for row in rows if row.home_community is not None]:
            facts = {"count": len(numbers), "rows": row_ranges(numbers)}
            message = REMARKS["home-of-address"]
            self._log.remarks.insert(
                0, self._log.at(header_row, self._fact, "home-of-address", message, **facts)
            )
