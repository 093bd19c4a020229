"""The places of a Word layout: what stands in double braces, and what is wrong with it.

A field is named as in the catalogue or by its Chinese label, blanks and width of no account:
`{{ 姓名 }}`, `｛｛ 单位 党组织 ｝｝`, `{{ name }}`. A text may depend on fields:
`{% if 联系电话 %}…{% endif %}`. A table row with names of a list's columns stands for every row of
the list, `{{ 合计 在职党员 }}` for a column's sum. Nothing else is understood, so nothing else is
run.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from baodao.documents.fields import FIELDS
from baodao.documents.form import Form

Xml = Any
"""An element of a Word document."""

CODE = "code"
CODE_LABEL = "核验码"
TOTAL = "合计"
ROW = "row"
SUM = "total"
GIVEN = "given_"
"""What begins the name of a condition: whether a field has a value."""

_PLACE = re.compile(r"\{\{(?P<field>.*?)\}\}|\{%(?P<clause>.*?)%\}|\{\{|\}\}|\{%|%\}|\{#")
_WORD = re.compile(r"\b(if|elif|else|endif|not|and|or)\b")
_BRACES = str.maketrans("｛｝％＃", "{}%#")
_CLAUSES = re.compile(r"(if|elif) .+|else|endif")


@dataclass(frozen=True)
class PlaceNames:
    """What a form knows, by the key of every way to write it: its fields with the verifying code,
    the columns of its list."""

    fields: Mapping[str, str]
    columns: Mapping[str, str]
    labels: tuple[str, ...]

    def nearest(self, text: str) -> str:
        """The label most like what was written, "" where none is."""
        keys = {key_of(label): label for label in self.labels}
        return next((keys[one] for one in get_close_matches(key_of(text), keys, 1, 0.4)), "")


@dataclass(frozen=True)
class LayoutFault:
    """A place that is not understood: where it is, what stands there, what was probably meant."""

    place: str
    text: str
    nearest: str


@dataclass
class LayoutReading:
    """What was found in a layout: fields that it places, and what is wrong with it."""

    fields: set[str] = field(default_factory=set)
    faults: list[LayoutFault] = field(default_factory=list)


def key_of(text: str) -> str:
    """A name without what people write differently: blanks, width, capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def names_of(form: Form) -> PlaceNames:
    """What may stand in the braces of a layout for a form."""
    named = {one.name: one.label for one in form.fields} | {CODE: CODE_LABEL}
    columns = [column for _level, each in form.tables for column in each]
    fields = {key_of(f"{TOTAL}{column.label}"): f"{SUM}.{column.name}" for column in columns}
    fields |= {key_of(one): name for name, label in named.items() for one in (label, name)}
    listed = {key_of(one): column.name for column in columns for one in (column.label, column.name)}
    return PlaceNames(fields, listed, (*named.values(), *(column.label for column in columns)))


def settle(document: WordDocument, form: Form) -> LayoutReading:
    """Write every place of a layout under the catalogue's name, whole in one run, and every row of
    a list as a loop over its rows; tells what was placed and what is not understood."""
    names, reading = names_of(form), LayoutReading()
    body = document.element.body
    rows = [row for row in body.iter(qn("w:tr")) if _is_list_row(row, names)]
    for paragraph, place in _paragraphs(body):
        row = next((one for one in paragraph.iterancestors(qn("w:tr"))), None)
        _settle_paragraph(paragraph, place, names, reading, listed=row in rows)
    for row in rows:
        _repeat(row)
    for part, place in _margins(document):
        for paragraph in part.iter(qn("w:p")):
            for match in _PLACE.finditer(_text_of(paragraph)):
                reading.faults.append(LayoutFault(place, match[0], ""))
    return reading


