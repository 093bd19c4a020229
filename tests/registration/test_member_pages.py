"""A member's phone: the letter's code to 已报到 without typing what is known."""

from uuid import uuid4

import pytest
from django.test import Client

from baodao.kernel import crypto
from baodao.people.models import Person
from baodao.registration.models import Registration
from tests.registration import steps
from tests.registration.browsing import browser, client_id, text
from tests.world import World

PAGES = ("/me/today/", "/me/", "/me/facts/", "/me/records/")


def tail_of(person: Person) -> str:
    """The end of the identity number, as its holder knows it."""
    return crypto.ring().unseal(bytes(person.id_sealed), "id-number")[-6:]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_a_letter_and_with_one(world: World, page: str) -> None:
    member = browser(world, "chen")
    assert member.get(page).status_code == 200
    steps.accepted(world)
    assert member.get(page).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "/me/letter/", "/me/move/"])
def test_who_is_no_member_has_none_of_these_pages(world: World, page: str) -> None:
    assert browser(world, "deng").get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_from_the_letters_code_to_presented_in_one_field_and_two_taps(world: World) -> None:
    person = steps.members(world, 1)[0]
    registration = steps.issued(world, person)
    phone = Client()
    address = f"/l/{registration.letter.token}/"
    first = phone.get(address)
    assert "此介绍信有效" in text(first)
    assert "党员甲" not in text(first)
    own = phone.post(
        f"{address}identify/",
        {"client_id": client_id(first), "tail": tail_of(person)},
        follow=True,
    )
    assert "出示介绍信" in text(own)
    done = phone.post(f"/me/present/{registration.pk}/", {"client_id": client_id(own)}, follow=True)
    assert "柳荫社区正在接收" in text(done)
    assert steps.fresh(registration).state == "submitted"


def test_a_wrong_answer_says_how_many_tries_are_left_and_the_sixth_is_too_many(
    world: World,
) -> None:
    person = steps.members(world, 1)[0]
    registration = steps.issued(world, person)
    phone = Client()
    address = f"/l/{registration.letter.token}/identify/"
    assert "今天还可以再试4次" in text(phone.post(address, {"tail": "000000"}))
    for _ in range(4):
        phone.post(address, {"tail": "000000"})
    right = phone.post(address, {"tail": tail_of(person)})
    assert "今天输错次数过多" in text(right)


