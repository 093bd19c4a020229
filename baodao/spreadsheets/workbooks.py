"""Sheets of a spreadsheet as streams of rows, whatever the format."""

import json
import subprocess
import sys
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from baodao.spreadsheets import guard
from baodao.spreadsheets.cells import Cell
from baodao.spreadsheets.looks import SheetLooks
from baodao.spreadsheets.old_workbooks import looks_of_sheets
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.text import delimited_rows

MAX_BYTES = 50 * 2**20
MAX_ROWS = 200_000
MAX_COLUMNS = 300
CHILD = Path(__file__).with_name("child.py")
BASE_MEMORY = 200 * 2**20
MEMORY_PER_BYTE = 3
BASE_SECONDS = 4
BYTES_PER_SECOND = 5 * 2**20


@dataclass(frozen=True)
class Merge:
    """A merged region; rows as Excel numbers them, columns from zero, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class SourceSheet:
    """One sheet; `rows` is read once and before the next sheet is asked for.

    A row is its number as Excel shows it and its cells; the first cell is column `first_column`,
    counted from zero. A hidden sheet has rows only when hidden ones were asked for. `title` is
    empty for delimited text. `hidden_rows` and `hidden_columns` are out of sight, filtered or
    hidden, on sheets of workbooks; columns are counted from zero. `struck` are the columns of a
    row whose cells are struck through, `comments` what is commented on them, by column, `errors`
    what they show in place of a value, #N/A, which stands in `rows` as text. Where nothing of that
    can be told, `is_looked_at` is False.
    """

    title: str
    hidden: bool
    first_column: int
    merges: Sequence[Merge]
    rows: Iterator[tuple[int, Sequence[Cell]]] = field(repr=False)
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    struck: Mapping[int, Collection[int]] = field(default_factory=dict)
    comments: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    is_looked_at: bool = True
    errors: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


@contextmanager
def source_sheets(
    content: bytes, *, include_hidden: bool = False, most_rows: int = MAX_ROWS
) -> Iterator[Iterator[SourceSheet]]:
    """The sheets of `content` in their order; raises `Refused` `spreadsheet.<reason>`. Delimited
    text may have `most_rows`, a workbook `MAX_ROWS`.

    A workbook is being parsed from the moment the block is entered. The refusal may come while
    rows are being read: nothing read before it should be kept.
    """
    if not content:
        raise unreadable("empty")
    if len(content) > MAX_BYTES:
        raise unreadable("too-large")
    if content.startswith((guard.ZIP_MAGIC, guard.EMPTY_ZIP_MAGIC)):
        size = guard.inspect_directory(content)
        with _child(content, size, include_hidden) as messages:
            yield _sheets(messages, guard.inspect_parts(content))
    elif content.startswith(guard.OLE_MAGIC):
        guard.inspect_ole(content)
        with _child(content, len(content), include_hidden) as messages:
            yield _sheets(messages, looks_of_sheets(content))
    else:
        yield iter([SourceSheet("", False, 0, (), _bounded(delimited_rows(content), most_rows))])


def _bounded(
    rows: Iterator[tuple[int, Sequence[Cell]]], most: int = MAX_ROWS
) -> Iterator[tuple[int, Sequence[Cell]]]:
    for number, cells in rows:
        if number > most or len(cells) > MAX_COLUMNS:
            raise unreadable("too-large")
        yield number, cells


@contextmanager
def _child(
    content: bytes, unpacked: int, include_hidden: bool
) -> Iterator[Generator[tuple[Any, ...], None, None]]:
    """What the child says that parses `content`; it ends with the block."""
    memory = BASE_MEMORY + MEMORY_PER_BYTE * unpacked
    seconds = BASE_SECONDS + unpacked // BYTES_PER_SECOND
    bounds = map(str, (memory, seconds, MAX_ROWS, MAX_COLUMNS))
    hidden = "hidden" if include_hidden else "visible"
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), *bounds, hidden],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with child, closing(_messages(child)) as messages:
        try:
            _give(child, content)
            yield messages
        finally:
            child.kill()


def _give(child: subprocess.Popen[bytes], content: bytes) -> None:
    assert child.stdin is not None
    try:
        child.stdin.write(content)
        child.stdin.close()
    except BrokenPipeError as error:
        raise unreadable("too-large") from error


def _messages(child: subprocess.Popen[bytes]) -> Generator[tuple[Any, ...], None, None]:
    """What the child says until its end; its death is a refusal."""
    assert child.stdout is not None
    for line in child.stdout:
        if not line.endswith(b"\n"):
            break
        message: tuple[Any, ...] = tuple(json.loads(line))
        if message[0] == "error":
            raise unreadable(message[1])
        if message[0] == "end":
            return
        yield message
    raise unreadable("too-large")


def _sheets(
    messages: Iterator[tuple[Any, ...]], every: Mapping[str, SheetLooks]
) -> Iterator[SourceSheet]:
    message = next(messages, None)
    while message is not None:
        _, title, hidden, column, merges = message
        following: list[tuple[Any, ...]] = []
        regions = [Merge(t + 1, left, b + 1, right) for (t, left), (b, right) in merges]
        looks = every.get(title) or SheetLooks()
        rows = _bounded(_rows_as_shown(_rows(messages, following), looks.errors, column))
        unseen, marks = (looks.rows, looks.columns), (looks.struck, looks.comments)
        yield SourceSheet(
            title, hidden, column, regions, rows, *unseen, *marks, title in every, looks.errors
        )
        for _ in rows:
            continue
        message = following[0] if following else None


def _rows_as_shown(
    rows: Iterator[tuple[int, Sequence[Cell]]], errors: Mapping[int, Mapping[int, str]], first: int
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows with the errors that cells show, of which calamine gives empty text."""
    if not errors:
        return rows
    return ((number, _with_errors(cells, errors.get(number, {}), first)) for number, cells in rows)


def _with_errors(cells: Sequence[Cell], errors: Mapping[int, str], first: int) -> Sequence[Cell]:
    """A row with its errors; one that holds nothing beside them but its running number is one down
    to which a formula was drawn, and stays empty."""
    if not any(isinstance(cell, str) and cell for cell in cells):
        return cells
    return [cell or errors.get(at, cell) for at, cell in enumerate(cells, first)]


def _rows(
    messages: Iterator[tuple[Any, ...]], following: list[tuple[Any, ...]]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows until the next sheet begins; its message is put into `following`."""
    number = 0
    for message in messages:
        if message[0] == "sheet":
            following.append(message)
            return
        for cells in message[1]:
            number += 1
            yield number, cells
