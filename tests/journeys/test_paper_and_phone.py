"""Pages on paper as their PDF is, and lists on a phone that can be read and worked with."""

import io
import re
from collections.abc import Callable

import pypdf
import pytest

from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
ADDRESSES = "links => links.map(link => link.getAttribute('href'))"
BLANKS = {
    "introduction-letter",
    "receipt",
    "registration-card",
    "report-slip",
    "feedback-card",
    "roster",
    "registration-table",
    "claim-list",
}


def pages_of(content: bytes) -> list[tuple[int, int]]:
    """The sizes of the pages of a PDF, in twenties of points."""
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return [(round(box.width / 20), round(box.height / 20)) for box in boxes]


def printed(walker: Walker) -> bytes:
    """The page as the browser prints it."""
    return walker.page.pdf(prefer_css_page_size=True)


def test_a_paper_printed_from_its_page_has_the_pages_of_its_pdf(walk: Walk) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    for paper in sorted(BLANKS):
        clerk.open(f"/papers/blank/{paper}.html")
        file = clerk.page.request.get(f"{clerk.address}/papers/blank/{paper}.pdf").body()
        assert pages_of(printed(clerk)) == pages_of(file), paper


def test_a_filled_paper_printed_from_its_page_has_the_pages_of_its_pdf(walk: Walk) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    clerk.open("/people/?q=邵怀瑾")
    clerk.tap(clerk.page.get_by_role("link", name="邵怀瑾").first)
    files = clerk.page.locator("main a[href^='/registrations/'][href$='.pdf']")
    papers = [clerk.address + href for href in files.evaluate_all(ADDRESSES)]
    assert len(papers) == 4
    for paper in papers:
        file = clerk.page.request.get(paper).body()
        clerk.open(paper.replace(".pdf", ".html"))
        assert pages_of(printed(clerk)) == pages_of(file), paper
    clerk.open("/unit/claims.html")
    pages = pypdf.PdfReader(io.BytesIO(printed(clerk))).pages
    last = pages[-1].extract_text().replace(" ", "")
    assert {f"第{len(pages)}", f"共{len(pages)}"} <= set(re.findall("[第共][0-9]+", last))


def test_a_list_is_printed_across_the_sheet_and_nothing_that_is_pressed(walk: Walk) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    clerk.open("/letters/")
    paper = pypdf.PdfReader(io.BytesIO(printed(clerk)))
    words = "".join(page.extract_text() for page in paper.pages)
    assert {(width > height) for width, height in pages_of(printed(clerk))} == {True}
    assert len(paper.pages) <= 3
    assert "介绍信" in paper.pages[0].extract_text()
    assert "50 条，共" in paper.pages[0].extract_text()
    assert "〔2026〕001号" in words or "陈晓宇" in paper.pages[0].extract_text()
    for button in ("打印 PDF", "导出 Excel", "统一报到", "查找"):
        assert button not in words


def test_on_a_phone_filters_are_folded_rows_short_and_acts_within_reach(walk: Walk) -> None:
    clerk = walk("phone")
    clerk.enter("dengmin")
    clerk.open("/people/")
    assert not clerk.page.get_by_label("人员状态").is_visible()
    rows = clerk.page.locator("main tbody tr")
    heights = [rows.nth(at).bounding_box()["height"] for at in range(20)]  # type: ignore[index]
    assert sorted(heights)[10] <= 112, "a name and one or two lines below it"
    clerk.tap(clerk.page.get_by_text("筛选", exact=True))
    clerk.choose("人员状态", "退休")
    clerk.tap("查找")
    assert clerk.sees("筛选（1）")
    clerk.open("/letters/")
    clerk.page.locator("main tbody tr").nth(40).scroll_into_view_if_needed()
    assert clerk.page.get_by_role("button", name="统一报到").is_visible()
    bar = clerk.page.locator("#chosen").bounding_box()
    assert bar is not None
    assert 0 <= bar["y"] < 100


def test_without_scripts_the_filters_are_open(walk: Walk) -> None:
    clerk = walk("phone", script=False)
    clerk.enter("dengmin")
    clerk.open("/people/")
    assert clerk.page.get_by_label("人员状态").is_visible()
