"""QR codes, forms as page, one door to all formats, and layouts of a tenant's own."""

import secrets
import struct
import zlib

import pytest
import segno

from baodao.documents import html, qr
from baodao.documents.catalogue import FORMS, form_of
from baodao.documents.files import render
from baodao.kernel.errors import Refused
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from tests.documents.facts import CODES, PERSON, URL, facts, values


def addresses(count: int) -> list[str]:
    return [f"http://localhost:8000/v/{secrets.token_urlsafe(16)}/" for _ in range(count)]


def test_a_composed_code_is_the_code_drawn_by_itself() -> None:
    texts = addresses(qr.BATCH + 5)
    composed = qr.codes(texts)
    for index in (0, 1, 77, len(texts) - 1):
        drawn = segno.make(
            texts[index], error="m", mode="byte", micro=False, boost_error=False, mask=qr.MASK
        )
        rows = ["".join(str(module) for module in row) for row in drawn.matrix]
        assert composed[index].rows() == rows


def test_texts_of_unlike_length_or_equal_texts_are_drawn_right() -> None:
    texts = [*addresses(qr.BATCH), "http://localhost/短"]
    assert qr.codes(texts)[-1] == qr.code(texts[-1])
    assert set(qr.codes([URL] * qr.BATCH)) == {qr.code(URL)}


def test_the_picture_has_black_modules_where_the_code_has_ones() -> None:
    code = qr.code(URL)
    content = qr.png(code, scale=2)
    side, _, depth = struct.unpack(">IIB", content[16:25])
    assert (side, depth) == (code.size * 2, 1)
    start = content.index(b"IDAT") + 4
    lines = zlib.decompressobj().decompress(content[start:])
    stride = 1 + (side + 7) // 8
    first = "".join(f"{byte:08b}" for byte in lines[1:stride])[:side]
    assert first[::2] == code.rows()[0].translate(str.maketrans("01", "10"))


def test_the_drawing_is_one_path() -> None:
    assert qr.svg(qr.code(URL)).count("<path") == 1


@pytest.mark.parametrize("code", CODES)
def test_the_page_shows_every_value(code: str) -> None:
    form = form_of(code)
    page = html.render_html(form, [facts(form)])
    assert [value for value in values(form) if value not in page] == []


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_blank_form_has_its_title_and_lines(code: str) -> None:
    page = html.render_html(form_of(code), [])
    assert form_of(code).title in page
    assert str(PERSON["name"]) not in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_markup_in_a_value_is_text_on_the_page() -> None:
    nasty = "<script>alert(1)</script>{{ 7|add:7 }}"
    page = html.render_html(INTRODUCTION_LETTER, [facts(INTRODUCTION_LETTER) | {"name": nasty}])
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


def test_no_style_or_script_hides_in_the_fragment() -> None:
    page = html.render_html(INTRODUCTION_LETTER, [facts(INTRODUCTION_LETTER)])
    fragment = page[page.index("<body") :]
    assert "style=" not in fragment
    assert "<script" not in fragment


@pytest.mark.parametrize(
    ("code", "form"), [(code, made) for code in CODES for made in FORMS[code].formats]
)
def test_every_form_comes_in_each_of_its_formats(code: str, form: str) -> None:
    made = render(code, [facts(form_of(code))], form)
    begins = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "html": b"<!DOCTYPE"}[form]
    assert made.content.startswith(begins)
    assert made.filename == f"{form_of(code).title}.{form}"
    assert made.content_type


def test_a_letter_is_no_workbook() -> None:
    with pytest.raises(Refused, match="pdf, docx, html") as refused:
        render("introduction-letter", [], "xlsx")
    assert refused.value.code == "form.format-absent"
