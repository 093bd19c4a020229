"""Complaints: without a name unless somebody wants it, not answered by the accused, forgotten."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Role
from baodao.kernel.errors import Refused
from baodao.kernel.models import ClientRequest, JournalEntry
from baodao.notices.commands.complaints import ComplaintDraft, complain
from baodao.notices.models import Complaint, Notice
from baodao.notices.rules.complaints import LIMIT
from baodao.notices.tasks import forget_contacts
from tests import factories
from tests.concurrency import at_once
from tests.orgs.test_reorganisations import merged
from tests.world import World

PHONE = "13900007777"
MASKED = f"{PHONE[:3]}****{PHONE[-4:]}"
ASKED = {"text": "窗口排队太久", "place": "柳荫社区"}


def as_(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def test_who_is_signed_in_complains_without_a_name(world: World) -> None:
    """No table says who it was."""
    client_id = {"client_id": "01890000-0000-7000-8000-000000000001"}
    as_(world, "chen").post("/complaints/new/", ASKED | client_id)
    complaint, entry = Complaint.objects.get(), JournalEntry.objects.get()
    assert (entry.verb, entry.account_id, entry.actor_name) == ("complaint.received", None, "")
    assert ClientRequest.objects.get().account_id is None
    assert complaint.author == ""
    assert "陈晓宇" not in as_(world, "an").get(f"/complaints/{complaint.pk}/").content.decode()


def test_the_name_is_told_of_who_wants_it(world: World) -> None:
    as_(world, "chen").post("/complaints/new/", ASKED | {"signed": "on"})
    complaint = Complaint.objects.get()
    assert complaint.author == JournalEntry.objects.get().actor_name == "陈晓宇"
    assert "陈晓宇" in as_(world, "an").get(f"/complaints/{complaint.pk}/").content.decode()
    assert "signed" not in Client().get("/complaints/new/").content.decode()


def test_what_accuses_a_community_is_answered_above_it(world: World) -> None:
    world.accounts["jie"] = factories.account(
        "街道督查", Role.SUPERVISOR, world.willow_street, username="jie"
    )
    Client().post("/complaints/new/", ASKED | {"accuses": "on", "contact": PHONE})
    complaint = Complaint.objects.get()
    path = f"/complaints/{complaint.pk}/"
    assert Notice.objects.get().organisation == world.willow_street
    assert "柳荫社区" in as_(world, "jie").get("/notices/").content.decode()
    for accused in ("an", "ji"):
        page = as_(world, accused).get(path).content.decode()
        assert "由上一级组织答复" in page
        assert PHONE not in page
        refused = as_(world, accused).post(path, {"text": "没有的事"})
        assert refused.status_code == 422
    complaint.refresh_from_db()
    assert complaint.answered_at is None
    assert MASKED in as_(world, "jie").get(path).content.decode()
    assert as_(world, "an").get(f"{path}contact/").status_code == 404
    as_(world, "jie").post(path, {"text": "已核实整改"})
    complaint.refresh_from_db()
    assert complaint.answered_by == "街道督查"


def test_whoever_took_over_from_the_accused_does_not_answer_either(world: World) -> None:
    draft = ComplaintDraft("推诿", contact=PHONE, accuses=True)
    complaint = complain(NOBODY, organisation=world.willow, draft=draft)
    path = f"/complaints/{complaint.pk}/"
    merged(world)
    assert "由上一级组织答复" in as_(world, "bao").get(path).content.decode()
    assert as_(world, "bao").post(path, {"text": "没有的事"}).status_code == 422
    assert as_(world, "bao").get(f"{path}contact/").status_code == 404
    street = factories.account("街道督查", Role.SUPERVISOR, world.willow_street, username="jie")
    world.accounts["jie"] = street
    assert as_(world, "jie").post(path, {"text": "已核实整改"}).status_code == 302


def test_what_accuses_the_city_is_answered_by_the_city(world: World) -> None:
    mayor = factories.account("市督查", Role.SUPERVISOR, world.city, username="shi")
    world.accounts["shi"] = mayor
    draft = ComplaintDraft("推诿", accuses=True)
    complaint = complain(NOBODY, organisation=world.city, draft=draft)
    as_(world, "shi").post(f"/complaints/{complaint.pk}/", {"text": "已约谈"})
    complaint.refresh_from_db()
    assert complaint.answer == "已约谈"


def test_its_telephone_is_sealed_and_forgotten(world: World) -> None:
    as_(world, "gu").post("/complaints/new/", ASKED | {"contact": PHONE})
    complaint = Complaint.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM notices_complaint c")
        assert PHONE not in str(cursor.fetchall())
    page = as_(world, "an").get(f"/complaints/{complaint.pk}/").content.decode()
    assert MASKED in page
    assert PHONE not in page
    as_(world, "an").post(f"/complaints/{complaint.pk}/", {"text": "已增开窗口"})
    for days, kept in ((29, PHONE), (31, "")):
        with clock.at(clock.now() + timedelta(days=days)):
            forget_contacts(0)
        complaint.refresh_from_db()
        assert complaint.contact == kept
    assert JournalEntry.objects.filter(verb="complaint.contact-forgotten").count() == 1


def test_a_telephone_is_forgotten_though_nobody_answered(world: World) -> None:
    as_(world, "gu").post("/complaints/new/", ASKED | {"contact": PHONE})
    complaint = Complaint.objects.get()
    for days, kept in ((30, PHONE), (32, "")):
        with clock.at(clock.midnight(complaint.due_on) + timedelta(days=days)):
            forget_contacts(0)
        complaint.refresh_from_db()
        assert complaint.contact == kept


def test_its_telephone_is_read_in_full_for_a_reason_that_is_written_down(world: World) -> None:
    as_(world, "gu").post("/complaints/new/", ASKED | {"contact": PHONE})
    complaint = Complaint.objects.get()
    path = f"/complaints/{complaint.pk}/contact/"
    an = as_(world, "an")
    assert PHONE not in an.get(path).content.decode()
    assert an.post(path, {"reason": "看"}).status_code == 422
    form = {"reason": "电话核实情况", "client_id": str(uuid4())}
    assert PHONE in an.post(path, form).content.decode()
    assert an.post(path, form).status_code == 302
    entry = JournalEntry.objects.get(verb="complaint.unmasked")
    assert (entry.scope_id, entry.facts) == (world.willow.pk, {"reason": "电话核实情况"})
    for stranger in ("bao", "chen", "dai"):
        assert as_(world, stranger).get(path).status_code == 404


def test_forty_at_once_from_one_address_do_not_pass_the_limit(committed_world: World) -> None:
    def one(number: int) -> Complaint:
        draft = ComplaintDraft(f"第{number}次")
        place = committed_world.willow
        return complain(NOBODY, organisation=place, draft=draft, visitor="203.0.113.7")

    answers = at_once(*(partial(one, number) for number in range(40)))
    refused = [one for one in answers if isinstance(one, Refused)]
    assert Complaint.objects.count() == LIMIT
    assert [one.code for one in refused] == ["complaint.too-many"] * (40 - LIMIT)
    complain(
        NOBODY,
        organisation=committed_world.willow,
        draft=ComplaintDraft("x"),
        visitor="203.0.113.8",
    )
    with clock.at(clock.now() + timedelta(hours=2)):
        one(41)


@pytest.mark.parametrize("answer", [302, 422])
def test_the_page_counts_by_connection(world: World, answer: int) -> None:
    client = Client()
    times = LIMIT if answer == 302 else LIMIT + 1
    told = [client.post("/complaints/new/", ASKED).status_code for _ in range(times)]
    assert told[-1] == answer
    assert Complaint.objects.count() == LIMIT
