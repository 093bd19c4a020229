"""A sheet for the notice board: one page, every word on it, the address as text."""

from baodao.documents.boxes import remark_lines
from baodao.documents.posters import Poster, poster
from tests.documents.test_pdf import pages_of, text_of

SHEET = Poster(
    title="柳荫社区",
    headline="需要帮忙，扫码告诉我们",
    lines=("不用注册。", "#let x = {1}"),
    address="https://baodao.example.gov.cn/ask/AbCdEfGhIjKlMnOpQrStUv/",
    foot="社区电话：0990-5550100",
    filename="海报.pdf",
)


def test_everything_stands_on_one_page_as_text() -> None:
    made = poster(SHEET)
    text = text_of(made.content).replace("\u200b", "")
    assert (pages_of(made.content), made.filename) == (1, "海报.pdf")
    for words in (SHEET.title, SHEET.headline, SHEET.address, SHEET.foot, "#letx={1}"):
        assert words in text


def test_a_character_without_a_glyph_is_a_box_and_named() -> None:
    made = poster(Poster("\ue123社区", "扫码", (), "https://x.example/", "", "海报.pdf"))
    assert "□社区" in text_of(made.content)
    assert "\ue123" in remark_lines(made.remarks)[0]
