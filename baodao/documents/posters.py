"""Sheets for a notice board, and cards to hand over: a title, one large code, its address as text,
a few lines."""

from dataclasses import dataclass

from baodao.documents import fonts, qr
from baodao.documents.boxes import remark
from baodao.documents.files import Rendered
from baodao.documents.formats import Format
from baodao.documents.pdf import FOLDER, typeset

SHEET = FOLDER / "poster.typ"


@dataclass(frozen=True)
class Poster:
    """What stands on the sheet; `address` is behind the code and below it."""

    title: str
    headline: str
    lines: tuple[str, ...]
    address: str
    foot: str
    filename: str
    card: bool = False
    """As large as a hand, for one person, and not for a board."""


def poster(sheet: Poster) -> Rendered:
    """One page as PDF/A: A4, a card A6."""
    faces = fonts.faces()
    given = {
        "title": sheet.title,
        "headline": sheet.headline,
        "lines": sheet.lines,
        "address": "\u200b".join(sheet.address),
        "foot": sheet.foot,
        "card": sheet.card,
        "qr": qr.svg(qr.code(sheet.address)),
        "faces": {
            "title": faces.title,
            "title-weight": faces.title_weight,
            "song": faces.song,
        },
    }
    pdf = typeset(SHEET, "poster", given)
    remarks = (remark(sheet.headline, sheet.title, pdf.missing),) if pdf.missing else ()
    return Rendered(pdf.content, Format.PDF.content_type, sheet.filename, remarks)
