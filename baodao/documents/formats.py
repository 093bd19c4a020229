"""The media in which papers and lists are made: how each is called, and what it is on the wire.

Who draws each of them stands in `files.py`.
"""

from dataclasses import dataclass

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code


class Format(Code):
    """A medium; its code is the ending of the file's name."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"
    PAGE = "html", gettext_noop("View online")

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[self]


_CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PAGE: "text/html; charset=utf-8",
}
SHEET_FORMATS = (Format.PDF, Format.WORD, Format.PAGE)
"""A sheet about one person or unit."""

LIST_FORMATS = (Format.PDF, Format.EXCEL, Format.WORD, Format.PAGE)
"""A list or an official table, whose figures people calculate on."""


@dataclass(frozen=True)
class ListMedium:
    """A medium in which every list on a page is had: the words of its button and what they say to
    a screen reader (message ids). On paper stand the columns of the page, of no more rows than
    anybody reads; in any other all columns of all rows."""

    code: Format
    words: str
    label: str
    on_paper: bool = False


LIST_MEDIA = (
    ListMedium(Format.EXCEL, Format.EXCEL.words, gettext_noop("Export to Excel")),
    ListMedium(
        Format.PDF, gettext_noop("Print"), gettext_noop("Print this list as PDF"), on_paper=True
    ),
)
"""In the order of their buttons."""
