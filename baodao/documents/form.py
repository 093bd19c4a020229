"""What an official form is: its sheet of paper, its layout, its fields and columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from baodao.documents.blocks import (
    Block,
    Blueprint,
    Closing,
    Grid,
    Heading,
    Line,
    PaperColumn,
    Paragraph,
    Prose,
    Slot,
    Spread,
    line,
)
from baodao.documents.fields import FIELDS, Field
from baodao.documents.formats import SHEET_FORMATS, Format
from baodao.kernel.errors import Absent, Refused, gettext_noop


@dataclass(frozen=True)
class PageSetup:
    """A4 with its margins in millimetres and the title in points.

    `inset` is the air above and below the text of ruled cells in em, `ruled` their size as a share.
    `sizes` are body sizes in points: a sheet takes the largest at which it stays one sheet.
    `pitch` is from line to line of running text in em, `spacing` between characters in points.
    An `official` text names in Word the faces of official documents (GB/T 9704).
    """

    top: float = 25
    bottom: float = 20
    left: float = 28
    right: float = 26
    landscape: bool = False
    title: float = 22
    inset: float = 0.5
    ruled: float = 1
    sizes: tuple[float, ...] = (16, 14, 12)
    pitch: float = 1.7
    spacing: float = 0
    official: bool = False


@dataclass(frozen=True)
class Form:
    """An official form. `tables` are the columns of its list by level, the first the default.

    One about the `site` itself is for administrators and inspectors; all others are papers of units
    and communities, and can be had blank.
    """

    code: str
    title: str
    layout: Blueprint
    page: PageSetup = PageSetup()
    formats: tuple[Format, ...] = SHEET_FORMATS
    tables: tuple[tuple[str, tuple[PaperColumn, ...]], ...] = ()
    blank_rows: int = 0
    site: bool = False

    @property
    def runs_on(self) -> bool:
        """Whether it may be several sheets, which are numbered: a list, or a text of any length."""
        return bool(self.tables) or any(isinstance(block, Prose) for block in self.layout)

    @property
    def files(self) -> tuple[Format, ...]:
        """The media in which it is saved or printed, the first the usual one; not the page."""
        return tuple(medium for medium in self.formats if medium is not Format.PAGE)

    def file_in(self, ending: str) -> Format:
        """The medium of its files with this ending, the usual one for none; `Absent` for one in
        which it is not made."""
        if not ending:
            return self.files[0]
        if ending not in self.files:
            raise Absent("format")
        return Format(ending)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field the layout shows, once, in the order of the sheet."""
        names = dict.fromkeys(slot.field for slot in _slots(self.layout) if slot.field)
        return tuple(FIELDS[name] for name in names)

    def columns(self, level: str = "") -> tuple[PaperColumn, ...]:
        """The columns of the list at `level`; refused when the form has no such level."""
        tables = dict(self.tables)
        if not level and tables:
            return self.tables[0][1]
        if level not in tables:
            raise Refused(
                "form.level-unknown",
                gettext_noop("%(form)s has no level “%(level)s”. Choose one of: %(levels)s."),
                form=self.title,
                level=level,
                levels="、".join(tables),
            )
        return tables[level]


def _lines(block: Block | Prose) -> Iterator[Line]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Prose():
            yield (Slot(block.field),)
        case Spread():
            yield from block.parts
        case Closing():
            yield from block.lines
        case Grid():
            for cell in (cell for row in block.rows for cell in row):
                yield cell.text
                yield from cell.foot


def _slots(layout: Blueprint) -> Iterator[Slot]:
    for block in layout:
        for text in _lines(block):
            yield from _slots_of(text)


def _slots_of(text: Line) -> Iterator[Slot]:
    for segment in text:
        if isinstance(segment, Slot):
            yield segment
            if segment.field in FIELDS:
                yield from _slots_of(line(FIELDS[segment.field].phrase))
