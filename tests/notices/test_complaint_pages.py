"""Complaints from any page, without an account, and their answers; notices and reminders."""

from datetime import date, timedelta

import pytest
from django.test import Client

from baodao.accounts.models import Account
from baodao.kernel import clock
from baodao.kernel.workdays import workday_after
from baodao.notices.models import Complaint, Notice
from tests.world import World

WORDS = "窗口排队太久"


def as_(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def complain(client: Client, **more: str) -> Complaint:
    client.post("/complaints/new/", {"text": WORDS, **more})
    return Complaint.objects.latest("created_at")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 7, 1), date(2026, 7, 8)),
        (date(2026, 7, 3), date(2026, 7, 10)),
        (date(2026, 7, 4), date(2026, 7, 10)),
        (date(2026, 7, 5), date(2026, 7, 10)),
        (date(2026, 9, 30), date(2026, 10, 13)),  # 1 to 7 October off, Saturday 10 worked
        (date(2041, 9, 30), date(2041, 10, 7)),  # no holidays announced yet
    ],
)
def test_an_answer_is_due_after_five_working_days(received: date, due: date) -> None:
    assert workday_after(received, 5) == due


def test_a_visitor_complains_and_looks_the_answer_up_with_the_code(world: World) -> None:
    visitor = Client()
    page = visitor.post("/complaints/new/", {"text": WORDS, "place": "柳荫社区"}, follow=True)
    made = Complaint.objects.get()
    assert made.code in page.content.decode()
    assert made.organisation == world.willow
    as_(world, "an").post(f"/complaints/{made.pk}/", {"text": "已增开窗口"})
    answered = visitor.get(f"/complaints/answer/?code={made.code.lower()}").content.decode()
    assert "已增开窗口" in answered
    assert "安静" not in answered


def test_a_wrong_code_shows_nothing(world: World) -> None:
    complain(Client())
    for code in ("", "AAAA-BBBB-CCCC", "%", "\0"):
        answer = Client().get("/complaints/answer/", {"code": code}, follow=True)
        assert WORDS not in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "place"), [("an", "willow"), ("deng", "east"), ("chen", "willow"), ("gu", "city")]
)
def test_it_goes_to_who_can_answer_for_that_place(world: World, who: str, place: str) -> None:
    assert complain(as_(world, who)).organisation == world.places[place]


def test_it_is_seen_and_answered_only_where_it_belongs(world: World) -> None:
    made = complain(Client(), place="柳荫社区")
    for name, status in (("an", 200), ("fan", 200), ("bao", 404), ("deng", 404), ("chen", 404)):
        assert as_(world, name).get(f"/complaints/{made.pk}/").status_code == status
    listed = as_(world, "bao").get("/complaints/").content.decode()
    assert WORDS not in listed
    assert WORDS in as_(world, "an").get("/complaints/").content.decode()
    assert as_(world, "deng").get("/complaints/").status_code == 404


def test_it_is_answered_once(world: World) -> None:
    made = complain(Client(), place="柳荫社区")
    as_(world, "an").post(f"/complaints/{made.pk}/", {"text": "第一"})
    as_(world, "fan").post(f"/complaints/{made.pk}/", {"text": "第二"})
    made.refresh_from_db()
    assert (made.answer, made.answered_by) == ("第一", "安静")


def test_a_late_one_is_called_late(world: World) -> None:
    complain(Client(), place="柳荫社区")
    client = as_(world, "an")
    assert "已逾期</td>" not in client.get("/complaints/").content.decode()
    with clock.at(clock.now() + timedelta(days=9)):
        client = as_(world, "an")
        assert "已逾期</td>" in client.get("/complaints/").content.decode()
        assert WORDS in client.get("/complaints/?state=late").content.decode()


@pytest.mark.parametrize("text", ["", "   ", "长" * 2001])
def test_nothing_and_too_much_are_refused(world: World, text: str) -> None:
    answer = Client().post("/complaints/new/", {"text": text})
    assert answer.status_code == 422
    assert not Complaint.objects.exists()


def test_a_double_tap_complains_once(world: World) -> None:
    client = Client()
    client_id = "01890000-0000-7000-8000-000000000001"
    for _ in range(2):
        client.post("/complaints/new/", {"text": WORDS, "client_id": client_id})
    assert Complaint.objects.count() == 1


def test_every_page_has_the_entry(world: World) -> None:
    for client, path in (
        (Client(), "/sign-in/"),
        (Client(), "/help/"),
        (as_(world, "an"), "/account/"),
        (as_(world, "chen"), "/notices/"),
        (as_(world, "sun"), "/switches/"),
    ):
        assert "/complaints/new/" in client.get(path).content.decode()


def test_one_sees_ones_own_notices_and_those_of_the_organisation(world: World) -> None:
    facts = {"number": "〔2026〕1号", "community": "柳荫社区"}
    Notice.objects.create(person=world.people["chen"], kind="letter-issued", facts=facts)
    Notice.objects.create(
        organisation=world.willow, kind="group-presented", facts={"unit": "某某局", "count": 5}
    )
    assert "〔2026〕1号" in as_(world, "chen").get("/notices/").content.decode()
    assert "某某局" in as_(world, "an").get("/notices/").content.decode()
    for name in ("bao", "deng", "gu"):
        page = as_(world, name).get("/notices/").content.decode()
        assert "〔2026〕1号" not in page
        assert "某某局" not in page


def test_reading_takes_a_post_and_marks_ones_own_alone(world: World) -> None:
    for place in (world.willow, world.bridge):
        Notice.objects.create(organisation=place, kind="unit-presented", facts={"unit": "某局"})
    client = as_(world, "an")
    client.get("/notices/")
    assert Notice.objects.filter(read_at=None).count() == 2
    client.post("/notices/read/")
    assert Notice.objects.get(read_at=None).organisation == world.bridge


def test_reminders_end_with_one_tap_and_come_back_with_another(world: World) -> None:
    client = as_(world, "chen")
    for choice, wanted in (("off", False), ("on", True)):
        client.post("/notices/reminders/", {"reminders": choice})
        assert Account.objects.get(username="chen").reminders is wanted
