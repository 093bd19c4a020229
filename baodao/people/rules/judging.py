"""Judging a roster: from streams of cells to rows that can be taken over and problems."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Protocol

from baodao.people.rules.branches import Branches, branch_name, is_branch_name
from baodao.people.rules.cells import Cell, compact, text_of
from baodao.people.rules.headers import WINDOW, Header, find_header
from baodao.people.rules.roster import FIELD_LABELS, MESSAGES, Judged, Problem, SkippedSheet
from baodao.people.rules.sheet import Place, SheetJudge

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

    `chosen` maps header keys to fields as the clerk corrected them; `watch` is told how many
    people were read so far and may raise to stop.
    """

    branches: Branches
    today: date
    chosen: Mapping[str, str]
    include_hidden: bool = False
    watch: Callable[[int], None] | None = None


def judge(sheets: Iterable[SheetRows], setup: Setup) -> Judged:
    """Read all sheets. Sheets without a header are skipped; if all are, `people` is 0 and
    `columns` is empty, and the caller refuses the file."""
    judged = Judged()
    open_ended: list[SheetJudge] = []
    for sheet in sheets:
        if sheet.hidden and not setup.include_hidden:
            judged.skipped.append(SkippedSheet(sheet.title, "hidden"))
            continue
        rows = ((number, cells) for number, cells in sheet.rows)
        head = list(islice(rows, WINDOW))
        header = find_header(_filled(head, sheet), setup.chosen)
        if header is None:
            blank = not any(text_of(cell) for _, cells in head for cell in cells)
            judged.skipped.append(SkippedSheet(sheet.title, "empty" if blank else "no-header"))
            continue
        place = Place(sheet.title, sheet.first_column, head[header.bottom][0])
        reader = SheetJudge(place, header, setup.today, judged.seen)
        reader.merges = branch_merges(sheet.merges, reader.branch_column)
        body = chain(head[header.bottom + 1 :], rows)
        _read(reader, body, setup.watch, judged.people)
        _note_columns(judged, reader, header)
        judged.people += reader.people
        judged.in_service += reader.in_service
        judged.problems += reader.problems
        judged.unclear |= reader.unclear
        open_ended.append(reader)
    _settle_branches(judged, open_ended, setup.branches)
    judged.problems.sort(key=_place(judged))
    return judged


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


def _note_columns(judged: Judged, reader: SheetJudge, header: Header) -> None:
    for column in header.columns:
        judged.columns.setdefault(column.field.value, column.header)
    judged.titles += [title for title in header.titles if title and title not in judged.titles]
    for field in header.missing:
        judged.problems.append(_missing(reader, field.value))


def _missing(reader: SheetJudge, field: str) -> Problem:
    label = FIELD_LABELS[field]
    place = reader.place
    kind = "column-missing"
    return Problem(place.sheet, place.header_row, label, kind, MESSAGES[kind], {"field": label})


def _settle_branches(judged: Judged, readers: list[SheetJudge], branches: Branches) -> None:
    """Give each sheet's people their branches; what is not known to the unit is a problem."""
    many = len(readers) > 1
    for reader in readers:
        if not reader.says_branches:
            reader.sheet_branch = _branch_of_sheet(reader.place.sheet, many, branches)
        if reader.sheet_branch is None and not reader.says_branches:
            _without_branches(judged, reader, branches)
    for reader in readers:
        reader.settle(judged, branches)


def _branch_of_sheet(title: str, many: bool, branches: Branches) -> str | None:
    name = branch_name(text_of(title))
    if is_branch_name(name) or branches.find(name) is not None:
        return name
    if many and name and not NAMELESS_SHEET.match(compact(name)):
        return name
    return None


def _without_branches(judged: Judged, reader: SheetJudge, branches: Branches) -> None:
    """Neither column nor sheet names a branch: with one branch or none there is no doubt."""
    if len(branches.held) == 1:
        reader.sheet_branch = next(iter(branches.held))
        reader.implied = True
    elif not branches:
        reader.sheet_branch = branches.unit or None
        reader.implied = True
    else:
        judged.problems.append(_missing(reader, "branch"))


def _place(judged: Judged) -> Callable[[Problem], tuple[int, int]]:
    order: dict[str, int] = {}
    for problem in judged.problems:
        order.setdefault(problem.sheet, len(order))
    return lambda problem: (order[problem.sheet], problem.row)
