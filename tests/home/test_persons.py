"""The page of a person: who sees what of them, and a number in full."""

import re
from uuid import uuid4

from baodao.kernel import crypto
from baodao.kernel.models import JournalEntry
from tests.registration import steps
from tests.registration.browsing import browser, text
from tests.world import World


def test_a_person_of_another_unit_is_a_404(world: World) -> None:
    clerk = browser(world, "dai")
    assert clerk.get(f"/persons/{world.people['hao'].pk}/").status_code == 404
    page = text(clerk.get(f"/persons/{world.people['chen'].pk}/"))
    assert "陈晓宇" in page
    assert "199****1234" in page


def test_of_a_fixed_line_the_person_s_page_shows_two_digits_alone(world: World) -> None:
    world.people["chen"].phone_sealed = crypto.ring().seal("8765432", "phone")
    world.people["chen"].save()
    page = text(browser(world, "dai").get(f"/persons/{world.people['chen'].pk}/"))
    assert "*****32" in page
    words = re.sub(r"<[^>]*>", " ", page)
    assert not any(part in words for part in ("876", "5432")), "an address may hold any digits"


def test_a_supervisor_reads_the_story_but_no_number_address_or_act(world: World) -> None:
    registration = steps.accepted(world)
    page = text(browser(world, "fan").get(f"/persons/{registration.person_id}/"))
    assert "陈晓宇" in page
    assert "柳荫社区已接收" in page
    for hidden in ("199****1234", "身份证号", "家庭住址", "结束报到", "PDF"):
        assert hidden not in page
    paper = f"/registrations/{registration.pk}/registration-card.html"
    assert browser(world, "fan").get(paper).status_code == 404


def test_a_community_sees_the_card_facts_and_not_the_identity_number(world: World) -> None:
    registration = steps.accepted(world)
    page = text(browser(world, "an").get(f"/persons/{registration.person_id}/"))
    assert "199****1234" in page
    assert "身份证号" not in page
    assert "结束报到" in page


def test_the_page_asks_first_and_shows_once(world: World) -> None:
    client, chen = browser(world, "deng"), world.people["chen"]
    number = crypto.ring().unseal(bytes(chen.id_sealed or b""), "id-number")
    path = f"/people/{chen.pk}/unmask/"
    assert number not in client.get(path).content.decode()
    assert client.post(path, {"field": "id-number", "reason": ""}).status_code == 422
    assert client.post(path, {"field": "name", "reason": "核对档案"}).status_code == 422
    shown = client.post(path, {"field": "id-number", "reason": "核对档案"})
    assert number in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    for name in ("an", "bao", "fan", "chen", "gu"):
        assert browser(world, name).get(path).status_code == 404


def test_a_double_tap_shows_a_number_once_and_is_written_down_once(world: World) -> None:
    client, chen = browser(world, "deng"), world.people["chen"]
    path = f"/people/{chen.pk}/unmask/"
    typed = {"field": "phone", "reason": "核对档案", "client_id": str(uuid4())}
    assert "19900001234" in client.post(path, typed).content.decode()
    again = client.post(path, typed, follow=True)
    assert again.redirect_chain == [(f"/persons/{chen.pk}/", 302)]
    assert "19900001234" not in again.content.decode()
    assert JournalEntry.objects.filter(verb="person.unmasked", about=chen.pk).count() == 1
