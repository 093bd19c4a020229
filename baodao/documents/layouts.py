"""A tenant's own Word layout, filled with the same facts as our forms.

The layout is foreign: what stands in its braces is settled first (`placeholders.py`), so that only
fields, conditions on fields and the rows of a list are ever run, and every value is text.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from baodao.documents import qr, sizes
from baodao.documents.fields import VERIFY_URL
from baodao.documents.form import Form
from baodao.documents.placeholders import CODE, GIVEN, SUM, LayoutReading, settle
from baodao.documents.sheets import Item, field_text, paper_text, table_rows
from baodao.kernel.errors import Refused, gettext_noop

LARGEST = 5_000_000
LARGEST_INSIDE = 50_000_000
"""Bytes of a layout, packed and unpacked: nothing that swells."""

ACTIVE = re.compile(r"vbaProject|macroEnabled|activeX|oleObject|package$", re.IGNORECASE)
ACTING = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE)\b", re.IGNORECASE
)
"""Parts, and fields of Word, that run or load something."""

ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr),
    *(nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.For),
)


def read_layout(layout: bytes, form: Form) -> LayoutReading:
    """Which fields of a form a layout places, and what in it is not understood. Refused:
    `layout.unreadable` for what is no Word document, or cannot be filled."""
    document = _opened(layout)
    reading = settle(document.docx, form)
    if not reading.faults:
        _bodies(document, form, [{}])
    return reading


def fill_layout(layout: bytes, form: Form, items: Sequence[Item]) -> bytes:
    """One Word document of all items in the layout, each beginning a page; no items give it blank.

    Refused: `layout.unreadable` (no Word document, or broken conditions), `layout.faults` (names
    the form does not have).
    """
    document = _opened(layout)
    faults = settle(document.docx, form).faults
    if faults:
        raise Refused(
            "layout.faults",
            gettext_noop("In this layout is not understood: %(faults)s"),
            faults="; ".join(f"{one.place}: {one.text}" for one in faults),
        )
    first, *others = _bodies(document, form, items or [{}])
    end = first.find(qn("w:sectPr"))
    for body in others:
        elements = [element for element in body if element.tag != qn("w:sectPr")]
        for element in (_page_break(), *elements):
            end.addprevious(element) if end is not None else first.append(element)
    for number, drawing in enumerate(first.iter(qn("wp:docPr")), start=1):
        drawing.set("id", str(number))
    document.map_tree(first)
    out = BytesIO()
    document.docx.save(out)
    return out.getvalue()


def _opened(layout: bytes) -> DocxTemplate:
    if len(layout) > LARGEST:
        raise _unreadable()
    document = DocxTemplate(BytesIO(layout))
    try:
        with ZipFile(BytesIO(layout)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_INSIDE:
                raise _unreadable()
        document.render_init()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise _unreadable() from error
    _check_foreign(document)
    return document


def _check_foreign(document: DocxTemplate) -> None:
    """Refuse what would act on, or call from, the computer of whoever opens the paper."""
    package = document.docx.part.package
    called = any(
        link.is_external and link.reltype != RELATIONSHIP_TYPE.HYPERLINK
        for link in package.iter_rels()
    )
    active = any(ACTIVE.search(part.content_type) for part in package.iter_parts())
    fields = document.docx.element.body.iter(qn("w:instrText"), qn("w:fldSimple"))
    acting = any(ACTING.search(one.text or one.get(qn("w:instr")) or "") for one in fields)
    if called or active or acting:
        raise Refused(
            "layout.foreign",
            gettext_noop(
                "This layout loads or runs something from outside: a linked picture or template, "
                "a macro, an embedded object. Take it out; pictures are inserted, not linked."
            ),
        )


def _unreadable() -> Refused:
    return Refused(
        "layout.unreadable",
        gettext_noop(
            "This layout cannot be used. Save it as a Word document (.docx) of at most 5 MB and "
            "check that every condition has its end."
        ),
    )


class _FieldsOnly(SandboxedEnvironment):
    """Fields, conditions on fields, the rows of a list: no calls, filters or arithmetic."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, ALLOWED):
                raise TemplateSyntaxError(f"{type(node).__name__} is not allowed", 1)
        return tree


def _bodies(document: DocxTemplate, form: Form, items: Sequence[Item]) -> list[Any]:
    """The text of the layout with the facts of each item in it."""
    source = document.patch_xml(document.get_xml())
    environment = _FieldsOnly(autoescape=True)
    try:
        return [
            parse_xml(
                document.render_xml_part(
                    source, document.docx.part, _context(document, form, item), environment
                )
            )
            for item in items
        ]
    except (TemplateError, SyntaxError) as error:
        raise _unreadable() from error


def _context(document: DocxTemplate, form: Form, item: Item) -> dict[str, object]:
    facts: dict[str, object] = {}
    for field in form.fields:
        facts[field.name] = field_text(field, item)
        facts[f"{GIVEN}{field.name}"] = bool(paper_text(item.get(field.name)))
    if form.tables:
        rows, total = table_rows(form, item)
        facts |= {"rows": rows, SUM: total}
    url = paper_text(item.get(VERIFY_URL))
    picture = BytesIO(qr.png(qr.code(url))) if url else None
    facts[CODE] = InlineImage(document, picture, width=Mm(sizes.CODE)) if picture else ""
    return facts


def _page_break() -> Any:
    paragraph, run, broken = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:br")
    broken.set(qn("w:type"), "page")
    run.append(broken)
    paragraph.append(run)
    return paragraph
