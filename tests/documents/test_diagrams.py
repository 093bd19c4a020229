"""Diagrams on papers: drawn of the figures that stand in the rows, in every medium."""

import re
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from baodao.documents.blocks import Diagram
from baodao.documents.form import Form
from baodao.documents.html import render_html
from baodao.documents.pdf import render_pdf
from baodao.documents.sheets import Item, check_names, sheet_of
from baodao.documents.word import render_docx
from baodao.insight.rules.papers import REGISTRATION_TABLE, SERVICE_TABLE
from tests.documents.facts import facts

BRANCHES = [
    {"name": "第一党支部", "registered": 12, "waiting": 3, "exempt": 1, "missing": 4},
    {"name": "第二党支部", "registered": 5, "waiting": 0, "exempt": 0, "missing": 5},
    {"name": "离退休党支部", "registered": 0, "waiting": 0, "exempt": 0, "missing": 0},
]
COLUMNS = [
    {"name": "name", "label": "党支部"},
    {"name": "registered", "label": "已报到党员数"},
    {"name": "waiting", "label": "待社区接收数"},
    {"name": "exempt", "label": "免予报到数"},
    {"name": "missing", "label": "未报到数"},
]
MONTHS = [
    {"name": "1月", "环境整治": "4", "政策宣传": "10.5"},
    {"name": "2月", "环境整治": "0", "政策宣传": "0"},
    {"name": "3月", "环境整治": "2", "政策宣传": "1"},
]
COVERAGE = facts(REGISTRATION_TABLE) | {"rows": BRANCHES, "columns": COLUMNS}
SERVICES = facts(SERVICE_TABLE) | {"months": MONTHS}
TITLES = ["附图：报到情况（人）", "附图：各月服务时长（小时）"]
MEDIA = [(REGISTRATION_TABLE, COVERAGE), (SERVICE_TABLE, SERVICES)]


def drawn(form: Form, item: Item) -> list[Diagram]:
    """The diagrams of a paper that have anything to show."""
    blocks = sheet_of(form, item).blocks
    return [block for block in blocks if isinstance(block, Diagram) and block.bars]


def test_a_bar_is_what_stands_in_its_row() -> None:
    (diagram,) = drawn(REGISTRATION_TABLE, COVERAGE)
    assert diagram.series == ("已报到党员数", "待社区接收数", "免予报到数", "未报到数")
    assert [(bar.label, bar.shares, bar.text) for bar in diagram.bars] == [
        ("第一党支部", (60, 15, 5, 20), "12 + 3 + 1 + 4"),
        ("第二党支部", (50, 0, 0, 50), "5 + 0 + 0 + 5"),
    ]


def test_months_are_as_long_as_their_hours_and_the_most_stand_first() -> None:
    (diagram,) = drawn(SERVICE_TABLE, SERVICES)
    assert diagram.series == ("政策宣传", "环境整治")
    assert [bar.text for bar in diagram.bars] == ["10.5 + 4", "0 + 0", "1 + 2"]
    assert [round(sum(bar.shares)) for bar in diagram.bars] == [100, 0, 21]


@pytest.mark.parametrize("months", [[], MONTHS[:1], MONTHS[1:2] * 2])
def test_where_nothing_is_to_compare_nothing_is_drawn(months: list[Item]) -> None:
    assert drawn(SERVICE_TABLE, facts(SERVICE_TABLE) | {"months": months}) == []


def test_a_blank_form_has_none_and_the_rows_of_one_are_known() -> None:
    assert drawn(REGISTRATION_TABLE, {}) == []
    check_names(SERVICE_TABLE, {"months": MONTHS})


@pytest.mark.parametrize(("form", "item"), MEDIA)
def test_every_medium_shows_names_figures_and_legend(form: Form, item: Item) -> None:
    (diagram,) = drawn(form, item)
    words = [*diagram.series, *(word for bar in diagram.bars for word in (bar.label, bar.text))]
    pdf = render_pdf(form, [item])
    assert pdf.missing == ""
    pages = PdfReader(BytesIO(pdf.content)).pages
    word = Document(BytesIO(render_docx(form, [item]))).element.body
    for text in (
        "".join(page.extract_text() for page in pages),
        "".join(node.text or "" for node in word.iter() if node.tag.endswith("}t")),
        render_html(form, [item]),
    ):
        plain = re.sub(r"\s", "", text)
        assert sum(title in plain for title in TITLES) == 1
        assert [one for one in words if re.sub(r"\s", "", one) not in plain] == []


def test_each_series_has_a_filling_of_its_own_in_word_and_on_pages() -> None:
    word = Document(BytesIO(render_docx(REGISTRATION_TABLE, [COVERAGE]))).element.xml
    fillings = re.findall(r'<w:shd w:val="(\w+)"', word)
    assert fillings[:4] == ["solid", "diagStripe", "pct25", "clear"]
    page = render_html(REGISTRATION_TABLE, [COVERAGE])
    assert re.findall(r"url\(#filling-(\d)\)", page)[:4] == ["1", "2", "3", "4"]
