"""Forms as Word: editable, whole, and every value a text."""

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm

from baodao.documents.catalogue import form_of
from baodao.documents.word import render_docx
from baodao.people.rules.papers import ROSTER
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from tests.documents.facts import CODES, facts, values

NASTY = ["#let x", "{{ x }}", "{% x %}", "<b>粗</b>", "&amp;", "]]>", '"', "喆堃昇犇䶮"]


def opened(content: bytes) -> WordDocument:
    return Document(BytesIO(content))


def text_of(content: bytes) -> str:
    body = opened(content).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


@pytest.mark.parametrize("code", CODES)
def test_a_filled_form_shows_every_value(code: str) -> None:
    form = form_of(code)
    text = text_of(render_docx(form, [facts(form)]))
    assert [value for value in values(form) if value not in text] == []


@pytest.mark.parametrize("code", CODES)
def test_a_blank_form_has_its_title_on_a4(code: str) -> None:
    form = form_of(code)
    document = opened(render_docx(form, []))
    assert document.paragraphs[0].text == form.title
    section = document.sections[0]
    sides = sorted([section.page_width, section.page_height])
    assert [round(side / Mm(1)) for side in sides] == [210, 297]
    assert round(section.left_margin / Mm(1)) == form.page.left


@pytest.mark.parametrize("nasty", NASTY)
def test_what_looks_like_markup_is_text(nasty: str) -> None:
    item = facts(INTRODUCTION_LETTER) | {"name": nasty, "specialty": nasty}
    assert text_of(render_docx(INTRODUCTION_LETTER, [item])).count(nasty) == 3


def test_each_of_many_letters_begins_a_page_and_has_its_own_code() -> None:
    items = [
        facts(INTRODUCTION_LETTER)
        | {"name": f"王{index:02d}", "verify_url": f"http://localhost/v/{index:022d}/"}
        for index in range(12)
    ]
    content = render_docx(INTRODUCTION_LETTER, items)
    breaks = opened(content).element.body.xpath(".//w:pageBreakBefore")
    assert len(breaks) == 11
    with zipfile.ZipFile(BytesIO(content)) as parts:
        pictures = [name for name in parts.namelist() if name.startswith("word/media/")]
        assert len({parts.read(name) for name in pictures}) == 12


def test_the_heading_of_a_list_repeats_and_no_row_breaks() -> None:
    body = opened(render_docx(ROSTER, [facts(ROSTER)])).element.body
    assert len(body.xpath(".//w:tblHeader")) == 1
    assert len(body.xpath(".//w:cantSplit")) == 41


def test_it_names_the_faces_an_office_computer_has() -> None:
    with zipfile.ZipFile(BytesIO(render_docx(INTRODUCTION_LETTER, []))) as parts:
        named = set(re.findall(r'w:eastAsia="([^"]+)"', parts.read("word/document.xml").decode()))
        styles = parts.read("word/styles.xml").decode()
    assert named == {"宋体"}
    assert 'w:eastAsia="仿宋"' in styles


def test_it_tells_nothing_about_who_made_it() -> None:
    properties = opened(render_docx(INTRODUCTION_LETTER, [])).core_properties
    assert (properties.author, properties.comments) == ("", "")
