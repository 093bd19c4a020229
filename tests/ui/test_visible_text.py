"""Free text keeps what people see, and nothing else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baodao.kernel.texts import HIDDEN, visible
from baodao.rosters.models import RosterImport
from baodao.spreadsheets.cells import note_of, text_of
from tests.programs import program
from tests.registration.browsing import browser
from tests.rosters import sheets
from tests.rosters.sheets import person
from tests.world import World


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("陈晓宇，党员。", "陈晓宇，党员。"),
        ("第一行\r\n第二行\r第三行\u2028第四行", "第一行\n第二行\n第三行\n第四行"),
        ("a\tb", "a\tb"),
        ("张\u202e三\u202c", "张三"),
        ("\u200e李\u200f四\u2066王\u2069\u061c", "李四王"),
        ("零\u200b宽\ufeff度\u2060\u00ad", "零宽度"),
        ("铃\x07声\x1b[31m\x7f\x85", "铃声[31m"),
        ("半\ud800个", "半个"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("标\U000e0041签", "标签"),
        ("", ""),
    ],
)
def test_what_nobody_sees_is_taken_out(text: str, kept: str) -> None:
    assert visible(text) == kept
    assert visible(kept) == kept


def test_no_hidden_character_comes_in_by_a_cell() -> None:
    for code in HIDDEN:
        cell = f"张{chr(code)}三"
        assert (text_of(cell), note_of(cell, 9)) == ("张三", "张三"), hex(code)


def test_nor_by_the_name_of_a_file(world: World) -> None:
    content = sheets.roster(person(1))
    file = SimpleUploadedFile("名册\u202excod\u202c\u200b.xlsx", content)
    browser(world, "dai").post("/people/rosters/", {"file": file})
    assert RosterImport.objects.get().file_name == "名册xcod.xlsx"


def test_nor_by_a_query_of_the_api_or_a_page(world: World) -> None:
    token = program(world, "deng", "bureau")
    number = world.people["chen"].number
    plain = token.get("/registrations/", person=number)
    hidden = token.get("/registrations/", person=f"\u200b{number}\u202c")
    assert (hidden.status_code, hidden.content) == (plain.status_code, plain.content)
    page = browser(world, "deng").get("/people/", {"q": "陈\u200b晓宇\u202e"})
    assert page.context["listing"].sought == "陈晓宇"
