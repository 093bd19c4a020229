"""Figures with footnotes: in Word and PDF below the page, on a screen they open their rows."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

from docx import Document
from docx.enum.text import WD_LINE_SPACING
from lxml import etree
from pypdf import PdfReader

from baodao.documents.html import render_html
from baodao.documents.layouts import fill_layout
from baodao.documents.pdf import render_pdf
from baodao.documents.word import render_docx
from baodao.reports.rules.papers import PAPERS
from tests.documents.facts import facts
from tests.documents.test_pdf import text_of

SUMMARY = PAPERS[0]
ROWS = "https://baodao.test/tables/registration/U1001/missing/"
NOTE = "未报到数（截至2026年6月30日）：<b>尚未</b>报到的在职党员"
LINES = [
    ["三、存在问题"],
    ["尚有", {"text": "4", "note": NOTE, "place": "missing", "url": ROWS}, "名在职党员未报到，占"],
    [{"text": "5.7%", "note": "比例", "place": "rate"}],
]
ITEM = {**facts(SUMMARY), "report_text": LINES}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return etree.fromstring(parts.read(f"word/{name}.xml"))


def notes_of(content: bytes) -> dict[str, str]:
    """The footnotes of a Word document by their id, without the lines above them."""
    rows = part(content, "footnotes").findall(f"{W}footnote")
    return {
        row.get(f"{W}id"): "".join(row.itertext()).strip()
        for row in rows
        if row.get(f"{W}type") is None
    }


def referred(content: bytes) -> Iterator[tuple[str, str]]:
    """The id of each note in the text with the words of the run before it."""
    runs = list(part(content, "document").iter(f"{W}r"))
    for before, run in pairwise(runs):
        mark = run.find(f"{W}footnoteReference")
        if mark is not None:
            yield mark.get(f"{W}id"), "".join(before.itertext())


def test_each_figure_is_a_footnote_in_word() -> None:
    content = render_docx(SUMMARY, [ITEM, ITEM])
    assert list(referred(content)) == [("1", "4"), ("2", "5.7%"), ("3", "4"), ("4", "5.7%")]
    assert notes_of(content) == {"1": NOTE, "2": "比例", "3": NOTE, "4": "比例"}
    assert "附：" not in "".join(part(content, "document").itertext()), "no annex beside them"
    assert Document(BytesIO(content)).paragraphs, "Word reads it"


def test_a_paper_without_notes_has_no_part_for_them() -> None:
    with zipfile.ZipFile(BytesIO(render_docx(SUMMARY, [facts(SUMMARY)]))) as parts:
        assert "word/footnotes.xml" not in parts.namelist()


def test_in_pdf_a_figure_opens_its_rows_and_has_its_note() -> None:
    pdf = render_pdf(SUMMARY, [ITEM]).content
    text = text_of(pdf)
    assert "未报到数（截至2026年6月30日）：<b>尚未</b>报到的在职党员" in text
    annotations = [
        one.get_object() for page in PdfReader(BytesIO(pdf)).pages for one in page["/Annots"]
    ]
    assert ROWS in {one["/A"].get("/URI") for one in annotations if "/A" in one}


def test_on_a_page_a_figure_is_a_link_and_says_what_it_counts() -> None:
    page = render_html(SUMMARY, [ITEM])
    assert re.search(rf'<a href="{ROWS}" title="[^"]+&lt;b&gt;尚未[^"]+">4</a>', page)
    assert '<span title="比例">5.7%</span>' in page


def test_a_layout_of_ones_own_says_the_words() -> None:
    document = Document()
    document.add_paragraph("{{ 正文 }}")
    out = BytesIO()
    document.save(out)
    filled = Document(BytesIO(fill_layout(out.getvalue(), SUMMARY, [ITEM])))
    assert "尚有4名在职党员未报到" in filled.paragraphs[0].text


def test_a_report_has_28_characters_a_line_and_22_lines_a_page() -> None:
    """GB/T 9704: the line is filled and the page too."""
    pdf = render_pdf(SUMMARY, [{**facts(SUMMARY), "report_text": "党" * 3_000}]).content
    page = PdfReader(BytesIO(pdf)).pages[1].extract_text()
    lines = [line for line in page.splitlines() if "党" in line]
    assert {len(line) for line in lines} == {28}
    assert len(lines) == 22


def test_in_word_a_report_names_the_faces_of_official_documents_and_what_stands_in() -> None:
    content = render_docx(SUMMARY, [{**facts(SUMMARY), "report_text": ["党" * 3_000]}])
    table = part(content, "fontTable").findall(f"{W}font")
    named = {one.get(f"{W}name"): one.find(f"{W}altName").get(f"{W}val") for one in table}
    official = {"方正小标宋简体": "方正小标宋_GBK", "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体"}
    assert named == official
    document = Document(BytesIO(content))
    normal = document.styles["Normal"].element.find(f".//{W}rFonts").get(f"{W}eastAsia")
    title = document.paragraphs[0].runs[0]
    assert (normal, title.bold) == ("仿宋_GB2312", None)
    assert title._r.find(f".//{W}rFonts").get(f"{W}eastAsia") == "方正小标宋简体"


def test_in_word_too_a_report_has_28_characters_a_line_and_22_lines_a_page() -> None:
    document = Document(
        BytesIO(render_docx(SUMMARY, [{**facts(SUMMARY), "report_text": ["党" * 3_000]}]))
    )
    [prose] = [one for one in document.paragraphs if "党党党" in one.text]
    spacing = prose.runs[0]._r.find(f".//{W}spacing").get(f"{W}val")
    character = prose.runs[0].font.size.pt + int(spacing) / 20
    section = document.sections[0]
    width = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    height = section.page_height.pt - section.top_margin.pt - section.bottom_margin.pt
    rule = prose.paragraph_format
    assert rule.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert (width // character, height // rule.line_spacing.pt) == (28, 22)


def test_headings_and_page_numbers_are_those_of_official_documents() -> None:
    """GB/T 9704-2012: 一、 in Hei, （一） in Kai; — 1 — to the right, — 2 — to the left."""
    lines = [["一、基本情况"], ["（一）报到"], ["一、二、三都是党员说的话。"], ["党" * 3_000]]
    item = {**facts(SUMMARY), "report_text": lines}
    document = Document(BytesIO(render_docx(SUMMARY, [item])))
    faces = {
        one.text: one.runs[0]._r.find(f".//{W}rFonts") for one in document.paragraphs if one.runs
    }
    told = {text: face.get(f"{W}eastAsia") for text, face in faces.items() if face is not None}
    assert (told["一、基本情况"], told["（一）报到"]) == ("黑体", "楷体_GB2312")
    assert "一、二、三都是党员说的话。" not in told
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        [number] = footer.paragraphs
        assert "".join(one.text for one in number._p.iter(f"{W}t")) == "— 1 —"
        assert number._p.find(f".//{W}jc").get(f"{W}val") == side
    pages = PdfReader(BytesIO(render_pdf(SUMMARY, [item]).content)).pages
    for number, page in enumerate(pages, start=1):
        assert f"— {number} —" in page.extract_text()
        assert "页，共" not in page.extract_text()
    assert '<p class="paper-left paper-indent paper-level-1">' in render_html(SUMMARY, [item])
