"""What is sent is text that people see: hidden characters are taken out, a NUL ends at the door."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baodao.rosters.models import RosterImport
from tests.offers import steps
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.registration.test_api import program
from tests.world import World

ADDRESSES = [
    "/l/{}/",
    "/v/{}/",
    "/r/{}/",
    "/asked/{}/",
    "/ask/{}/",
    "/c/{}.ics",
    "/{}",
    "/static/{}",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("token", ["%00", "a%00b"])
def test_nothing_lies_at_an_address_with_it(world: World, address: str, token: str) -> None:
    for visitor in (Client(), browser(world, "an")):
        assert visitor.get(address.format(token)).status_code == 404
        assert visitor.post(address.format(token)).status_code in (404, 405)


def test_the_page_is_ours_and_says_nothing_of_the_reason(world: World) -> None:
    assert "NUL" not in text(browser(world, "an").get("/l/%00/"))
    assert "NUL" not in text(browser(world, "an").get("/registrations/?q=%00"))


@pytest.mark.parametrize("address", ["people:list", "needs:find_asked", "statements:enter"])
def test_a_question_with_it_is_a_bad_one(world: World, address: str) -> None:
    client = browser(world, "deng" if address == "people:list" else "an")
    page = reverse(address)
    assert client.get(page, {"q": "党员"}).status_code == 200
    for asked in ({"q": "\0"}, {"q": "党\0员"}, {"\0": "党员"}, {"q": ["党员", "\0"]}):
        assert client.get(page, asked).status_code == 400


def test_a_form_with_it_is_a_bad_one_and_nothing_of_it_is_done(world: World) -> None:
    offer, an = steps.published(world), browser(world, "an")
    page = reverse("offers:cancel", args=[offer.pk])
    rain = {"reason": "暴雨"}
    for typed in ({"reason": "暴雨\0"}, {**rain, "more": "\0"}, {**rain, "\0": ""}):
        assert an.post(page, typed).status_code == 400
        offer.refresh_from_db()
        assert offer.state == "published"
    assert an.post(page, rain).status_code == 302
    offer.refresh_from_db()
    assert offer.state == "cancelled"


def test_a_file_is_taken_under_its_name_without_it(world: World) -> None:
    deng, page = browser(world, "deng"), reverse("rosters:all")
    named = SimpleUploadedFile("名册\0.xlsx", b"PK")
    assert deng.post(page, {"file": named}).status_code == 302
    assert RosterImport.objects.get().file_name == "名册.xlsx"


def test_a_program_is_refused_it_in_the_shape_of_the_api(world: World) -> None:
    held = road.submitted(world)
    an = program(world, "an", "willow")
    path = f"/registrations/{held.pk}/return/"
    for asked in ("?state=%00", "?cursor=%00", "?community=%00", "?person=%00", "%00/", "a%00/"):
        answer = an.get(f"/registrations/{asked}")
        assert answer.status_code in (200, 404, 422), asked
        assert answer["Content-Type"].startswith("application/json")
    assert an.post(path, {"reason": "地址\0不符"}).status_code == 422
    assert an.post(path, {"reason": "地址不符"}).status_code == 200


def test_hidden_characters_are_taken_out_of_forms_and_questions(world: World) -> None:
    offer, an = steps.published(world), browser(world, "an")
    an.post(reverse("offers:cancel", args=[offer.pk]), {"reason": "暴\u202e雨\u200b\x07"})
    offer.refresh_from_db()
    assert offer.ended_reason == "暴雨"
    assert "陈晓宇" in text(
        browser(world, "deng").get(reverse("people:list"), {"q": "陈\u200b晓宇"})
    )


def test_hidden_characters_are_taken_out_of_what_a_program_sends(world: World) -> None:
    registration = road.submitted(world)
    path = f"/registrations/{registration.pk}/return/"
    answer = program(world, "an", "willow").post(path, {"reason": "地\u202e址\u200b不符"})
    assert answer.status_code == 200
    registration.refresh_from_db()
    assert registration.returned_reason == "地址不符"
