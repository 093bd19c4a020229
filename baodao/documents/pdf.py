"""Forms as PDF/A, typeset by typst from data alone: no fact is ever part of a program."""

import json
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path
from typing import Final

import typst

from baodao.documents import fonts, qr, sizes
from baodao.documents.blocks import (
    Block,
    Cell,
    Closing,
    Diagram,
    Gap,
    Grid,
    Heading,
    Line,
    Noted,
    PaperColumn,
    Paragraph,
    Segment,
    Spread,
    Table,
    Tear,
    Whole,
    head_rows,
)
from baodao.documents.boxes import boxed
from baodao.documents.form import Form
from baodao.documents.sheets import FilledSheet, Item, plain, sheet_of
from baodao.kernel import clock

STANDARD: Final = "a-2u"
TAGGED = 20
"""Up to so many sheets the PDF is tagged for screen readers; a batch goes to the printer, and
tags would treble its size."""

FOLDER = Path(__file__).parent / "typst"
FORM = FOLDER / "form.typ"
PROBE = FOLDER / "probe.typ"

_UNDRAWABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_LONG_WORD = re.compile("[!-~]{17,}")
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_thread = threading.local()

Drawn = Mapping[str, object]


@dataclass(frozen=True)
class Typeset:
    """A PDF, and the characters that stand as boxes in it since no installed typeface has them."""

    content: bytes
    missing: str = ""


def render_pdf(form: Form, items: Sequence[Item]) -> Typeset:
    """One PDF of all items, each on sheets of its own; no items give the blank form."""
    sheets = [sheet_of(form, item) for item in items or [{}]]
    faces = fonts.faces()
    given = {
        "title": form.title,
        "faces": {
            "title": faces.title,
            "title-weight": faces.title_weight,
            "body": faces.body,
            "song": faces.song,
            "levels": (faces.hei, faces.kai),
        },
        "page": _page(form),
        "sheets": [
            _drawn_sheet(sheet, code) for sheet, code in zip(sheets, _codes(sheets), strict=True)
        ],
    }
    return typeset(FORM, "forms", given, tagged=len(sheets) <= TAGGED)


def typeset(
    source: Path, name: str, given: Mapping[str, object], *, tagged: bool = True
) -> Typeset:
    """PDF/A of a typst program that reads the JSON `name`; boxes for characters without a glyph."""
    text = json.dumps(given, ensure_ascii=False)
    try:
        return Typeset(_compiled(source, {name: text}, tagged=tagged))
    except typst.TypstError:
        missing = missing_glyphs(text)
        if not missing:
            raise
        content = _compiled(source, {name: boxed(text, missing)}, tagged=tagged)
        return Typeset(content, missing)


def _compiled(source: Path, inputs: dict[str, str], *, tagged: bool) -> bytes:
    """PDF/A of a typst program, by this thread's compiler, which keeps its typefaces."""
    pdf = _compiler().compile(
        source,
        format="pdf",
        pdf_standards=STANDARD,
        pdf_tags=tagged,
        sys_inputs=inputs,
        timestamp=clock.now().astimezone(UTC).replace(microsecond=0),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _compiler() -> typst.Compiler:
    collection = fonts.collection()
    if getattr(_thread, "collection", None) is not collection:
        _thread.collection = collection
        _thread.compiler = typst.Compiler(
            root=FOLDER, font_paths=collection, ignore_system_fonts=True
        )
    compiler: typst.Compiler = _thread.compiler
    return compiler


def missing_glyphs(text: str) -> str:
    """The characters of `text` that the faces of every part of a paper lack, once each, in their
    order."""
    faces = json.dumps(fonts.faces().song, ensure_ascii=False)
    missing = ""
    left = "".join(dict.fromkeys(plain(text)))
    while left:
        try:
            _compiled(PROBE, {"faces": faces, "text": left}, tagged=False)
        except typst.TypstError as error:
            undrawable = set(_undrawable(error.message)) & set(left)
            if not undrawable:
                raise
            missing += "".join(character for character in left if character in undrawable)
            left = "".join(character for character in left if character not in undrawable)
        else:
            break
    return missing


def _undrawable(message: str) -> str:
    match = _UNDRAWABLE.search(message)
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), match[1]) if match else ""


