"""Division tables in a tenant's own words: taught on a page, or said of the columns of a file."""

import html
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baodao.divisions.models import TableUpload
from baodao.orgs.models import Organisation
from baodao.vocabulary.commands import remove_word, teach
from baodao.vocabulary.models import TableWord
from baodao.vocabulary.rules.words import WordRole
from tests.divisions.test_pages import tap
from tests.orgs.test_pages import post, signed_in
from tests.world import World

ODD = "机构号,机构,主管机构号\n990102001003,槐安社区,990102001000\n"
HALF = "代码,地方,主管\n990102001003,槐安社区,990102002000\n"


@pytest.fixture
def sun(client: Client, world: World) -> Client:
    return signed_in(client, world, "sun")


def sent(sun: Client, text: str) -> str:
    """The page to which an uploaded table leads."""
    return post(sun, "/divisions/", city="", file=SimpleUploadedFile("t.csv", text.encode()))


def taught(world: World, place: Organisation, word: str, meaning: str) -> TableWord:
    return teach(
        world.actor("sun"),
        organisation_id=place.pk,
        table="division",
        role=WordRole.HEADER,
        word=word,
        meaning=meaning,
    )


def columns_of(page: str) -> dict[str, str]:
    """The field of each column on the page, by its header."""
    return {html.unescape(t): n for n, t in re.findall(r'<label for="(column-\d+)">([^<]*)<', page)}


def address_of(page: str) -> str:
    """Where the form of the columns is sent."""
    found = re.search(r'action="(/divisions/columns/[^"]*)"', page)
    assert found
    return html.unescape(found[1])


def test_words_taught_on_the_page_are_read_there_and_below(sun: Client, world: World) -> None:
    assert "表格用语" in sent(sun, ODD)
    assert not TableUpload.objects.exists()
    for word, meaning in (("机构号", "code"), ("机构", "name"), ("主管机构号", "parent")):
        said = {"word": word, "meaning": f"division|header|{meaning}"}
        assert "已保存。" in post(sun, "/settings/words/", **said)
    page = sent(sun, ODD)
    assert ">槐安社区</td>" in page
    post(sun, "/divisions/apply/", upload=str(TableUpload.objects.get().pk))
    place = Organisation.objects.get(code="990102001003")
    assert (place.name, place.parent) == ("槐安社区", world.willow_street)


def test_a_word_taken_away_is_read_no_longer_and_another_city_never_read_it(
    sun: Client, world: World
) -> None:
    rows = [taught(world, world.city, *pair) for pair in (("机构号", "code"), ("机构", "name"))]
    assert ">槐安社区</td>" in sent(sun, ODD)
    remove_word(world.actor("sun"), word_id=rows[0].pk)
    assert "每一列是什么内容" in sent(sun, ODD)
    TableWord.objects.update(organisation=world.bureau)
    assert "没有找到列名" in sent(sun, ODD)


def test_what_was_said_of_a_file_wins_over_what_was_taught(sun: Client, world: World) -> None:
    taught(world, world.city, "曾用", "name")
    text = "代码,曾用,名称\n990102001003,槐树社区,槐安社区\n"
    page = sent(sun, text)
    assert ">槐树社区</td>" in page
    page = sun.get("/divisions/compare/" + tap(page, "用作“名称”")).content.decode()
    assert ">槐安社区</td>" in page


def test_a_table_without_a_needed_column_asks_which_one_holds_it(sun: Client, world: World) -> None:
    page = sent(sun, HALF)
    assert "没有找到列名" in page
    fields = columns_of(page)
    assert fields.keys() == {"代码", "地方", "主管"}
    said = {fields["地方"]: "name", fields["主管"]: "parent"}
    page = post(sun, address_of(page), **said)
    assert ">槐安社区</td>" in page
    assert not TableWord.objects.exists()
    hidden = dict(re.findall(r'type="hidden" name="(use-[^"]*|upload)" value="([^"]*)"', page))
    post(sun, "/divisions/apply/", **hidden)
    place = Organisation.objects.get(code="990102001003")
    assert (place.name, place.parent) == ("槐安社区", world.north_street)


def test_what_is_to_be_remembered_is_taught_for_whom_one_acts(sun: Client, world: World) -> None:
    page = sent(sun, HALF)
    fields = columns_of(page)
    assert f"{world.city.name}记住" in page
    page = post(sun, address_of(page), remember="1", **{fields["地方"]: "name"})
    assert ">槐安社区</td>" in page
    word = TableWord.objects.get()
    assert (word.organisation, word.table, word.word, word.meaning) == (
        *(world.city, "division"),
        *("地方", "name"),
    )
    assert ">槐安社区</td>" in sent(sun, HALF)


def test_a_column_not_used_says_what_it_holds_and_a_used_one_is_given_up(
    sun: Client, world: World
) -> None:
    text = "代码,名称,上级代码,主管\n990102001003,槐安社区,990102002000,990102001000\n"
    page = sent(sun, text)
    assert f">{world.north_street.name}</td>" in page
    page = sun.get(tap(page, "指明各列内容")).content.decode()
    fields = columns_of(page)
    page = post(sun, address_of(page), **{fields["上级代码"]: ""})
    assert f">{world.willow_street.name}</td>" in page
    page = sun.get(tap(page, "指明各列内容")).content.decode()
    said = {fields["上级代码"]: "parent"}
    assert f">{world.north_street.name}</td>" in post(sun, address_of(page), **said)
    said = {fields["上级代码"]: "", "remember": "1"}
    page = post(sun, address_of(page), **said)
    assert f">{world.willow_street.name}</td>" in page
    assert f">{world.willow_street.name}</td>" in sent(sun, text)


def test_a_column_used_by_one_tap_is_remembered_by_another(sun: Client, world: World) -> None:
    text = "代码,名称,名称（原）\n990102001003,槐安社区,槐树社区\n"
    page = sun.get("/divisions/compare/" + tap(sent(sun, text), "用作“名称”")).content.decode()
    assert not TableWord.objects.exists()
    found = re.search(r'formaction="([^"]*)"', page)
    assert found
    page = post(sun, html.unescape(found[1]), remember="1")
    assert ">槐树社区</td>" in page
    assert 'formaction="' not in page
    assert list(TableWord.objects.values_list("word", "meaning")) == [("名称(原)", "name")]
    assert ">槐树社区</td>" in sent(sun, text)


def test_the_columns_of_a_file_are_its_uploaders_own(
    sun: Client, client: Client, world: World
) -> None:
    sent(sun, HALF)
    address = f"/divisions/columns/?upload={TableUpload.objects.get().pk}"
    body = {"client_id": str(uuid.uuid4()), "column-1": "nothing"}
    assert sun.get(address).status_code == 200
    assert sun.post(address, body).status_code == 404
    assert sun.get("/divisions/columns/").status_code == 404
    TableUpload.objects.update(account_id=None)
    assert sun.get(address).status_code == 404
    signed_in(client, world, "an")
    assert client.get(address).status_code == 404
