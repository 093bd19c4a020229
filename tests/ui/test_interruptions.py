"""A form whose sender was signed out meanwhile: they come back to its page and what they typed."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from baodao.kernel import clock
from baodao.kernel.models import JournalEntry
from baodao.needs.commands.needs import screen
from baodao.needs.commands.requests import collect
from baodao.needs.rules.requests import CONSENT, NeedFacts
from baodao.people.models import Person
from baodao.ui.interruptions import KEPT
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.world import World

PASSWORD = "correct horse"
LATER = timedelta(minutes=31)
TYPED = {"interests": "书法", "expectation": "晚上有空"}
AGAIN = "您填写的内容已恢复，尚未保存。请核对后提交。"


def facts() -> str:
    return reverse("people:own_facts")


def too_late(client: Client, address: str, typed: dict[str, str], **headers: str) -> HttpResponse:
    """The answer to a form that was sent after half an hour's pause."""
    client.get("/account/")
    with clock.at(clock.now() + LATER):
        return client.post(address, typed, headers=headers)


def sign_in(client: Client, answer: HttpResponse, login: str) -> HttpResponse:
    """What signing in again on the page to which the answer leads, leads to."""
    there = answer["Location"]
    page = text(client.get(there))
    assert "您离开了一段时间" in page
    found = re.search(r'name="next" value="([^"]*)"', page)
    assert found, "the sign-in page knows where one was"
    typed = {"login": login, "password": PASSWORD, "next": found[1]}
    return client.post(there, typed, follow=True)


def test_what_was_typed_is_there_again_after_signing_in(world: World) -> None:
    chen = browser(world, "chen")
    page = sign_in(chen, too_late(chen, facts(), TYPED), "chen")
    assert page.request["PATH_INFO"] == facts()
    assert (page.status_code, AGAIN in text(page)) == (200, True)
    assert page.context["form"]["interests"].value() == "书法"
    assert Person.objects.get(pk=world.people["chen"].pk).interests != "书法", "GET saves nothing"
    assert AGAIN not in text(chen.get(facts())), "once"


def test_what_is_shown_once_and_for_a_reason_is_not_shown_unsent(world: World) -> None:
    """A page whose form is filled in by the address reads it by itself; nothing was sent yet."""
    facts = NeedFacts(
        "请人帮忙搬旧家具", "convenience", asker="居民", phone="0990-5550100", consent=CONSENT
    )
    need = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    screen(world.actor("an"), need_id=need.pk, category="convenience", urgency="normal")
    an = browser(world, "an")
    number = reverse("needs:number", args=[need.pk])
    page = sign_in(an, too_late(an, number, {"reason": "回电话"}), "an")
    assert page.request["PATH_INFO"] == number
    assert AGAIN in text(page)
    assert not JournalEntry.objects.filter(verb="need.unmasked").exists()


def test_who_was_unticked_does_not_come_back_ticked(world: World) -> None:
    """A list of who came is full when it is opened, and what it shows is what it records."""
    offer = steps.published(world)
    first, second = steps.registered(world, 2)
    steps.claimed(offer, first, second)
    roll = reverse("attendance:roll", args=[offer.pk])
    with clock.at(steps.hour(at=12)):
        an = browser(world, "an")
        typed = {"ids": str(first.person_id), "minutes": "45", "record": "1"}
        page = text(sign_in(an, too_late(an, roll, typed), "an"))
    assert AGAIN in page
    assert 'value="45"' in page
    assert re.findall(r'name="ids" value="([^"]+)" checked', page) == [str(first.person_id)]


def test_the_window_has_its_ticks_and_words_again(world: World) -> None:
    chen = steps.registered(world, 1)[0]
    an = browser(world, "an")
    window = reverse("statements:enter")
    typed = {"ids": str(chen.person_id), "place": "东门岗亭", "minutes": "2小时"}
    page = text(sign_in(an, too_late(an, window, typed), "an"))
    assert AGAIN in page
    assert 'value="东门岗亭"' in page
    assert f'value="{chen.person_id}" checked' in page


def test_nobody_else_who_signs_in_there_sees_it(world: World) -> None:
    chen = browser(world, "chen")
    page = sign_in(chen, too_late(chen, facts(), TYPED), "gu")
    assert "书法" not in text(page)
    assert "书法" not in text(chen.get(facts()))


def test_it_is_sealed_where_it_lies(world: World) -> None:
    chen = browser(world, "chen")
    too_late(chen, facts(), TYPED)
    assert KEPT in chen.session
    assert "书法" not in str(dict(chen.session))


def test_an_act_leads_back_to_the_page_where_it_was_pressed(world: World) -> None:
    deng, letters = browser(world, "deng"), reverse("registration:letters")
    referring = f"http://testserver{letters}?state=issued"
    answer = too_late(deng, reverse("registration:present_group"), {}, referer=referring)
    assert "刚才提交的内容没有保存" in text(deng.get(answer["Location"]))
    assert "next=/letters/%3Fstate%3Dissued" in answer["Location"]


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/letters/", ""])
def test_an_act_leads_nowhere_outside(world: World, elsewhere: str) -> None:
    deng = browser(world, "deng")
    answer = too_late(deng, reverse("registration:present_group"), {}, referer=elsewhere)
    assert "next=/" in answer["Location"]
    assert "elsewhere" not in answer["Location"]


def test_a_page_from_before_signing_in_again_loses_nothing(world: World) -> None:
    """Signed in again in another window, the token of the form does not fit any more."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["chen"])
    ours = {"origin": "http://testserver"}
    answer = client.post(facts(), TYPED, headers=ours)
    assert (answer.status_code, answer["Location"]) == (302, facts())
    page = client.get(facts())
    assert AGAIN in text(page)
    assert page.context["form"]["interests"].value() == "书法"


def test_a_form_of_another_site_fills_in_nothing(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["chen"])
    for headers in ({"origin": "https://elsewhere.example"}, {}):
        assert client.post(facts(), TYPED, headers=headers).status_code == 403
    assert AGAIN not in text(client.get(facts()))