def _page(form: Form) -> dict[str, object]:
    page = form.page
    body = max(page.sizes)
    return {
        "margin": {
            "top": page.top,
            "bottom": page.bottom,
            "left": page.left,
            "right": page.right,
        },
        "landscape": page.landscape,
        "sizes": page.sizes,
        "title": page.title,
        "small": 1 if page.landscape or body < 14 else 0.875,
        "leading": round(page.pitch - 1, 3),
        "spacing": page.spacing,
        "inset": page.inset,
        "ruled": page.ruled,
        "torn": any(isinstance(block, Tear) for block in form.layout),
        "numbered": form.runs_on,
        "official": page.official,
    }


def _drawn_sheet(sheet: FilledSheet, code: str) -> Drawn:
    size = sizes.safe_size(sheet)
    return {
        "sizes": [size] if size else sheet.form.page.sizes,
        "blocks": [_drawn(block, code) for block in sheet.blocks],
    }


def _codes(sheets: Sequence[FilledSheet]) -> list[str]:
    """The drawing of each sheet's verifying code, "" where it has none."""
    urls = [sheet.url for sheet in sheets]
    drawn = iter(qr.codes([url for url in urls if url]))
    return [qr.svg(next(drawn)) if url else "" for url in urls]


def _written(text: Line) -> list[object]:
    return [_segment(part) for part in text]


def _segment(part: Segment) -> object:
    if isinstance(part, Gap):
        return {"gap": part.width}
    if isinstance(part, Noted):
        return {"noted": _breakable(part.text), "note": _breakable(part.note), "url": part.url}
    return {"whole": part} if isinstance(part, Whole) else _breakable(str(part))


def _breakable(text: str) -> str:
    """A Latin word too long for a cell may break anywhere instead of leaving the paper."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(word[0]), text)


def _drawn_cell(cell: Cell) -> Drawn:
    return {
        "text": _written(cell.text),
        "span": cell.span,
        "label": cell.label,
        "height": cell.height,
        "foot": [_written(foot) for foot in cell.foot],
    }


def _drawn_row(row: Sequence[str], columns: Sequence[PaperColumn]) -> list[object]:
    pairs = zip(row, columns, strict=True)
    return [
        {"text": value, "qr": qr.svg(qr.code(value))}
        if column.coded and value
        else _breakable(value)
        for value, column in pairs
    ]


def _drawn(block: Block, code: str) -> Drawn:
    match block:
        case Heading():
            return {"kind": "heading", "text": _written(block.text)}
        case Paragraph():
            return {
                "kind": "paragraph",
                "text": _written(block.text),
                "indent": block.indent,
                "align": block.align,
                "small": block.small,
                "level": block.level,
            }
        case Spread():
            parts = [_written(part) for part in block.parts]
            return {"kind": "spread", "parts": parts, "small": block.small}
        case Grid():
            rows = [[_drawn_cell(cell) for cell in row] for row in block.rows]
            return {"kind": "grid", "widths": block.widths, "rows": rows}
        case Table():
            columns = [
                {"label": column.label, "width": column.width, "align": column.align}
                for column in block.columns
            ]
            return {
                "kind": "table",
                "columns": columns,
                "heads": [[asdict(cell) for cell in row] for row in head_rows(block.columns)],
                "rows": [_drawn_row(row, block.columns) for row in block.rows],
                "total": block.total,
            }
        case Diagram():
            return {
                "kind": "diagram",
                "title": _written(block.title),
                "series": block.series,
                "bars": [asdict(bar) for bar in block.bars],
            }
        case Closing():
            return {
                "kind": "closing",
                "lines": [_written(text) for text in block.lines],
                "qr": code if block.verify else "",
                "caption": block.caption,
            }
    return {"kind": "tear"}
