"""One sheet of a roster: its tables, the bands over their rows, and what is left of it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from baodao.rostersheets.rules.bands import (
    Bands,
    branch_of_title,
    is_of_others,
    outsiders_in,
    stand_in,
)
from baodao.rostersheets.rules.branch_column import branch_merges
from baodao.rostersheets.rules.branches import branch_name
from baodao.rostersheets.rules.head_counts import HeadCounts, StatedCount, total_of
from baodao.rostersheets.rules.headers import REQUIRED, RosterFact
from baodao.rostersheets.rules.roster import Setup
from baodao.rostersheets.rules.sheet import SheetJudge
from baodao.rostersheets.rules.words import Stand
from baodao.spreadsheets.blocks import SheetBlocks, TableBlock, band_of
from baodao.spreadsheets.cells import Cell, text_of
from baodao.spreadsheets.leftovers import LeftoverKind, SheetLeftovers

Seen = dict[str, tuple[str, int]]
PREPARED = (RosterFact.BRANCH, RosterFact.STANDING, RosterFact.GRADE)
"""Facts that are often written down a column before the people are."""


class RosterSheet:
    """Reads the rows of a sheet with a header; `tables` judge them, in the order in which they
    begin.

    `seen` holds the ID numbers of this sheet: number → where it stands first. `labels` are the rows
    in which the word for a required fact stands that has no column: fact → row, where people have
    a form or a column of their own.
    """

    def __init__(self, blocks: SheetBlocks, setup: Setup) -> None:
        sheet = blocks.sheet
        self.title, self.is_hidden = sheet.title, sheet.hidden
        self.seen: Seen = {}
        self.labels: dict[str, int] = {}
        self.tables: list[SheetJudge] = []
        self.leftovers = SheetLeftovers(sheet)
        self._blocks = blocks
        self._setup = setup
        self._unseen = sheet.hidden_rows
        self._skip = setup.scope.skip_unseen
        self._bands = Bands(setup.branches)
        self._counts = HeadCounts()
        self._stand = stand_in(text_of(sheet.title))
        self._outsiders = outsiders_in(text_of(sheet.title))
        self._people_before_band = 0
        self._recent: list[tuple[int, str]] = []
        self._current: list[SheetJudge] = []
        for number, cells in blocks.above:
            self._stand = stand_in(band_of(cells)).over(self._stand)
            self._outsiders = outsiders_in(band_of(cells)) or self._outsiders
            self.leftovers.row(LeftoverKind.ROWS_ABOVE, number, cells)
            if stated := total_of([band_of(cells)]):
                self._counts.add_up(number, cells, stated, 0)
        self._begin()
        for _, cells in blocks.above:
            self._take_title(cells)

    def _take_title(self, cells: Sequence[Cell]) -> None:
        """What stands over a table beside others holds for it alone; a branch over the one table
        for people who have no column of branches."""
        if len(self._current) > 1:
            for table in self._current:
                self._is_side_band(table, cells)
            return
        column = self._current[0].branches
        branch = branch_of_title(band_of(cells), self._setup.branches)
        if branch and not column.speaks:
            column.band = branch

    @property
    def people(self) -> int:
        return sum(table.people for table in self.tables)

    @property
    def facts(self) -> int:
        """How many facts of a person its fullest table has."""
        return max(len(table.place.header.columns) for table in self.tables)

    def missing(self) -> list[str]:
        """The required facts for which none of its tables has a column."""
        return [
            fact
            for fact in REQUIRED
            if all(table.place.header.index(fact) is None for table in self.tables)
        ]

    def names(self) -> set[str]:
        """The names of its people, as far as they can be read."""
        names = {row.name for table in self.tables for row in table.rows}
        names |= {name for table in self.tables for name, _ in table.numbered.values()}
        return names.union(*(table.unclear for table in self.tables)) - {""}

    def unlike(self, others: Sequence["RosterSheet"]) -> list[tuple[int, str]]:
        """Its people, row and name, who stand on none of the others: nobody there is called so, or
        whoever is has another ID number."""
        numbers: set[str] = set().union(*(one.seen for one in others))
        names: set[str] = set().union(*(one.names() for one in others))
        alone: set[tuple[int, str]] = set()
        for table in self.tables:
            good = {row.row: (row.name, row.id_number) for row in table.rows}
            people = (good | table.numbered).items()
            alone |= {(row, one) for row, (one, id_) in people if {id_} - numbers or {one} - names}
            alone |= {(row, name) for name, row in table.unclear.items() if name not in names}
        return sorted((row, name) for row, name in alone if name)

    def read(self, number: int, cells: Sequence[Cell]) -> None:
        """Judge one row: a person in each table that stands there, or what else it is."""
        if self._unseen and number in self._unseen and self._is_left_out(number, cells):
            return
        if len(self._current) == 1:
            if self._current[0].take(number, cells):
                self.leftovers.beside(cells)
            else:
                self._look(number, cells, self._current)
            return
        rest = []
        for table in self._current:
            if not any(map(text_of, table.place.cells(cells))):
                continue
            if table.take(number, cells):
                self.leftovers.beside(cells)
            else:
                rest.append(table)
        if rest or not self._current:
            self._look(number, cells, rest)

    def _is_left_out(self, number: int, cells: Sequence[Cell]) -> bool:
        if not any(map(text_of, cells)):
            return True
        kind = LeftoverKind.ROWS_HIDDEN if self._skip else LeftoverKind.ROWS_HIDDEN_READ
        self.leftovers.row(kind, number, cells)
        return self._skip

    def _look(self, number: int, cells: Sequence[Cell], tables: Sequence[SheetJudge]) -> None:
        """Say what a row is that is no plain person's: nothing, a header, a band, a person with
        problems, or beside the table."""
        if not any(map(text_of, cells)):
            return
        before = self._blocks.blocks
        if self._blocks.is_header(number, cells):
            self.leftovers.row(LeftoverKind.ROWS_HEADER, number, cells)
            if self._blocks.blocks is not before:
                self._begin()
            return
        if kind := self._band_kind(number, cells):
            self.leftovers.row(kind, number, cells)
            return
        for table in tables:
            self._look_in(number, cells, table)
        if not tables:
            self.leftovers.row(LeftoverKind.ROWS_TABLE, number, cells)

    def _look_in(self, number: int, cells: Sequence[Cell], table: SheetJudge) -> None:
        if len(self._current) > 1 and self._is_side_band(table, cells):
            self.leftovers.row(LeftoverKind.ROWS_BAND, number, table.place.cells(cells))
            return
        if self._is_label(number, cells, table):
            self.leftovers.row(LeftoverKind.ROWS_HEADER, number, cells)
            return
        kind = table.judge(number, cells)
        if kind is None:
            self.leftovers.beside(cells)
        else:
            own = table.place.cells(cells) if len(self._current) > 1 else cells
            self.leftovers.row(kind, number, own)
        self._note_labels(number, cells, table)
        if kind == LeftoverKind.ROWS_MARGIN and len(self._current) == 1:
            self._adds_up(number, cells)

    def _is_label(self, number: int, cells: Sequence[Cell], table: SheetJudge) -> bool:
        """Whether a row of a table that lacks a column begins with the word of a fact where a name
        or a number should stand: the table stands on its side, and the row is nobody."""
        header, headers = table.place.header, self._setup.facts.headers
        if not header.missing(headers.needed):
            return False
        places = [place for fact in REQUIRED if (place := header.index(fact)) is not None]
        words = [text_of(cells[place]) for place in places if place < len(cells)]
        facts = [fact for word in words if (fact := headers.meaning(word).fact)]
        for fact in facts:
            self.labels.setdefault(fact, number)
        return bool(facts)

    def label(self, missing: str) -> tuple[str, int] | None:
        """A fact whose word stands in a row and not at the head, with the row: the one that is
        `missing`, else any."""
        if missing in self.labels:
            return missing, self.labels[missing]
        return next(iter(self.labels.items()), None)

    def _note_labels(self, number: int, cells: Sequence[Cell], table: SheetJudge) -> None:
        headers = self._setup.facts.headers
        for fact in table.place.header.missing(headers.needed):
            if any(headers.meaning(text_of(cell)).fact == fact for cell in cells):
                self.labels.setdefault(fact, number)

    def _band_kind(self, number: int, cells: Sequence[Cell]) -> LeftoverKind | None:
        """What a row is that says one thing of several people: it adds up those above it, or holds
        for those below it from here on; None for all others."""
        text = band_of(cells)
        if self._adds_up(number, [text]):
            return LeftoverKind.ROWS_MARGIN
        if not self._is_band(number, cells):
            return None
        self._remember_band(number, text)
        self._tell_counts()
        self._counts.begin(number, cells, self.people)
        self._tell_bands()
        return LeftoverKind.ROWS_BAND

    def _adds_up(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row states how many people stand above it; a branch is that right above."""
        headers = [table.place.header for table in self._current]
        columns = (header.index(fact) for header in headers for fact in REQUIRED)
        stated = total_of(cells, [place for place in columns if place is not None])
        above = {self._bands.branch, *(table.branches.last for table in self._current)}
        if stated is None or (stated.branch and stated.branch not in above):
            return False
        gone = sum(len(table.exits) for table in self.tables)
        self._counts.add_up(number, cells, stated, self.people, gone)
        return True

    def _is_band(self, number: int, cells: Sequence[Cell]) -> bool:
        text = band_of(cells)
        if not text or (branch_name(text) == text and self._is_lone_cell(text, cells)):
            return False
        if is_of_others(text) and not any(_begins(one, cells) for one in self._current):
            return False
        return self._bands.take(text, number)

    def _is_side_band(self, table: SheetJudge, cells: Sequence[Cell]) -> bool:
        """Whether the part of a row that is one of several tables side by side is a band; it holds
        there alone, with what held for all."""
        bands = Bands(self._setup.branches)
        text = band_of(table.place.cells(cells))
        if not text or text == band_of(cells) or not bands.take(text):
            return False
        table.branches.band = bands.branch or table.branches.band
        if not bands.branch:
            table.implied = bands.stand.over(self._stand)
            table.outsiders = bands.outsiders
        return True

    def _is_lone_cell(self, text: str, cells: Sequence[Cell]) -> bool:
        """Whether a branch, status or grade stands in its own column, inside of a table, of a row
        that says no more: rows prepared for people who were not written."""
        for header, fact in product((one.place.header for one in self._current), PREPARED):
            place = header.index(fact)
            if place is None or place == header.span.start:
                continue
            if text in map(text_of, cells[place : place + 1]):
                return fact is not RosterFact.BRANCH or stand_in(text) == Stand()
        return False

    def _remember_band(self, number: int, text: str) -> None:
        if self.people != self._people_before_band:
            self._people_before_band, self._recent = self.people, []
        self._recent.append((number, text))

    def _tell_counts(self) -> None:
        """Tell the bands that hold no longer and state another count than stands below them."""
        self._tell(self._counts.close(self._bands.holding.values(), self.people))

    def tell_totals(self, others: int) -> None:
        """Tell the totals and titles that state another count of people than was read here, or
        here and of `others` on other sheets."""
        self._tell(self._counts.differences(self.people, others))

    def _tell(self, counts: Iterable[tuple[StatedCount, int]]) -> None:
        for one, people in counts:
            text = " ".join(filter(None, map(text_of, one.cells)))
            self.leftovers.row(LeftoverKind.COUNTS, one.number, (text, f"≠ {people}"))

    def _begin(self) -> None:
        """Judge what follows by the tables that begin here; tables of no people are left.

        A band over rows of the table before holds no longer, one right above this header does.
        """
        self._current = [self._table(block) for block in self._blocks.blocks]
        for block in self._blocks.blocks:
            self.leftovers.columns(block, self._blocks.concealed)
        self._bands = Bands(self._bands.branches)
        for number, text in self._recent if self.people == self._people_before_band else ():
            self._bands.take(text, number)
        self._tell_counts()
        self._counts.mark(self.people)
        if self.tables:
            self._current = [table for table in self._current if _is_of_people(table.place)]
        self.tables += self._current
        self._tell_bands()

    def _table(self, block: TableBlock) -> SheetJudge:
        table = SheetJudge(block, self._blocks, self._setup, self.seen)
        merges = self._blocks.sheet.merges
        table.branches.merges = branch_merges(merges, table.branches.place)
        return table

    def _tell_bands(self) -> None:
        for table in self._current:
            table.branches.band = self._bands.branch
            table.implied = self._bands.stand.over(self._stand)
            holds = self._bands.stand == Stand()
            table.outsiders = self._bands.outsiders or (self._outsiders if holds else "")

    def finish(self) -> None:
        """Decide what only the whole of a table tells, and tell comments on rows of nobody."""
        for table in self.tables:
            table.finish()
        self._bands.holding.clear()
        self._tell_counts()
        people = {row for table in self.tables for row in table.commented}
        for number in sorted(self._blocks.sheet.comments.keys() - people):
            self.leftovers.comments(number, self._blocks.comments(number))

    def meet(self, seen: Mapping[str, tuple[str, int]]) -> None:
        """Turn people into problems who stand on an earlier sheet as well."""
        if twice := self.seen.keys() & seen.keys():
            for table in self.tables:
                table.set_aside(seen, twice)


def _begins(table: SheetJudge, cells: Sequence[Cell]) -> bool:
    """Whether the text of a row begins where a table does, up to its column of names."""
    header = table.place.header
    first, name = header.span.start, header.index(RosterFact.NAME)
    return any(map(text_of, cells[first : (first if name is None else name) + 1]))


def _is_of_people(block: TableBlock) -> bool:
    return any(block.header.index(fact) is not None for fact in REQUIRED)