def test_a_wrong_code_is_a_404(world: World) -> None:
    assert Client().get("/l/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_the_right_worker_gets_the_accept_page_from_the_same_code(world: World) -> None:
    registration = steps.issued(world)
    address = f"/l/{registration.letter.token}/"
    worker = browser(world, "an")
    page = worker.get(address)
    assert "陈晓宇" in text(page)
    body = {"client_id": client_id(page), "ids": [registration.pk], "back": address}
    worker.post("/desk/accept/", body)
    assert steps.fresh(registration).state == "accepted"
    assert "陈晓宇" not in text(browser(world, "bao").get(address))


def test_a_withdrawn_letter_is_not_valid(world: World) -> None:
    registration = steps.issued(world)
    clerk = browser(world, "dai")
    body = {"client_id": uuid4(), "reason": "开错社区"}
    clerk.post(f"/registrations/{registration.pk}/withdraw/", body)
    assert "此介绍信已失效" in text(Client().get(f"/l/{registration.letter.token}/"))


def test_home_says_each_state_in_words(world: World) -> None:
    member = browser(world, "chen")
    assert "您还没有介绍信" in text(member.get("/me/today/"))
    registration = steps.issued(world)
    assert "到柳荫社区的介绍信已开好" in text(member.get("/me/today/"))
    member.post(f"/me/present/{registration.pk}/", {"client_id": uuid4()})
    assert "柳荫社区正在接收" in text(member.get("/me/today/"))
    worker = browser(world, "an")
    worker.post(
        f"/registrations/{registration.pk}/return/", {"client_id": uuid4(), "reason": "地址不符"}
    )
    page = text(member.get("/me/today/"))
    assert "柳荫社区退回了您的介绍信" in page
    assert "地址不符" in page
    member.post(f"/me/present/{registration.pk}/", {"client_id": uuid4()})
    worker.post("/desk/accept/", {"client_id": uuid4(), "ids": [registration.pk]})
    assert "您已在柳荫社区报到" in text(member.get("/me/today/"))


def test_a_member_presents_only_their_own(world: World) -> None:
    other = steps.issued(world, steps.members(world, 1)[0])
    member = browser(world, "chen")
    sent = member.post(f"/me/present/{other.pk}/", {"client_id": uuid4()})
    assert sent.status_code == 404
    assert steps.fresh(other).state == "issued"


def test_moving_house_ends_one_and_opens_the_other(world: World) -> None:
    steps.accepted(world)
    member = browser(world, "chen")
    body = {"client_id": uuid4(), "community": "北门社区（北门街道）", "reason": "搬家"}
    page = text(member.post("/me/move/", body, follow=True))
    assert "北门社区正在接收" in page
    states = set(Registration.objects.values_list("community__name", "state"))
    assert states == {("柳荫社区", "ended"), ("北门社区", "submitted")}


def test_a_wrong_community_is_refused_with_what_was_typed(world: World) -> None:
    steps.accepted(world)
    body = {"client_id": uuid4(), "community": "远方社区", "reason": "搬家"}
    sent = browser(world, "chen").post("/me/move/", body)
    assert sent.status_code == 422
    assert "远方社区" in text(sent)
    assert Registration.objects.count() == 1


def test_own_facts_are_corrected_and_the_home_community_too(world: World) -> None:
    member = browser(world, "chen")
    page = text(member.get("/me/facts/"))
    assert "柳荫社区（柳荫街道）" in page
    body = {"client_id": uuid4(), "specialty": "法律", "home_community": "石桥社区"}
    assert member.post("/me/facts/", body).status_code == 302
    person = Person.objects.get(pk=world.people["chen"].pk)
    assert (person.specialty, person.home_community) == ("法律", world.bridge)


def test_papers_of_ones_own_open_and_those_of_others_do_not(world: World) -> None:
    own = steps.accepted(world)
    other = steps.accepted(world, steps.members(world, 1)[0])
    member = browser(world, "chen")
    for paper in ("introduction-letter", "receipt", "registration-card"):
        assert member.get(f"/registrations/{own.pk}/{paper}.html").status_code == 200
        assert member.get(f"/registrations/{other.pk}/{paper}.html").status_code == 404
    assert member.get(f"/registrations/{own.pk}/roster.html").status_code == 404


def test_no_card_before_acceptance(world: World) -> None:
    own = steps.issued(world)
    member = browser(world, "chen")
    assert member.get(f"/registrations/{own.pk}/registration-card.html").status_code == 404


def test_a_member_sees_who_printed_their_number_in_full(world: World) -> None:
    registration = steps.issued(world)
    clerk = browser(world, "dai")
    body = {"ids": [registration.pk], "format": "docx", "full": "1"}
    assert clerk.post("/letters/print/", body).status_code == 200
    page = text(browser(world, "chen").get("/me/records/"))
    assert "戴文" in page
    assert "打印在文书上" in page


def test_communities_are_offered_by_part_of_their_name_within_ones_city(world: World) -> None:
    typing = {"HX-Request": "true", "HX-Trigger-Name": "home_community"}
    found = browser(world, "chen").get("/me/facts/", {"home_community": "石桥"}, headers=typing)
    assert 'value="石桥社区（柳荫街道）"' in text(found)
    assert 'name="home_community_row" value="柳荫社区' not in text(found)
    assert 'name="home_community_row"' not in text(browser(world, "chen").get("/me/facts/"))