def _paragraphs(body: Xml) -> Iterator[tuple[Xml, str]]:
    """Every paragraph of the text with where people find it."""
    tables = list(body.iter(qn("w:tbl")))
    number = 0
    for paragraph in body.iter(qn("w:p")):
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        if cell is None:
            number += 1
            yield paragraph, gettext("paragraph %(number)s") % {"number": number}
            continue
        row = cell.getparent()
        table = next(row.iterancestors(qn("w:tbl")))
        yield (
            paragraph,
            gettext("table %(table)s, row %(row)s, cell %(cell)s")
            % {
                "table": tables.index(table) + 1,
                "row": table.findall(qn("w:tr")).index(row) + 1,
                "cell": row.findall(qn("w:tc")).index(cell) + 1,
            },
        )


def _margins(document: WordDocument) -> Iterator[tuple[Xml, str]]:
    words = gettext("header or footer; fields stand in the text itself")
    for section in document.sections:
        headers = (section.header, section.first_page_header, section.even_page_header)
        footers = (section.footer, section.first_page_footer, section.even_page_footer)
        for part in (*headers, *footers):
            if not part.is_linked_to_previous:
                yield part._element, words


def _texts(paragraph: Xml) -> list[Xml]:
    """The texts of a paragraph itself, without those of a box inside it."""
    return [
        text
        for text in paragraph.iter(qn("w:t"))
        if next(text.iterancestors(qn("w:p"))) is paragraph
    ]


def _text_of(paragraph: Xml) -> str:
    return "".join(text.text or "" for text in _texts(paragraph)).translate(_BRACES)


def _is_list_row(row: Xml, names: PlaceNames) -> bool:
    matches = _PLACE.finditer("".join(map(_text_of, row.iter(qn("w:p")))))
    return any(match["field"] and key_of(match["field"]) in names.columns for match in matches)


def _settle_paragraph(
    paragraph: Xml, place: str, names: PlaceNames, reading: LayoutReading, *, listed: bool
) -> None:
    texts, matches = _texts(paragraph), list(_PLACE.finditer(_text_of(paragraph)))
    settled = [_settled(match, names, listed=listed) for match in matches]
    for match, written in reversed(list(zip(matches, settled, strict=True))):
        if written is not None:
            reading.fields.update(re.findall(r"\w+", written))
            _replace(texts, match.span(), written)
    reading.faults += [
        LayoutFault(place, match[0], names.nearest(match["field"] or ""))
        for match, written in zip(matches, settled, strict=True)
        if written is None
    ]


def _settled(match: re.Match[str], names: PlaceNames, *, listed: bool) -> str | None:
    """A place under the catalogue's name; None for what is not understood."""
    if match["field"] is not None:
        key = key_of(match["field"])
        if listed and key in names.columns:
            return f"{{{{ {ROW}.{names.columns[key]} }}}}"
        return f"{{{{ {names.fields[key]} }}}}" if key in names.fields else None
    clause = " ".join((match["clause"] or "").split())
    if not _CLAUSES.fullmatch(clause):
        return None
    pieces = [piece for piece in _WORD.split(clause) if piece.strip()]
    words = [piece if _WORD.fullmatch(piece) else _given(piece, names) for piece in pieces]
    return None if None in words else f"{{% {' '.join(filter(None, words))} %}}"


def _given(piece: str, names: PlaceNames) -> str | None:
    name = names.fields.get(key_of(piece), "")
    return f"{GIVEN}{name}" if name in FIELDS else None


def _replace(texts: list[Xml], span: tuple[int, int], written: str) -> None:
    """Put `written` where the first sign of the span stands, and take the others away."""
    begin, end, at = *span, 0
    for text in texts:
        own = text.text or ""
        first, last = max(begin - at, 0), min(end - at, len(own))
        at += len(own)
        if first >= last:
            continue
        text.text = own[:first] + written + own[last:]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        written = ""


def _repeat(row: Xml) -> None:
    """Put the row of a list between the two marks of a loop over the rows."""
    row.addprevious(_mark(f"{{%tr for {ROW} in rows %}}"))
    row.addnext(_mark("{%tr endfor %}"))


def _mark(words: str) -> Xml:
    """A row that says what is done with the rows behind it."""
    mark = parse_xml(f"<w:tr {nsdecls('w')}><w:tc><w:p><w:r><w:t/></w:r></w:p></w:tc></w:tr>")
    next(mark.iter(qn("w:t"))).text = words
    return mark
