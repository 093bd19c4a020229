"""The blocks an official form is made of: what stands where, without a word about the medium.

A form's layout is a tuple of blocks whose lines hold slots. Filling replaces every slot by the
shown value, or by a gap where there is none; page, PDF, Word and Excel all draw filled blocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from string import Formatter
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Slot:
    """The place of a field; without a value, `gap` characters of blank and then `text`."""

    field: str
    gap: int | None = None
    text: str = ""


class Whole(str):
    """A text that is not broken at the end of a line, such as a box and what it ticks."""

    __slots__ = ()


@dataclass(frozen=True)
class Noted:
    """A text with a footnote, and the address that it opens on a screen."""

    text: str
    note: str
    url: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Gap:
    """A blank to be filled in by hand, `width` characters wide."""

    width: int


Segment = str | Slot | Gap | Noted
Line = tuple[Segment, ...]


def line(template: str) -> Line:
    """`"{name}同志"` as segments; `{unit|12|党组织}` states gap and text of the blank form."""
    segments: list[Segment] = []
    for text, place, _, _ in Formatter().parse(template):
        if text:
            segments.append(text)
        if place:
            field, *blank = place.split("|")
            gap = int(blank[0]) if blank else None
            segments.append(Slot(field, gap, blank[1] if len(blank) > 1 else ""))
    return tuple(segments)


@dataclass(frozen=True)
class Heading:
    """The title of a sheet or of its second part."""

    text: Line


@dataclass(frozen=True)
class Paragraph:
    """Running text, its first line indented by `indent` characters. `level` 1 and 2 are the
    headings 一、 and （一） of an official text."""

    text: Line
    indent: int = 2
    align: Align = "left"
    small: bool = False
    level: int = 0


@dataclass(frozen=True)
class Prose:
    """The lines of a field's text, each a paragraph, as many as there are. Instead of a text the
    item may hold lines of pieces: texts, and mappings of `text`, `note` and `url`."""

    field: str


@dataclass(frozen=True)
class Spread:
    """Short parts on one line: two at the margins, more at equal distances."""

    parts: tuple[Line, ...]
    small: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a grid, at least `height` lines tall; `foot` stands at its lower right."""

    text: Line
    span: int = 1
    label: bool = False
    height: int = 1
    foot: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A ruled form of labels and values; `widths` are the columns' shares."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class PaperColumn:
    """One column of a list: the row's key, its heading, its share of the width. What is `coded`
    stands on paper as text and as a code that a camera reads. Columns side by side with the same
    `group` stand below one heading."""

    name: str
    label: str
    width: float = 4
    align: Align = "center"
    total: bool = False
    coded: bool = False
    group: str = ""


@dataclass(frozen=True)
class HeadCell:
    """A heading above a list: its text, its first column, how many columns it is wide and how many
    rows deep."""

    label: str
    column: int
    span: int = 1
    deep: int = 1


def head_rows(columns: Sequence[PaperColumn]) -> tuple[tuple[HeadCell, ...], ...]:
    """The headings of columns: one row of them, or two where columns stand below a group."""
    places = list(enumerate(columns))
    if not any(column.group for column in columns):
        return (tuple(HeadCell(column.label, place) for place, column in places),)
    upper: list[HeadCell] = []
    for group, together in groupby(places, key=lambda one: one[1].group):
        several = list(together)
        if group:
            upper.append(HeadCell(group, several[0][0], len(several)))
        else:
            upper += [HeadCell(column.label, place, deep=2) for place, column in several]
    lower = tuple(HeadCell(column.label, place) for place, column in places if column.group)
    return tuple(upper), lower


@dataclass(frozen=True)
class Table:
    """A list that may run over pages, its heading repeated; `rows` hold shown values."""

    columns: tuple[PaperColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    """A row of a diagram: its name, each series' share of the whole width in percent, and the
    figures that are drawn."""

    label: str
    shares: tuple[float, ...]
    text: str


@dataclass(frozen=True)
class Diagram:
    """Bars below their title, drawn of rows of the item; without figures nothing stands there.

    `columns` of the list are drawn of `rows`; of other rows all that stands beside their name, the
    most first. Each bar is a `whole`, or as long as its figures beside the longest.
    """

    title: Line
    columns: tuple[str, ...] = ()
    rows: str = "rows"
    whole: bool = False
    series: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Closing:
    """Seal and date at the right; the verifying code, where there is one, at the left."""

    lines: tuple[Line, ...]
    verify: bool = False
    caption: str = ""


@dataclass(frozen=True)
class Tear:
    """The dashed line along which the sheet is cut."""


Block = Heading | Paragraph | Spread | Grid | Table | Diagram | Closing | Tear
Layout = tuple[Block, ...]
Blueprint = tuple[Block | Prose, ...]
"""The layout of a form before it is filled."""
