"""Forms as editable Word documents that look like their PDF, many sheets in one file.

The body is written as WordprocessingML text with every value escaped, then parsed once: a
thousand letters in seconds. The faces named are those an office computer has.
"""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import _Footer
from docx.shared import Mm

from baodao.documents import qr, sizes, wordml
from baodao.documents.form import Form
from baodao.documents.sheets import FilledSheet, Item, sheet_of

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")


def render_docx(form: Form, items: Sequence[Item]) -> bytes:
    """One document of all items, each beginning a page; no items give the blank form."""
    sheets = [sheet_of(form, item) for item in items or [{}]]
    document = _document(form)
    pictures = _pictures(document, sheets)
    notes: list[str] = []
    body = "".join(
        wordml.sheet(sheet, _size(sheet), wordml.SheetPlace(picture, number, notes))
        for number, (sheet, picture) in enumerate(zip(sheets, pictures, strict=True))
    )
    if notes:
        _add_footnotes(document, notes)
    root = parse_xml(f"<w:body {_NAMESPACES}>{body}</w:body>")
    end = document.element.body.sectPr
    for element in list(root):
        end.addprevious(element)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _size(sheet: FilledSheet) -> float:
    return sizes.safe_size(sheet) or min(sheet.form.page.sizes)


def _document(form: Form) -> WordDocument:
    document = Document()
    normal = document.styles["Normal"].element
    normal.getparent().replace(normal, parse_xml(wordml.normal(nsdecls("w"), form.page)))
    section = document.sections[0]
    page = form.page
    long, short = Mm(297), Mm(210)
    if page.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (long, short) if page.landscape else (short, long)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.footer_distance = Mm(page.bottom / 2)
    if form.page.official:
        document.settings.odd_and_even_pages_header_footer = True
        _foot(section.footer, wordml.outer_numbers(nsdecls("w"), "right"))
        _foot(section.even_page_footer, wordml.outer_numbers(nsdecls("w"), "left"))
        _name_faces(document)
    elif form.runs_on:
        _foot(section.footer, wordml.page_numbers(nsdecls("w")))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = form.title, "", ""
    return document


def _foot(footer: _Footer, paragraph: str) -> None:
    """Let a footer be one paragraph."""
    footer.is_linked_to_previous = False
    element = footer.paragraphs[0]._p
    element.getparent().replace(element, parse_xml(paragraph))


def _name_faces(document: WordDocument) -> None:
    """The part of the document that says what stands in for a face that is not there."""
    content = wordml.face_table(nsdecls("w")).encode()
    links = document.part.rels
    [link] = [one for one in links.values() if one.reltype == RELATIONSHIP_TYPE.FONT_TABLE]
    table = links.pop(link.rId).target_part
    part = Part(table.partname, table.content_type, content, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _add_footnotes(document: WordDocument, notes: Sequence[str]) -> None:
    """The part of the document that holds its footnotes."""
    content = wordml.footnotes(nsdecls("w"), notes).encode()
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, content, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _pictures(document: WordDocument, sheets: Sequence[FilledSheet]) -> list[str]:
    """The relationship of each sheet's verifying code, "" where it has none."""
    urls = [sheet.url for sheet in sheets]
    drawn = iter(qr.codes([url for url in urls if url]))
    names = []
    for number, url in enumerate(urls, start=1):
        if not url:
            names.append("")
            continue
        name = PackURI(f"/word/media/code{number}.png")
        part = Part(name, "image/png", qr.png(next(drawn)), document.part.package)
        names.append(document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))
    return names
