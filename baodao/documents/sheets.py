"""Filling a form's layout with an item of facts: slots become shown values or gaps.

An item is a plain mapping of field names to values. A table form also takes `rows` (mappings by
column name), `total`, `level` (which columns) and, to choose columns itself, `columns`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from baodao.documents.blocks import (
    Block,
    Cell,
    Closing,
    Diagram,
    Gap,
    Grid,
    Heading,
    Layout,
    Line,
    Noted,
    PaperColumn,
    Paragraph,
    Prose,
    Segment,
    Slot,
    Spread,
    Table,
    Whole,
    line,
)
from baodao.documents.diagrams import filled_diagram
from baodao.documents.fields import FIELDS, ISSUER, VERIFY_URL, Field, Kind
from baodao.documents.form import Form
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop

Item = Mapping[str, object]

_LEVELS = (
    re.compile("[一二三四五六七八九十]+、[^。；]{1,40}"),
    re.compile("（[一二三四五六七八九十]+）[^。；]{1,40}"),
)
"""The headings of the first and the second level of an official text (GB/T 9704-2012, 7.3.3)."""
BLANK = "＿"
"""One character of a blank in Word; underlined spaces would vanish at the end of a line."""
BLANK_DAY = "　　　　年　　月　　日"
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:T.*)?")


@dataclass(frozen=True)
class FilledSheet:
    """A filled form: its blocks in order, without slots; `url` is behind its verifying code."""

    form: Form
    blocks: Layout
    url: str = ""


def plain(value: str) -> str:
    """`value` on one line without characters that no paper can show."""
    if value.isprintable() and "  " not in value:
        return unicodedata.normalize("NFC", value).strip()
    kept = "".join(
        " " if character.isspace() and character != "　" else character
        for character in unicodedata.normalize("NFC", value)
        if character.isspace() or not _is_invisible(character)
    )
    return re.sub(" {2,}", " ", kept).strip()


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} or character in "\ufffe\uffff"


def _written_day(year: int, month: int, day: int | None, kind: Kind) -> str:
    if kind == "month" or day is None:
        return f"{year}年{month}月"
    return f"{year}年{month}月{day}日"


def paper_text(value: object, kind: Kind = "text") -> str:
    """`value` as it stands on paper; days as 2026年7月1日, months as 1980年5月."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        value = value["text"]
    if isinstance(value, list | tuple):
        nested = any(isinstance(one, Mapping) for one in value)
        return ("" if nested else "　").join(paper_text(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if isinstance(value, date):
        return _written_day(value.year, value.month, value.day, kind)
    if kind in {"day", "month"} and (iso := _ISO_DAY.fullmatch(str(value))):
        year, month, day = iso.groups()
        return _written_day(int(year), int(month), int(day) if day else None, kind)
    return plain(str(value))


def _blank(slot: Slot, field: Field | None) -> list[Segment]:
    if slot.gap is None and field and field.kind == "day":
        return [BLANK_DAY]
    gap = slot.gap if slot.gap is not None else field.width if field else 0
    segments: list[Segment] = [Gap(gap)] if gap else []
    return [*segments, slot.text] if slot.text else segments


def _filled_line(text: Line, item: Item) -> Line:
    segments: list[Segment] = []
    for segment in text:
        if not isinstance(segment, Slot):
            segments.append(segment)
            continue
        field = FIELDS.get(segment.field)
        if field and field.options:
            segments += _offered(item.get(segment.field) or field.options)
            continue
        value = paper_text(item.get(segment.field), field.kind if field else "text")
        if value or not (field and field.phrase):
            segments += [value] if value else _blank(segment, field)
        else:
            segments += _filled_line(line(field.phrase), item)
    return tuple(segments)


def _offered(options: object) -> Iterator[Segment]:
    """Boxes side by side, each unbroken. One that a tenant gives as text stays one text."""
    for place, option in enumerate(options if isinstance(options, list | tuple) else [options]):
        if place:
            yield "　"
        yield Whole(paper_text(option))


def _filled_cell(cell: Cell, item: Item) -> Cell:
    only = cell.text[0] if len(cell.text) == 1 else None
    if isinstance(only, Slot) and _stays_blank(only, item):
        text: Line = ()
    else:
        text = _filled_line(cell.text, item)
    return replace(cell, text=text, foot=tuple(_filled_line(foot, item) for foot in cell.foot))


def _stays_blank(slot: Slot, item: Item) -> bool:
    field = FIELDS.get(slot.field)
    return not paper_text(item.get(slot.field)) and not (field and field.options)


def _columns(form: Form, item: Item) -> tuple[PaperColumn, ...]:
    columns = cast(Sequence[Mapping[str, object] | PaperColumn] | None, item.get("columns"))
    if not columns:
        return form.columns(str(item.get("level") or ""))
    return tuple(
        entry if isinstance(entry, PaperColumn) else PaperColumn(**entry)  # type: ignore[arg-type]
        for entry in columns
    )


def _shown_row(columns: tuple[PaperColumn, ...], row: Mapping[str, object]) -> tuple[str, ...]:
    kinds = (FIELDS[column.name].kind if column.name in FIELDS else "text" for column in columns)
    return tuple(
        paper_text(row.get(column.name), _row_kind(column.name, kind))
        for column, kind in zip(columns, kinds, strict=True)
    )


def _row_kind(name: str, kind: Kind) -> Kind:
    return "day" if name.endswith("_on") and kind == "text" else kind


def _filled_table(form: Form, item: Item) -> Table:
    columns = _columns(form, item)
    rows = cast(Sequence[Mapping[str, object]] | None, item.get("rows"))
    total = cast(Mapping[str, object] | None, item.get("total"))
    if rows is None:
        empty = ("",) * len(columns)
        return Table(columns, (empty,) * form.blank_rows)
    numbered = ({"index": index, **row} for index, row in enumerate(rows, start=1))
    return Table(
        columns,
        tuple(_shown_row(columns, row) for row in numbered),
        _shown_row(columns, {"name": "合计", **total}) if total else (),
    )


def _filled_blocks(block: Block | Prose, form: Form, item: Item) -> Iterator[Block]:
    """The block filled; a text is as many paragraphs as it has lines."""
    if not isinstance(block, Prose):
        yield _filled_block(block, form, item)
        return
    value = item.get(block.field) or ""
    if isinstance(value, list | tuple):
        for pieces in cast(Sequence[Sequence[object]], value):
            yield _leveled(Paragraph(tuple(_noted(piece) for piece in pieces)), form)
        return
    for text in str(value).splitlines() or [""]:
        lined = {block.field: text}
        yield _leveled(Paragraph(_filled_line((Slot(block.field),), lined)), form)


def _leveled(block: Paragraph, form: Form) -> Paragraph:
    """A line of an official text, as the heading that it is, if it is one."""
    words = "".join(str(segment) for segment in block.text)
    levels = enumerate(_LEVELS, start=1) if form.page.official else ()
    level = next((level for level, heading in levels if heading.fullmatch(words)), 0)
    return replace(block, level=level)


def _noted(piece: object) -> Segment:
    """A piece of a line: a text, or one with its note."""
    if not isinstance(piece, Mapping):
        return paper_text(piece)
    return Noted(paper_text(piece), plain(str(piece["note"])), str(piece.get("url", "")))


def _filled_block(block: Block, form: Form, item: Item) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, text=_filled_line(block.text, item))
        case Spread():
            return replace(block, parts=tuple(_filled_line(part, item) for part in block.parts))
        case Grid():
            rows = tuple(tuple(_filled_cell(cell, item) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
        case Table():
            return _filled_table(form, item)
        case Diagram():
            columns = _columns(form, item) if form.tables else ()
            return filled_diagram(block, columns, item)
        case Closing():
            lines = tuple(_filled_line(text, item) for text in block.lines)
            return replace(block, lines=lines)
    return block


def sheet_of(form: Form, item: Item) -> FilledSheet:
    """The form with the item's facts in it; an empty item gives the form for the window."""
    blocks = tuple(filled for block in form.layout for filled in _filled_blocks(block, form, item))
    return FilledSheet(form, blocks, paper_text(item.get(VERIFY_URL)))


def field_text(field: Field, item: Item) -> str:
    """What stands at the place of a field in a layout that is not ours: its value, its phrase, else
    a blank to be filled in by hand."""
    segments = _filled_line((Slot(field.name),), item)
    return "".join(
        BLANK * segment.width if isinstance(segment, Gap) else str(segment) for segment in segments
    )


def table_rows(form: Form, item: Item) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The rows of a form's list and its sums as they are shown, by the names of the columns."""
    table = _filled_table(form, item)
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    return rows, dict(zip(names, table.total, strict=False))


def check_names(form: Form, item: Item) -> None:
    """Refuse names the form does not have, so that a slip of the pen leaves no silent blank."""
    known = {field.name for field in form.fields} | {VERIFY_URL, ISSUER}
    if form.tables:
        known |= {"rows", "total", "level", "columns"}
    known |= {block.rows for block in form.layout if isinstance(block, Diagram)}
    unknown = sorted(set(item) - known)
    if unknown:
        raise Refused(
            "form.field-unknown",
            gettext_noop("“%(form)s” has no field %(fields)s. It has: %(known)s."),
            form=form.title,
            fields=", ".join(unknown),
            known=", ".join(sorted(known)),
        )
    rows, total = item.get("rows", []), item.get("total") or {}
    lists = isinstance(rows, Sequence) and all(isinstance(row, Mapping) for row in rows)
    if not lists or not isinstance(total, Mapping):
        raise Refused(
            "form.rows-malformed",
            gettext_noop("The rows of “%(form)s” must be a list of objects, the total an object."),
            form=form.title,
        )
