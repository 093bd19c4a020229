"""What of a file was not used, or was used though it is hidden: nothing is dropped in silence."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from baodao.kernel.errors import gettext_noop
from baodao.spreadsheets.blocks import SheetRows, TableBlock
from baodao.spreadsheets.cells import Cell, column_letter, compact, quoted, text_of

SERIAL = re.compile(r"[0-9]{1,5}")
"""What a column without a name may hold in silence: the running numbers of the rows."""

OLD = re.compile(
    r"作废|历史|^旧(?:的|[名花]|版|表|数据|$)|旧$|[(（]旧|备份|不用|停用|过期|废止|以前|[往去]年|上[年月]"
    r"|老(?:名[册单]|表)"
)
"""What in its own name calls a sheet a list of another time: 作废, 备份, 旧名册, 去年."""

SAMPLES = 8
"""Rows of one kind on one sheet that are told at once; of more, a list has them all."""


class LeftoverKind(StrEnum):
    """Sheets, columns and rows, by the reason for which they were left."""

    SHEET_HIDDEN = "hidden"
    SHEET_EMPTY = "empty"
    SHEET_HEADLESS = "no-header"
    SHEET_SECOND = "second-list"
    SHEET_ALONE = "second-list-alone"
    SHEET_NO_PEOPLE = "no-people"
    SHEET_PAST = "past-list"
    SHEET_LOOKS = "looks"
    COLUMN_OTHER = "column-other"
    COLUMN_PAST = "column-past"
    COLUMN_SECOND = "column-second"
    COLUMN_HIDDEN = "column-hidden"
    COLUMN_HIDDEN_READ = "column-hidden-read"
    COLUMN_CLERK = "column-clerk"
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_NAMELESS = "column-nameless"
    ROWS_HIDDEN = "rows-hidden"
    ROWS_HIDDEN_READ = "rows-hidden-read"
    ROWS_ABOVE = "rows-above"
    ROWS_HEADER = "rows-header"
    ROWS_BAND = "rows-band"
    ROWS_EXAMPLE = "rows-example"
    ROWS_MARGIN = "rows-margin"
    ROWS_TABLE = "rows-table"
    ROWS_NAMES = "rows-names"
    ROWS_ABSENT = "rows-absent"
    ROWS_STRUCK = "rows-struck"
    ROWS_GONE = "rows-gone"
    ROWS_SECOND = "rows-second"
    ROWS_REPEATED = "rows-repeated"
    COUNTS = "counts"
    COMMENTS = "comments"
    CELLS_ERROR = "cells-error"


K = LeftoverKind

NAMES: dict[str, str] = {
    K.SHEET_HIDDEN: gettext_noop("Hidden sheet, not read"),
    K.SHEET_EMPTY: gettext_noop("Empty sheet"),
    K.SHEET_HEADLESS: gettext_noop("Sheet without column names"),
    K.SHEET_SECOND: gettext_noop("Another list of the same people"),
    K.SHEET_ALONE: gettext_noop("People who stand on that list alone"),
    K.SHEET_NO_PEOPLE: gettext_noop("Sheet without a column of names"),
    K.SHEET_PAST: gettext_noop("List of another time, not read"),
    K.SHEET_LOOKS: gettext_noop("What is hidden or struck through cannot be seen"),
    K.COLUMN_OTHER: gettext_noop("Column about somebody else"),
    K.COLUMN_PAST: gettext_noop("Column that holds no longer"),
    K.COLUMN_SECOND: gettext_noop("Second column of the same kind"),
    K.COLUMN_HIDDEN: gettext_noop("Hidden column, not used"),
    K.COLUMN_HIDDEN_READ: gettext_noop("Hidden column, used"),
    K.COLUMN_CLERK: gettext_noop("Columns that you said are not used"),
    K.COLUMN_UNKNOWN: gettext_noop("Columns not used"),
    K.COLUMN_NAMELESS: gettext_noop("Columns without a name"),
    K.ROWS_HIDDEN: gettext_noop("Hidden or filtered rows, left out"),
    K.ROWS_HIDDEN_READ: gettext_noop("Hidden or filtered rows, read"),
    K.ROWS_ABOVE: gettext_noop("Rows above the table"),
    K.ROWS_HEADER: gettext_noop("Column names once more"),
    K.ROWS_BAND: gettext_noop("Rows that name those below"),
    K.ROWS_EXAMPLE: gettext_noop("Examples"),
    K.ROWS_MARGIN: gettext_noop("Totals, signatures, remarks"),
    K.ROWS_TABLE: gettext_noop("Rows of another table"),
    K.ROWS_NAMES: gettext_noop("Rows of which nothing is told"),
    K.ROWS_ABSENT: gettext_noop("Rows and cells that say who did not come"),
    K.ROWS_STRUCK: gettext_noop("Rows that are struck through"),
    K.ROWS_GONE: gettext_noop("People who are gone, as you said"),
    K.ROWS_SECOND: gettext_noop("Second rows of one person, under merged cells"),
    K.ROWS_REPEATED: gettext_noop("Provinces, and rows that say the same again"),
    K.COUNTS: gettext_noop("Another number of people than the table itself says"),
    K.COMMENTS: gettext_noop("Comments on cells"),
    K.CELLS_ERROR: gettext_noop("Cells that show an error in place of a value"),
}
REMEDIES: dict[str, str] = {
    K.SHEET_HIDDEN: gettext_noop("Read it as well, if it belongs to this file."),
    K.SHEET_HEADLESS: gettext_noop("If it belongs to this file, say what its columns hold."),
    K.SHEET_SECOND: gettext_noop("Most of it stands on a fuller sheet, which was read instead."),
    K.SHEET_ALONE: gettext_noop("Read that list as well, if they belong here."),
    K.SHEET_NO_PEOPLE: gettext_noop("If it holds people, say which column holds the name."),
    K.SHEET_PAST: gettext_noop("Read that list as well, if it holds today."),
    K.SHEET_LOOKS: gettext_noop(
        "Open the file in Excel or WPS, save it as .xlsx and choose it again to see them here."
    ),
    K.COLUMN_OTHER: gettext_noop("Use it only if it is about the person of the row."),
    K.COLUMN_PAST: gettext_noop("Use it only if it holds today."),
    K.COLUMN_SECOND: gettext_noop("Use it instead, if it is the right one."),
    K.COLUMN_HIDDEN: gettext_noop("Use it instead of the visible one, if it is the right one."),
    K.COLUMN_HIDDEN_READ: gettext_noop("Look at it in the file: nobody sees it there."),
    K.COLUMN_CLERK: gettext_noop("Say what they hold, if they are needed after all."),
    K.COLUMN_UNKNOWN: gettext_noop("Say what they hold, if they are needed."),
    K.COLUMN_NAMELESS: gettext_noop("Write a name above them in the file, if they are needed."),
    K.ROWS_HIDDEN: gettext_noop("Read them as well, if they belong to this file."),
    K.ROWS_HIDDEN_READ: gettext_noop("Leave them out, if they were hidden on purpose."),
    K.ROWS_MARGIN: gettext_noop("If one of them is meant, write it as a row of the table."),
    K.ROWS_NAMES: gettext_noop("Write beside a name what is to be recorded."),
    K.ROWS_SECOND: gettext_noop("Nothing of them is kept: write what is needed into the first."),
    K.COUNTS: gettext_noop("Behind ≠ stands how many were read. See whether somebody is missing."),
    K.CELLS_ERROR: gettext_noop(
        "They are read as empty. Calculate them once more in the file, or write their values."
    ),
    K.ROWS_TABLE: gettext_noop("If they are meant, give them the column names of the first table."),
}
READ = frozenset(
    {
        *(K.SHEET_LOOKS, K.COLUMN_HIDDEN_READ, K.ROWS_HIDDEN_READ, K.COUNTS, K.COMMENTS),
        K.CELLS_ERROR,
    }
)
"""Kinds that were used all the same; their rows are counted as what they are."""

SHEETS = frozenset(
    {
        *(K.SHEET_HIDDEN, K.SHEET_EMPTY, K.SHEET_HEADLESS, K.SHEET_SECOND, K.SHEET_NO_PEOPLE),
        K.SHEET_PAST,
    }
)
"""Kinds that tell of a sheet that was not read."""

OF_COLUMNS = {
    "other": K.COLUMN_OTHER,
    "past": K.COLUMN_PAST,
    "second": K.COLUMN_SECOND,
    "hidden": K.COLUMN_HIDDEN,
    "clerk": K.COLUMN_CLERK,
    "unknown": K.COLUMN_UNKNOWN,
}
SAID_ON_PAGE = frozenset({K.COLUMN_CLERK, K.COLUMN_UNKNOWN, K.SHEET_HEADLESS, K.SHEET_NO_PEOPLE})
"""Kinds of which somebody can say, on a page of all columns, what these hold."""

TOGETHER = frozenset({K.COLUMN_CLERK, K.COLUMN_UNKNOWN, K.COLUMN_NAMELESS})
"""Kinds of columns of which a sheet tells all in one."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """What was left, of which `kind`, on which sheet and `where`: rows as Excel numbers them, or
    the letters of columns; `text` is how it begins, `count` how many there are.

    `remedy` is the sentence with what can be done, untranslated, "" for nothing. `use` is the fact
    that a column would be used as, "" where nothing is offered. `rows` are the number and the
    beginning of each row, where there are more than `where` and `text` tell.
    """

    kind: str
    sheet: str
    where: str = ""
    text: str = ""
    count: int = 1
    remedy: str = ""
    use: str = ""
    rows: Sequence[tuple[int, str]] = ()


class SheetLeftovers:
    """What is left of one sheet, noted while it is read."""

    def __init__(self, sheet: SheetRows) -> None:
        self.sheet = sheet.title
        self._is_looked_at = sheet.is_looked_at
        self._errors = sheet.errors
        self._rows: dict[LeftoverKind, list[tuple[int, str]]] = {}
        self._columns: dict[tuple[LeftoverKind, str], Leftover] = {}
        self._nameless: set[int] = set()
        self._width = 0
        self._first_column = 0

    @property
    def rows(self) -> int:
        """How many rows were left that were read as something else or as nothing."""
        return sum(len(rows) for kind, rows in self._rows.items() if kind not in READ)

    def row(self, kind: LeftoverKind, number: int, cells: Sequence[Cell]) -> None:
        """Note a row that is none of the table."""
        self._rows.setdefault(kind, []).append((number, _beginning(cells)))

    def comments(self, number: int, comments: Iterable[tuple[str, str]]) -> None:
        """Note what is commented on the cells of a row: the letter of the column and the text."""
        for letter, text in comments:
            self.row(K.COMMENTS, number, (f"{letter}{number}：{text}",))

    def beside(self, cells: Sequence[Cell]) -> None:
        """Note what a row of the table says in columns that have no name, each column once."""
        if not self._nameless and len(cells) <= self._width:
            return
        self._nameless.update(range(self._width, len(cells)))
        self._width = max(self._width, len(cells))
        for index in tuple(self._nameless):
            text = text_of(cells[index]) if index < len(cells) else ""
            if text and not SERIAL.fullmatch(text):
                self._column(K.COLUMN_NAMELESS, index, quoted(text), "")
                self._nameless.discard(index)

    def columns(self, block: TableBlock, concealed: Collection[int]) -> None:
        """Note the columns of a table that are not used, and the hidden ones that are."""
        self._first_column = block.first_column
        titles = block.header.titles
        self._width = max(self._width, len(titles))
        self._nameless.difference_update(block.header.span)
        self._nameless.update(index for index in block.header.span if not titles[index])
        for column in block.header.unused:
            kind = OF_COLUMNS["hidden" if column.index in concealed else column.reason]
            use = "" if column.reason == "unknown" else column.fact
            self._column(kind, column.index, column.header, use)
        for used in block.header.columns:
            if used.index in concealed:
                self._column(K.COLUMN_HIDDEN_READ, used.index, used.header, "")

    def _column(self, kind: LeftoverKind, index: int, header: str, use: str) -> None:
        letter = column_letter(index + self._first_column)
        self._columns.setdefault(
            (kind, f"{letter} {header}"),
            Leftover(kind, self.sheet, letter, header, 1, REMEDIES.get(kind, ""), use),
        )

    def all(self) -> Iterator[Leftover]:
        """Everything noted: columns first, those without a remedy of their own in one."""
        if not self._is_looked_at:
            yield sheet_leftover(K.SHEET_LOOKS, self.sheet)
        together: dict[str, list[Leftover]] = {}
        for leftover in self._columns.values():
            if leftover.kind in TOGETHER:
                together.setdefault(leftover.kind, []).append(leftover)
            else:
                yield leftover
        for kind, some in together.items():
            where, text = "、".join(one.where for one in some), "、".join(one.text for one in some)
            yield Leftover(kind, self.sheet, where, text, len(some), REMEDIES.get(kind, ""))
        for kind, rows in self._rows.items():
            yield rows_left(kind, self.sheet, rows)
        if self._errors:
            cells = [
                (row, " ".join(f"{column_letter(at)}{row}：{text}" for at, text in errors.items()))
                for row, errors in sorted(self._errors.items())
            ]
            yield rows_left(K.CELLS_ERROR, self.sheet, cells)


def rows_left(kind: LeftoverKind, sheet: str, rows: Sequence[tuple[int, str]]) -> Leftover:
    """Rows of one kind, each with its number and how it begins."""
    first, more = rows[:SAMPLES], len(rows) > SAMPLES
    text = "；".join(dict.fromkeys(text for _, text in first if text))
    where = row_ranges([number for number, _ in first]) + ("…" if more else "")
    remedy = REMEDIES.get(kind, "")
    return Leftover(kind, sheet, where, text, len(rows), remedy, rows=rows if more else ())


def sheet_leftover(kind: LeftoverKind, sheet: str, text: str = "", count: int = 1) -> Leftover:
    """A sheet that was not read; `count` is how many rows of it are known."""
    return Leftover(kind, sheet, "", text, count, REMEDIES.get(kind, ""))


def is_called_old(title: str) -> bool:
    """Whether a sheet's name says that it is a list of another time."""
    return OLD.search(compact(title)) is not None


def _beginning(cells: Sequence[Cell]) -> str:
    """How a row begins, without what could be a person's number."""
    texts = dict.fromkeys(quoted(text) for cell in cells if (text := text_of(cell)))
    return " ".join(list(texts)[:3])


def row_ranges(numbers: Sequence[int]) -> str:
    """Row numbers, each once, with runs joined: 3、7–10."""
    runs: list[list[int]] = []
    for number in dict.fromkeys(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
