"""A sheet cut into tables while its rows stream by.

A sheet may hold several tables: one below the other, each with its own header and order, or side by
side, two people a row under the same headers twice. `SheetBlocks` finds the first header, and is
asked about every row that does not speak for itself: a header below begins a new table, a band is
one text over the rows that follow.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple, Protocol

from baodao.kernel.masks import masked_numbers
from baodao.spreadsheets.cells import Cell, column_letter, compact, text_of
from baodao.spreadsheets.headers import LEVELS, HeaderWords, TableHeader, TableSide
from baodao.spreadsheets.headings import header_key
from baodao.spreadsheets.seen_columns import placed_header, seen_columns

FIRST_LOOK = 30
LAST_LOOK = 300
"""Rows among which a header is looked for: first so many, and more only if there is none."""

LONG_NUMBER = re.compile(r"[0-9]{6}")
LONGEST_BAND = 40
ORDER_MARK = re.compile(r"^[(（]?第?[一二三四五六七八九十0-9]{1,3}[)）、.．:：]?$")
HEAD_COUNT = re.compile(r"^[(（]?[共计小合总]*[:：]?[0-9]+[人名位]?[)）]?$")


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


SheetRow = tuple[int, Sequence[Cell]]


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
    def hidden_rows(self) -> Collection[int]: ...
    @property
    def hidden_columns(self) -> Collection[int]: ...
    @property
    def struck(self) -> Mapping[int, Collection[int]]: ...
    @property
    def comments(self) -> Mapping[int, Mapping[int, str]]: ...
    @property
    def is_looked_at(self) -> bool: ...
    @property
    def errors(self) -> Mapping[int, Mapping[int, str]]: ...
    @property
    def rows(self) -> Iterator[SheetRow]: ...


class TableBlock(NamedTuple):
    """One table: its sheet, the sheet's column of the first cell, the last row of its header."""

    sheet: str
    first_column: int
    header_row: int
    header: TableHeader

    def cells(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """Those of a row's cells that are this table's."""
        return cells[self.header.span.start : self.header.span.stop]


class SheetBlocks:
    """The tables of one sheet; `blocks` are those that the rows being read belong to.

    `above` are the rows over the first header, `rows` all that follow it; without a header `blocks`
    is empty, and `is_empty` says whether there is anything at all. `choices` are a clerk's
    corrections: header key → fact.
    """

    def __init__(self, sheet: SheetRows, words: HeaderWords, choices: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.words = words
        self.choices = choices
        self.concealed = {column - sheet.first_column for column in sheet.hidden_columns}
        self.blocks: tuple[TableBlock, ...] = ()
        self._lines: list[list[str]] = []
        self._line_row = 0
        rows = iter(sheet.rows)
        head = list(islice(rows, FIRST_LOOK))
        texts, header = self._look(head)
        if header is None:
            head += islice(rows, LAST_LOOK)
            texts, header = self._look(head)
        self.is_empty = not any(map(any, texts))
        if header is None:
            header = self._placed(max(map(len, texts), default=0))
        top, bottom = (header.top, header.bottom) if header else (len(head), len(head) - 1)
        self.above: list[SheetRow] = [row for row in head[:top] if any(map(text_of, row[1]))]
        self.rows: Iterator[SheetRow] = chain(head[bottom + 1 :], rows)
        if header is not None and bottom < top:
            self._hold([header], [list(header.titles)], -1)
        elif header is not None:
            self._begin(header, texts[top : bottom + 1], head[bottom][0])

    def _look(self, head: Sequence[SheetRow]) -> tuple[list[list[str]], TableHeader | None]:
        texts = _filled(head, self.sheet)
        return texts, self.words.find(texts, self.choices, self.concealed)

    def _placed(self, width: int) -> TableHeader | None:
        """The header that somebody gave a sheet without one, by the places of its columns."""
        first, facts = self.sheet.first_column, self.words.facts
        return placed_header(self.sheet.title, first, width, self.choices, facts)

    def seen(self) -> dict[str, str]:
        """Of a sheet without a known heading: what its columns are called, and how they begin."""
        return seen_columns(self.sheet.title, self.sheet.first_column, self.above)

    def _begin(self, header: TableHeader, lines: list[list[str]], row: int) -> None:
        headers = [
            self.words.header(lines, header.top, self.choices, self.concealed, side)
            for side in _sides(header.titles, self.words)
        ]
        self._hold(headers or [header], lines, row)

    def _hold(self, headers: Iterable[TableHeader], lines: list[list[str]], row: int) -> None:
        self._lines, self._line_row = lines, row
        sheet, first = self.sheet.title, self.sheet.first_column
        self.blocks = tuple(TableBlock(sheet, first, max(row, 1), one) for one in headers)

    def is_struck(self, number: int, cells: Sequence[Cell], place: int | None) -> bool:
        """Whether a row is struck through: the cell at `place`, its name, or all that it says."""
        struck = self.sheet.struck.get(number)
        if not struck:
            return False
        first = self.sheet.first_column
        if place is not None and place + first in struck:
            return place < len(cells) and bool(text_of(cells[place]))
        says = [index + first for index, cell in enumerate(cells) if text_of(cell)]
        return bool(says) and all(column in struck for column in says)

    def struck_cells(self, number: int, cells: Sequence[Cell]) -> list[str]:
        """The letters of a row's columns in which something stands that is struck through."""
        struck = self.sheet.struck.get(number, ())
        first = self.sheet.first_column
        places = (column for column in sorted(struck) if 0 <= column - first < len(cells))
        return [column_letter(column) for column in places if text_of(cells[column - first])]

    def comments(self, number: int) -> Iterator[tuple[str, str]]:
        """What is commented on the cells of a row: the letter of its column and the text, without
        what could be a person's number."""
        for column, text in sorted(self.sheet.comments.get(number, {}).items()):
            yield column_letter(column), masked_numbers(text)

    def is_header(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row is a header: the same once more, or one that begins a new table, which
        `blocks` then holds. A row right below a header can be its next level."""
        texts = [text_of(cell) for cell in cells]
        below = number == self._line_row + 1 and len(self._lines) < LEVELS
        if below and self._asks(texts):
            return self._takes([*self._lines, texts], number)
        if not self._may_begin(texts, 1 if below else 2):
            return False
        if _keys(texts) in map(_keys, self._lines):
            return True
        lines = [*self._lines, texts] if below and self._refines(texts) else [texts]
        if len(lines) == 1 and not self._may_begin(texts, 2):
            return False
        return self._takes(lines, number)

    def _takes(self, lines: list[list[str]], number: int) -> bool:
        """Begin a table if these lines are its header."""
        header = self.words.header(lines, 0, self.choices, self.concealed)
        if len(header.columns) < 2:
            return False
        self._begin(header, lines, number)
        return True

    def _asks(self, texts: Sequence[str]) -> bool:
        """Whether a line right below a header holds answers to be ticked, 在职 beside 退休, each
        under a title over several columns, and nothing else."""
        under = [self._is_group(place) for place, text in enumerate(texts) if text]
        return all(under) and sum(map(self.words.is_answer, texts)) > 1

    def _may_begin(self, texts: Sequence[str], least: int) -> bool:
        """Whether at least so many cells are words of facts and none holds a number; among many
        other columns they are fewer than a third, but then name all that a table needs."""
        words = [text for text in texts if text]
        if len(words) < least or any(map(LONG_NUMBER.search, words)):
            return False
        known = sum(map(self._is_word, words))
        return known >= least and (3 * known >= len(words) or self.words.are_enough(words))

    def _is_word(self, text: str) -> bool:
        return self.words.is_word(text) or bool(self.choices.get(header_key(text)))

    def _refines(self, texts: Sequence[str]) -> bool:
        """Whether a line stands only below groups of columns, never below the word of a fact. Such
        a word over several columns is a group too: 在岗情况 over 在职 and 退休."""
        above = self._lines[-1]
        over = (place for place, text in enumerate(texts) if text and place < len(above))
        return all(self._is_group(place) or not self.words.is_word(above[place]) for place in over)

    def _is_group(self, place: int) -> bool:
        """Whether the title above a column stands over its neighbour too."""
        above = ["", *self._lines[-1], ""]
        around = (above[place], above[place + 2]) if place + 2 < len(above) else ()
        return bool(around) and bool(above[place + 1]) and above[place + 1] in around


def band_of(cells: Sequence[Cell]) -> str:
    """The one text of a row that stands for what follows, without its count, an order in a cell of
    its own before it; "" for a row that says more or less."""
    texts = dict.fromkeys(text for cell in cells if (text := text_of(cell)))
    if not 0 < len(texts) <= 3:
        return ""
    orders = [text for text in texts if ORDER_MARK.match(compact(text))]
    words = [t for t in texts if t not in orders and not HEAD_COUNT.match(compact(t))]
    if len(words) != 1 or len(words[0]) > LONGEST_BAND:
        return ""
    order = orders[0] if orders and next(iter(texts)) == orders[0] else ""
    return f"{order}、{words[0]}" if order[-1:].isalnum() else order + words[0]


def _keys(texts: Sequence[str]) -> tuple[str, ...]:
    keys = [header_key(text) for text in texts]
    while keys and not keys[-1]:
        keys.pop()
    return tuple(keys)


def _filled(head: Sequence[SheetRow], sheet: SheetRows) -> list[list[str]]:
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
        for number in range(region.top, min(region.bottom, region.top + LAST_LOOK) + 1):
            if number in texts:
                texts[number][left : right + 1] = [value] * (right + 1 - left)
    return list(texts.values())


def _repeated(
    keys: Sequence[str | None], own: Sequence[str | None], subject: str, least: int
) -> list[list[int]]:
    """The places of the headings of each of several tables side by side: those that are repeated as
    often as that of the `subject`, at least so many facts, one set after another."""
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key:
            places.setdefault(key, []).append(index)
    first = next((keys[index] for index, fact in enumerate(own) if fact == subject), None) or ""
    count = len(places.get(first, ()))
    repeated = [at for at in places.values() if len(at) == count > 1]
    if len({own[at[0]] for at in repeated} - {None}) < least:
        return []
    sides = [sorted(at[side] for at in repeated) for side in range(count)]
    return [] if any(left[-1] >= right[0] for left, right in pairwise(sides)) else sides


def _sides(titles: Sequence[str], words: HeaderWords) -> list[TableSide]:
    """The columns of each table that stands beside the next under the same headers; none where
    there is one table only.

    The headings may be worded otherwise where three facts or more are repeated. Columns that stand
    once and outside of what is repeated belong to all. What follows a column
    about somebody else is theirs: 配偶, 姓名, 身份证号.
    """
    own = [words.meaning(title).own for title in titles]
    keys = [header_key(title.rpartition("/")[2]) for title in titles]
    sides = _repeated(keys, own, words.needed[0], 2) or _repeated(own, own, words.needed[0], 3)
    if not sides:
        return []
    reasons = [words.meaning(title).reason for title in titles]
    outside = (*range(sides[0][0]), *range(sides[-1][-1] + 1, len(titles)))
    ends = [side[0] for side in sides[1:]] + [sides[-1][-1] + 1]
    tables = [
        TableSide(range(side[0], end), outside) for side, end in zip(sides, ends, strict=True)
    ]
    strangers = [
        any(reasons[index] == "other" for index in range(before[-1] + 1, side[0]))
        for before, side in pairwise(sides)
    ]
    others = zip(tables[1:], strangers, strict=True)
    return [tables[0], *(table for table, stranger in others if not stranger)]
