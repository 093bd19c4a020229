"""Forms as PDF: every value is there as text, every letter on its sheet, every glyph present."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytest_django import Settings

from baodao.documents import fonts
from baodao.documents.catalogue import form_of
from baodao.documents.form import Form
from baodao.documents.pdf import missing_glyphs
from baodao.documents.pdf import render_pdf as typeset_pdf
from baodao.documents.sheets import Item
from baodao.insight.rules.papers import REGISTRATION_TABLE, SERVICE_TABLE
from baodao.kernel.errors import Refused
from baodao.people.rules.papers import ROSTER
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from tests.documents.facts import CODES, PERSON, ROWS, URL, facts, values

ODD = "喆堃昇犇䶮"
PROGRAMS = [
    "#let x",
    "$x$",
    "{{ x }}",
    "<b>粗</b>",
    '"引号"',
    "\\u{41}",
    "`码`",
    "@标签",
    "*星*",
    "//",
]
LONG = "中国共产党某某省某某市某某区人民政府某某街道办事处机关及其所属事业单位联合委员会" * 2


def render_pdf(form: Form, items: Sequence[Item]) -> bytes:
    """A PDF in which every character has its glyph."""
    pdf = typeset_pdf(form, items)
    assert pdf.missing == ""
    return pdf.content


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("code", CODES)
def test_a_filled_form_shows_every_value(code: str) -> None:
    form = form_of(code)
    text = text_of(render_pdf(form, [facts(form)]))
    missing = [value for value in values(form) if value.replace(" ", "") not in text]
    assert missing == []


@pytest.mark.parametrize(
    ("code", "level"),
    [(code, level) for code in CODES for level in dict(form_of(code).tables) or [""]],
)
def test_a_blank_form_is_one_sheet_with_its_title_and_no_value(code: str, level: str) -> None:
    form = form_of(code)
    pdf = render_pdf(form, [{"level": level}] if level else [])
    assert pages_of(pdf) == 1
    assert form.title in text_of(pdf)
    assert PERSON["name"] not in text_of(pdf)


@pytest.mark.parametrize("code", CODES)
def test_it_is_pdf_a_on_a4(code: str) -> None:
    reader = PdfReader(BytesIO(render_pdf(form_of(code), [])))
    box = reader.pages[0].mediabox
    sides = sorted((round(float(box.width)), round(float(box.height))))
    assert sides == [595, 842]
    assert b"pdfaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_letter_and_receipt_stand_on_one_sheet_with_the_line_between() -> None:
    pdf = render_pdf(INTRODUCTION_LETTER, [facts(INTRODUCTION_LETTER)])
    text = text_of(pdf)
    assert pages_of(pdf) == 1
    assert text.index("介绍信〔") < text.index("沿此线裁开") < text.index("介绍信回执")


def test_each_of_many_letters_has_its_own_sheet() -> None:
    items = [
        facts(INTRODUCTION_LETTER) | {"name": f"王{index:03d}", "number": f"〔2026〕{index:03d}号"}
        for index in range(1, 31)
    ]
    pages = PdfReader(BytesIO(render_pdf(INTRODUCTION_LETTER, items))).pages
    assert len(pages) == 30
    for index, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"王{index:03d}" in text
        assert f"王{index + 1:03d}" not in text


def test_rare_characters_are_shown() -> None:
    assert ODD in text_of(
        render_pdf(INTRODUCTION_LETTER, [facts(INTRODUCTION_LETTER) | {"name": ODD}])
    )
    assert missing_glyphs(f"陈{ODD}") == ""


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_looks_like_a_program_is_text(program: str) -> None:
    item = facts(INTRODUCTION_LETTER) | {"name": program, "specialty": program}
    assert text_of(render_pdf(INTRODUCTION_LETTER, [item])).count(program.replace(" ", "")) >= 3


@pytest.mark.parametrize("field", ["name", "workplace", "unit", "address", "specialty", "position"])
def test_a_very_long_value_stays_whole_on_the_one_sheet(field: str) -> None:
    pdf = render_pdf(INTRODUCTION_LETTER, [facts(INTRODUCTION_LETTER) | {field: LONG}])
    assert pages_of(pdf) == 1
    assert LONG in text_of(pdf)


def test_a_long_list_repeats_its_heading_and_numbers_its_pages() -> None:
    rows = [row | {"name": f"党员{index:03d}"} for index, row in enumerate(ROWS * 3)]
    reader = PdfReader(BytesIO(render_pdf(ROSTER, [facts(ROSTER) | {"rows": rows}])))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 3
    assert all("出生年月" in text for text in texts)
    assert f"共{len(texts)}页" in re.sub(r"\s", "", texts[0])
    assert all(f"党员{index:03d}" in "".join(texts) for index in range(len(rows)))


@pytest.mark.parametrize("level", [level for level, _ in REGISTRATION_TABLE.tables])
def test_the_table_has_the_columns_of_its_level(level: str) -> None:
    text = text_of(render_pdf(REGISTRATION_TABLE, [{"level": level}]))
    missing = [
        column.label for column in REGISTRATION_TABLE.columns(level) if column.label not in text
    ]
    assert missing == []


def test_the_table_says_how_many_serve_and_how_many_reported() -> None:
    item = facts(SERVICE_TABLE)
    assert "参加服务58名，共312人次。" in text_of(render_pdf(SERVICE_TABLE, [item]))
    item = facts(REGISTRATION_TABLE)
    text = text_of(render_pdf(REGISTRATION_TABLE, [item]))
    assert "注：本单位共有在职党员70名，到社区报到党员66名。" in text
    text = text_of(render_pdf(REGISTRATION_TABLE, [item | {"note": "其中三名另有安排。"}]))
    assert "注：其中三名另有安排。" in text


def test_the_code_is_drawn_only_when_there_is_an_address() -> None:
    item = facts(INTRODUCTION_LETTER)
    assert "扫码核验" in text_of(render_pdf(INTRODUCTION_LETTER, [item]))
    del item["verify_url"]
    assert "扫码核验" not in text_of(render_pdf(INTRODUCTION_LETTER, [item]))


def test_without_a_song_face_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(fonts, "SONG", ("A Face Nobody Has",))
    with pytest.raises(Refused, match="fonts-noto-cjk") as refused:
        render_pdf(INTRODUCTION_LETTER, [{"name": "陈晓宇", "verify_url": URL}])
    assert refused.value.code == "font.missing"


def test_a_folder_of_the_operator_comes_first(settings: Settings, tmp_path: Path) -> None:
    own, given = tmp_path / "fonts", tmp_path / "given"
    own.mkdir()
    given.mkdir()
    settings.VAR, settings.FONTS = tmp_path, str(given)
    assert fonts.folders() == [given, own]
