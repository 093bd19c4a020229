"""Sheets of which no heading is known: what stands in their columns, for somebody to name it.

A heading that nobody knows is told by itself. Where there is none, a column is named as Excel names
it, 名册!A; what somebody says of that name is read by `placed_header`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from baodao.kernel.masks import masked_numbers
from baodao.spreadsheets.cells import Cell, column_letter, quoted, text_of
from baodao.spreadsheets.headers import HeaderColumn, TableHeader, UnusedColumn
from baodao.spreadsheets.headings import header_key

LOOKED_AT = 40
SAMPLES = 3
FOLLOWING = 5
"""Rows below a heading among which digits are looked for."""


def column_name(sheet: str, index: int) -> str:
    """How a column without a heading is called, by its place on its sheet."""
    return f"{sheet}!{column_letter(index)}"


def is_column_name(title: str) -> bool:
    """Whether a title names a place instead of being a heading."""
    letters = title.rpartition("!")[2]
    return "!" in title and letters.isascii() and letters.isalpha()


def seen_columns(
    sheet: str, first_column: int, rows: Iterable[tuple[int, Sequence[Cell]]]
) -> dict[str, str]:
    """What the columns of a sheet without known headings are called, each with how it begins."""
    lines = [[text_of(cell) for cell in cells] for _, cells in rows]
    lines = [line for line in lines if any(line)][:LOOKED_AT]
    head = _unknown_head(lines)
    titles = [*map(masked_numbers, lines[head])] if head is not None else []
    below = lines if head is None else lines[head + 1 :]
    seen: dict[str, str] = {}
    for place in range(max(map(len, lines), default=0)):
        samples = dict.fromkeys(quoted(line[place]) for line in below if line[place : place + 1])
        text = "、".join([one for one in samples if one][:SAMPLES])
        title = titles[place] if place < len(titles) else ""
        if title or (head is None and text):
            seen.setdefault(title or column_name(sheet, place + first_column), text)
    return seen


def first_lines(rows: Iterable[tuple[int, Sequence[Cell]]]) -> str:
    """How a sheet begins, without what could be a person's number."""
    lines = (" ".join(quoted(text_of(cell)) for cell in cells).split() for _, cells in rows)
    return "；".join([" ".join(line[:4]) for line in lines if line][:SAMPLES])


def placed_header(
    sheet: str, first_column: int, width: int, choices: Mapping[str, str], facts: Collection[str]
) -> TableHeader | None:
    """The header of a sheet without one, made of what somebody said of its columns; None where
    nothing was said."""
    titles = tuple(column_name(sheet, place + first_column) for place in range(width))
    columns, unused, taken = [], [], set[str]()
    for place, title in enumerate(titles):
        fact = choices.get(header_key(title), "")
        if fact in facts and fact not in taken:
            taken.add(fact)
            columns.append(HeaderColumn(place, title, fact))
        else:
            unused.append(UnusedColumn(place, title, "", "unknown"))
    if not columns:
        return None
    return TableHeader(0, -1, tuple(columns), tuple(unused), titles, range(width))


def _unknown_head(lines: Sequence[Sequence[str]]) -> int | None:
    """Which line is a row of headings in unknown words: the first of several cells, if it has no
    digit, and digits stand below."""
    head = next((at for at, line in enumerate(lines) if len(set(filter(None, line))) > 1), None)
    if head is None or any(map(_has_digit, lines[head])):
        return None
    below = lines[head + 1 : head + 1 + FOLLOWING]
    for place in range(len(lines[head])):
        filled = [line[place] for line in below if line[place : place + 1] and line[place]]
        if filled and 2 * sum(map(_has_digit, filled)) >= len(below):
            return head
    return None


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
