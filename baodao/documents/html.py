"""Forms as page: the same filled blocks, drawn by `documents/form.html`.

Another slice answers with `documents.views.paper_page`; a page that shows more puts
`{"sheets": html.sheets(form, items)}` into its context and includes `documents/form.html`, whose
styles are the static file `documents/form.css`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from baodao.documents import qr
from baodao.documents.blocks import (
    Bar,
    Block,
    Gap,
    Grid,
    HeadCell,
    Line,
    Noted,
    PaperColumn,
    Table,
    Whole,
    head_rows,
)
from baodao.documents.form import Form
from baodao.documents.sheets import FilledSheet, Item, sheet_of

STYLES = Path(__file__).parent / "static" / "documents" / "form.css"


@dataclass(frozen=True)
class Drawn:
    """A block with the name of its kind, as a template can tell them apart."""

    kind: str
    block: Block


@dataclass(frozen=True)
class DrawnSheet:
    """A sheet for the template; `code` is the drawing of the verifying code or empty."""

    form: Form
    blocks: tuple[Drawn, ...]
    code: SafeString
    url: str


def sheets(form: Form, items: Sequence[Item]) -> list[DrawnSheet]:
    """The context of `documents/form.html`; no items give the blank form."""
    return [_drawn(sheet_of(form, item)) for item in items or [{}]]


def render_html(form: Form, items: Sequence[Item]) -> str:
    """A page of its own, styles included, to look at, send and print."""
    context = {
        "title": form.title,
        "sheets": sheets(form, items),
        "styles": mark_safe(STYLES.read_text(encoding="utf-8")),  # noqa: S308 our own file
    }
    return render_to_string("documents/form_page.html", context)


def _drawn(sheet: FilledSheet) -> DrawnSheet:
    code = qr.svg(qr.code(sheet.url)) if sheet.url else ""
    blocks = tuple(Drawn(type(block).__name__.lower(), block) for block in sheet.blocks)
    return DrawnSheet(sheet.form, blocks, mark_safe(code), sheet.url)  # noqa: S308 drawn by us


def pieces(text: Line) -> Iterator[dict[str, object]]:
    """The line as the template writes it: texts, unbroken ones, and gaps as so many ideographic
    spaces."""
    for segment in text:
        if isinstance(segment, Gap):
            yield {"gap": "　" * segment.width}
        elif isinstance(segment, Whole):
            yield {"whole": segment}
        elif isinstance(segment, Noted):
            yield {"noted": segment}
        else:
            yield {"text": segment}


def shares(block: Grid | Table) -> list[str]:
    """The columns' widths in percent."""
    widths = block.widths if isinstance(block, Grid) else [column.width for column in block.columns]
    return [f"{100 * width / sum(widths):.2f}" for width in widths]


def heads(block: Table) -> tuple[tuple[HeadCell, ...], ...]:
    """The rows of headings of a list."""
    return head_rows(block.columns)


def pieces_of(bar: Bar) -> Iterator[dict[str, object]]:
    """The pieces of a bar in percent of the width, each with the number of its filling."""
    start = 0.0
    for turn, share in enumerate(bar.shares, 1):
        if share:
            yield {"turn": turn, "start": f"{start:.2f}", "share": f"{share:.2f}"}
            start += share


def beside(values: Sequence[str], columns: Sequence[PaperColumn]) -> list[tuple[str, PaperColumn]]:
    """Each value of a row with its column."""
    return list(zip(values, columns, strict=True))
