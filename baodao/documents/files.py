"""One door to every form in every format."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from baodao.documents.boxes import Remark, remarks_of
from baodao.documents.catalogue import form_of, own_layout
from baodao.documents.fields import ISSUER, Issuer
from baodao.documents.form import Form
from baodao.documents.formats import LIST_MEDIA, Format, ListMedium
from baodao.documents.html import render_html
from baodao.documents.layouts import fill_layout
from baodao.documents.lists import printed_list
from baodao.documents.pdf import render_pdf
from baodao.documents.sheets import Item
from baodao.documents.word import render_docx
from baodao.documents.workbooks import Worksheet, cell_of, render_xlsx, write_workbook
from baodao.kernel.errors import Refused, gettext_noop

Drawing = tuple[bytes, str]
"""A file, and the characters that stand as boxes in it; Word, Excel and browsers have faces of
their own for everything."""


@dataclass(frozen=True)
class Rendered:
    """A file to be sent: its bytes, what they are, the name to save it under, and what whoever
    prints it has to know."""

    content: bytes
    content_type: str
    filename: str
    remarks: tuple[Remark, ...] = ()


def render(form_code: str, items: Sequence[Item], format: str) -> Rendered:  # noqa: A002
    """The form `form_code` for every item, one file; no items give the form blank.

    An item maps field names of the catalogue to values (dates as dates). `verify_url` is the
    address behind the verifying code. Lists take `rows`, `total`, `level` or `columns`. Refused:
    `form.unknown`, `form.format-absent`, `form.level-unknown`, `font.missing`.
    `remarks` name the boxes that stand for characters without a glyph.
    """
    form = form_of(form_code)
    if format not in form.formats:
        raise Refused(
            "form.format-absent",
            gettext_noop("“%(form)s” is not made as %(format)s. Choose one of: %(formats)s."),
            form=form.title,
            format=format,
            formats=", ".join(form.formats),
        )
    medium = Format(format)
    content, missing = _RENDERERS[medium](form, items)
    remarks = remarks_of(form, items, missing)
    return Rendered(content, medium.content_type, f"{form.title}.{medium}", remarks)


def word_file(form: Form, content: bytes) -> Rendered:
    """A Word document of a form, ready to be sent."""
    return Rendered(content, Format.WORD.content_type, f"{form.title}.{Format.WORD}")


def _pdf(form: Form, items: Sequence[Item]) -> Drawing:
    pdf = render_pdf(form, items)
    return pdf.content, pdf.missing


def _word(form: Form, items: Sequence[Item]) -> Drawing:
    issuers = {cast(Issuer, item[ISSUER]) for item in items if ISSUER in item}
    layout = own_layout(form.code, issuers) if issuers else None
    return fill_layout(layout, form, items) if layout else render_docx(form, items), ""


def _excel(form: Form, items: Sequence[Item]) -> Drawing:
    return render_xlsx(form, items), ""


def _page(form: Form, items: Sequence[Item]) -> Drawing:
    return render_html(form, items).encode(), ""


_RENDERERS: dict[Format, Callable[[Form, Sequence[Item]], Drawing]] = {
    Format.PDF: _pdf,
    Format.WORD: _word,
    Format.EXCEL: _excel,
    Format.PAGE: _page,
}


def list_paper(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Rendered:
    """Any list of a page on A4 across: its heading repeated, its pages numbered, nothing cut."""
    form, item = printed_list(title, columns, rows)
    pdf = render_pdf(form, [item])
    remarks = remarks_of(form, [item], pdf.missing)
    return Rendered(pdf.content, Format.PDF.content_type, f"{title}.{Format.PDF}", remarks)


def list_workbook(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Rendered:
    """Any list of a page as Excel, as `ui.listing` wants it: titled, every cell plain text."""
    out = BytesIO()
    cells = ([cell_of(value) for value in row] for row in rows)
    write_workbook([Worksheet(name=title, columns=columns, rows=cells, title=title)], out)
    return Rendered(out.getvalue(), Format.EXCEL.content_type, f"{title}.{Format.EXCEL}")


@dataclass(frozen=True)
class ListFiles:
    """What makes files of any list of a page, as `ui.listing` wants it."""

    media: tuple[ListMedium, ...] = LIST_MEDIA

    def __call__(
        self,
        title: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        format: str,  # noqa: A002
    ) -> Rendered:
        """The list in one of the media."""
        return _LIST_RENDERERS[Format(format)](title, columns, rows)


_LIST_RENDERERS: dict[Format, Callable[..., Rendered]] = {
    Format.EXCEL: list_workbook,
    Format.PDF: list_paper,
}
list_file = ListFiles()
