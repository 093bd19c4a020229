"""Charts drawn on the server: the table below is what is drawn, and every mark opens its records.

Widths are per cent and heights are pixels, so that a chart fits a phone and a desk and its words
stay as large as the reader's. Colours are classes of the style sheet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from math import ceil

from django.utils.safestring import SafeString, mark_safe

from baodao.ui.cells import cell

HEIGHT = 200
"""Pixels from the base of a column to the top of the scale."""
_ABOVE, _BELOW, _AXIS = 10, 26, 46
_SHARE = 0.68
"""How much of its place a column takes."""
_STEPS = (1, 2, 5)
LINES = 4
"""Lines of the scale, at most."""


class ChartShape(StrEnum):
    """How rows are drawn: a bar each, as parts of a whole or beside the longest; a column each."""

    PARTS = "parts"
    BARS = "bars"
    COLUMNS = "columns"


@dataclass(frozen=True)
class Mark:
    """A value, how it is written, and where its records are."""

    value: float
    text: str
    url: str = ""


@dataclass(frozen=True)
class ChartRow:
    """A row: a mark for each series of its chart. `short` is its name below a column."""

    label: str
    marks: tuple[Mark, ...]
    short: str = ""
    url: str = ""

    @property
    def sum(self) -> float:
        """All its marks together."""
        return sum(mark.value for mark in self.marks)


@dataclass(frozen=True)
class Chart:
    """A chart and its table: `first` heads the names of the rows, `series` their marks."""

    heading: str
    meaning: str
    shape: ChartShape
    first: str
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(row.sum for row in self.rows)

    @property
    def legend(self) -> list[tuple[int, str]]:
        """The number of each series' colour and its name; one series needs none."""
        return list(enumerate(self.series, 1)) if len(self.series) > 1 else []

    @property
    def lines(self) -> Iterator[tuple[ChartRow, SafeString]]:
        """The rows of the table: each with its cells after the name as HTML."""
        for row in self.rows:
            cells = (
                cell(name, mark.text, mark.url, numeric=True)
                for name, mark in zip(self.series, row.marks, strict=True)
            )
            yield row, mark_safe("".join(cells))  # noqa: S308 each is safe

    @property
    def in_columns(self) -> bool:
        """Whether its rows stand side by side."""
        return self.shape is ChartShape.COLUMNS

    @property
    def bars(self) -> Iterator[tuple[ChartRow, SafeString]]:
        """Each row with its bar."""
        longest = max((row.sum for row in self.rows), default=0)
        for row in self.rows:
            whole = row.sum if self.shape is ChartShape.PARTS else longest
            yield row, _svg(20, "".join(self._bar(row, whole)))

    def _bar(self, row: ChartRow, whole: float) -> Iterator[str]:
        start = 0.0
        for turn, mark in enumerate(row.marks, 1):
            if mark.value and whole:
                width = 100 * mark.value / whole
                box = f'x="{start:.2f}%" y="0" width="{width:.2f}%" height="20"'
                yield _mark(box, turn, self._words(row, turn, mark), mark.url)
                start += width

    @property
    def scale(self) -> SafeString:
        """The numbers beside the columns."""
        lines = (
            f'<text x="{_AXIS - 6}" y="{self._y(line) + 4:.1f}" text-anchor="end">{line:g}</text>'
            for line in self._lines
        )
        return _svg(HEIGHT + _ABOVE + _BELOW, "".join(lines), f'width="{_AXIS}"')

    @property
    def columns(self) -> SafeString:
        """The columns above their names."""
        drawn = [
            f'<line x1="0" x2="100%" y1="{self._y(line):.1f}" y2="{self._y(line):.1f}"/>'
            for line in self._lines
        ]
        place = 100 / len(self.rows)
        for turn, row in enumerate(self.rows):
            drawn += self._column(row, (turn + (1 - _SHARE) / 2) * place, _SHARE * place)
            drawn.append(
                f'<text x="{(turn + 0.5) * place:.2f}%" y="{HEIGHT + _ABOVE + 18}" '
                f'text-anchor="middle">{escape(row.short or row.label)}</text>'
            )
        return _svg(HEIGHT + _ABOVE + _BELOW, "".join(drawn))

    def _column(self, row: ChartRow, x: float, width: float) -> Iterator[str]:
        base = 0.0
        for turn, mark in enumerate(row.marks, 1):
            if mark.value:
                top, bottom = self._y(base + mark.value), self._y(base)
                box = f'x="{x:.2f}%" y="{top:.1f}" width="{width:.2f}%" height="{bottom - top:.1f}"'
                yield _mark(box, turn, self._words(row, turn, mark), mark.url)
                base += mark.value

    def _words(self, row: ChartRow, turn: int, mark: Mark) -> str:
        return " ".join(part for part in (row.label, self.series[turn - 1], mark.text) if part)

    @property
    def _lines(self) -> list[float]:
        greatest = max((row.sum for row in self.rows), default=0)
        step = _step(greatest)
        return [step * turn for turn in range(max(1, ceil(greatest / step)) + 1)]

    def _y(self, value: float) -> float:
        return _ABOVE + HEIGHT * (1 - value / self._lines[-1])


def together(rows: Sequence[ChartRow], label: str, url: str) -> ChartRow:
    """Rows of counts as one, `label`led and leading to where they stand apart."""
    columns = zip(*(row.marks for row in rows), strict=True)
    sums = [int(sum(mark.value for mark in marks)) for marks in columns]
    return ChartRow(label, tuple(Mark(value, str(value)) for value in sums), url=url)


def shade(value: float, values: Sequence[float]) -> int:
    """How dark a cell is among the `values` of its column: 0 for nothing, 1 to 4 by quarters of the
    greatest."""
    greatest = max(values, default=0)
    if value <= 0 or greatest <= 0:
        return 0
    return min(4, 1 + int(4 * value / greatest))


def _step(greatest: float) -> float:
    """The distance of two lines: 1, 2 or 5 times a power of ten, so that the last is not below the
    greatest value."""
    power = 1.0
    while True:
        for step in _STEPS:
            if step * power * LINES >= greatest:
                return step * power
        power *= 10


def _mark(box: str, series: int, words: str, url: str) -> str:
    """A piece of a bar or column, a link where there is an address."""
    rect = f'<rect class="series-{series}" {box}><title>{escape(words)}</title></rect>'
    if not url:
        return rect
    return f'<a href="{escape(url)}" aria-label="{escape(words)}" tabindex="-1">{rect}</a>'


def _svg(height: int, inside: str, width: str = 'width="100%"') -> SafeString:
    """A drawing; those who listen are read the table below it."""
    return mark_safe(  # noqa: S308 every part is escaped or a number
        f'<svg class="drawing" {width} height="{height}" aria-hidden="true">{inside}</svg>'
    )
