"""A roster judged: from streams of cells to rows that can be taken over and problems."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Protocol

from baodao.people.rules.cells import Cell, compact, text_of
from baodao.rosters.rules.branches import Branches, branch_name, is_branch_name
from baodao.rosters.rules.headers import WINDOW, RosterFact, RosterHeader
from baodao.rosters.rules.problems import MESSAGES, RosterProblem
from baodao.rosters.rules.roster import RosterFacts, RosterJudgement, SkippedSheet
from baodao.rosters.rules.sheet import SheetJudge, TablePosition

NAMELESS_SHEET = re.compile(r"^(sheet|工作表|表)?\s*[0-9]*$", re.IGNORECASE)
REPORT_EVERY = 2_000


class Region(Protocol):
    """A merged region; rows as Excel numbers them, columns from zero, both ends included."""

    @property
    def top(self) -> int: ...
    @property
    def left(self) -> int: ...
    @property
    def bottom(self) -> int: ...
    @property
    def right(self) -> int: ...


class SheetRows(Protocol):
    """A sheet as a stream: row numbers with their cells; the first is column `first_column`."""

    @property
    def title(self) -> str: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def first_column(self) -> int: ...
    @property
    def merges(self) -> Sequence[Region]: ...
    @property
    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]: ...


@dataclass(frozen=True)
class Setup:
    """What judging depends on besides the file.

    `facts` are those that a roster may tell; `choices` maps header keys to facts as the clerk
    corrected them; `watch` is told how many people were read so far and may raise to stop.
    """

    facts: RosterFacts
    branches: Branches
    today: date
    choices: Mapping[str, str]
    include_hidden: bool = False
    watch: Callable[[int], None] | None = None


def judge(sheets: Iterable[SheetRows], setup: Setup) -> RosterJudgement:
    """Read all sheets. Sheets without a header are skipped; if all are, `people` is 0 and
    `columns` is empty, and the caller refuses the file."""
    judgement = RosterJudgement()
    open_ended: list[SheetJudge] = []
    for sheet in sheets:
        if sheet.hidden and not setup.include_hidden:
            judgement.skipped.append(SkippedSheet(sheet.title, "hidden"))
            continue
        rows = ((number, cells) for number, cells in sheet.rows)
        head = list(islice(rows, WINDOW))
        header = setup.facts.headers.find(_filled(head, sheet), setup.choices)
        if header is None:
            blank = not any(text_of(cell) for _, cells in head for cell in cells)
            judgement.skipped.append(SkippedSheet(sheet.title, "empty" if blank else "no-header"))
            continue
        place = TablePosition(sheet.title, sheet.first_column, head[header.bottom][0])
        reader = SheetJudge(place, header, setup.today, judgement.seen, setup.facts.notes)
        reader.branches.merges = branch_merges(sheet.merges, reader.branches.place)
        body = chain(head[header.bottom + 1 :], rows)
        _read(reader, body, setup.watch, judgement.people)
        _note_columns(judgement, reader, header, setup.facts)
        judgement.people += reader.people
        judgement.in_service += reader.in_service
        judgement.problems += reader.problems
        judgement.remarks += reader.remarks
        judgement.unclear |= reader.unclear
        open_ended.append(reader)
    _settle_branches(judgement, open_ended, setup)
    judgement.problems.sort(key=_place(judgement))
    return judgement


def branch_merges(merges: Sequence[Region], column: int) -> dict[int, tuple[int, int]]:
    """The regions that hold a branch once for its block: top row → (bottom row, left column)."""
    return {
        region.top: (region.bottom, region.left)
        for region in merges
        if region.bottom > region.top and region.left <= column <= region.right
    }


def _read(
    reader: SheetJudge,
    body: Iterable[tuple[int, Sequence[Cell]]],
    watch: Callable[[int], None] | None,
    before: int,
) -> None:
    for count, (number, cells) in enumerate(body):
        reader.read(number, cells)
        if watch is not None and count % REPORT_EVERY == 0:
            watch(before + reader.people)
    reader.finish()


def _filled(head: Sequence[tuple[int, Sequence[Cell]]], sheet: SheetRows) -> list[list[str]]:
    """The first rows as text, each merged region filled with its upper left cell."""
    width = max((len(cells) for _, cells in head), default=0)
    texts = {
        number: [text_of(cell) for cell in cells] + [""] * (width - len(cells))
        for number, cells in head
    }
    for region in sheet.merges:
        if region.top not in texts:
            continue
        left = region.left - sheet.first_column
        right = min(region.right - sheet.first_column, width - 1)
        if left < 0 or left >= width:
            continue
        value = texts[region.top][left]
        for number in range(region.top, min(region.bottom, region.top + WINDOW) + 1):
            if number in texts:
                texts[number][left : right + 1] = [value] * (right + 1 - left)
    return list(texts.values())


def _note_columns(
    judgement: RosterJudgement, reader: SheetJudge, header: RosterHeader, facts: RosterFacts
) -> None:
    for column in header.columns:
        judgement.columns.setdefault(column.fact, column.header)
    judgement.titles += [
        title for title in header.titles if title and title not in judgement.titles
    ]
    for fact in header.missing:
        judgement.problems.append(_missing(reader, fact, facts))


def _missing(reader: SheetJudge, fact: RosterFact, facts: RosterFacts) -> RosterProblem:
    title = facts.headers.title(fact)
    place = reader.place
    kind = "column-missing"
    return RosterProblem(
        place.sheet, place.header_row, title, kind, MESSAGES[kind], {"field": title}
    )


def _settle_branches(judgement: RosterJudgement, readers: list[SheetJudge], setup: Setup) -> None:
    """Give each sheet's people their branches; what is not known to the unit is a problem."""
    many = len(readers) > 1
    for reader in readers:
        column = reader.branches
        if not column.speaks:
            column.of_sheet = _branch_of_sheet(reader.place.sheet, many, setup.branches)
        if column.of_sheet is None and not column.speaks:
            _without_branches(judgement, reader, setup)
    for reader in readers:
        reader.settle(judgement, setup.branches)


def _branch_of_sheet(title: str, many: bool, branches: Branches) -> str | None:
    name = branch_name(text_of(title))
    if is_branch_name(name) or branches.find(name) is not None:
        return name
    if many and name and not NAMELESS_SHEET.match(compact(name)):
        return name
    return None


def _without_branches(judgement: RosterJudgement, reader: SheetJudge, setup: Setup) -> None:
    """Neither column nor sheet names a branch: with one branch or none there is no doubt."""
    branches, column = setup.branches, reader.branches
    if len(branches.names) == 1:
        column.of_sheet = branches.names[0]
        column.implied = True
    elif not branches:
        column.of_sheet = branches.unit or None
        column.implied = True
    else:
        judgement.problems.append(_missing(reader, RosterFact.BRANCH, setup.facts))


def _place(judgement: RosterJudgement) -> Callable[[RosterProblem], tuple[int, int]]:
    order: dict[str, int] = {}
    for problem in judgement.problems:
        order.setdefault(problem.sheet, len(order))
    return lambda problem: (order[problem.sheet], problem.row)
