"""The pages of one member's life: each act in the browser's own way."""

import pytest
from django.test import Client

from baodao.kernel import clock
from baodao.people.commands.departures import end_membership
from baodao.people.models import Membership, Person, UnitTransfer
from baodao.people.rules.departures import Ending
from tests import factories
from tests.people import steps
from tests.world import World


def as_(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def form(world: World, **changes: object) -> dict[str, object]:
    values = steps.facts(world.first, id_number=factories.id_number(), from_on=clock.today())
    written = {"branch": world.first.pk, "joined_on": "2001-07-01", "home_community": ""}
    return {**values, **written, **changes}


def test_a_clerk_adds_a_member_and_comes_to_their_page(world: World) -> None:
    client = as_(world, "dai")
    assert "/people/add/" in client.get("/people/").content.decode()
    assert client.get("/people/add/").status_code == 200
    answer = client.post("/people/add/", form(world))
    person = Person.objects.get(name="罗新")
    assert answer.headers["Location"] == f"/persons/{person.pk}/"


def test_a_branch_that_is_missed_is_added_with_its_member(world: World) -> None:
    client = as_(world, "dai")
    client.post("/people/add/", form(world, new_branch="第九党支部", home_community="石桥社区"))
    person = Person.objects.get(name="罗新")
    branch = Membership.objects.get(person=person).branch
    assert (branch.name, branch.parent, branch.kind) == ("第九党支部", world.bureau, "branch")
    assert person.home_community == world.bridge
    again = client.post("/people/add/", form(world, name="罗二", new_branch="第九党支部"))
    assert again.status_code == 422
    assert not Person.objects.filter(name="罗二").exists()


def test_where_somebody_lives_stays_when_they_come_back_and_nothing_is_told(world: World) -> None:
    number = factories.id_number()
    person = steps.added(world, number, home_community=world.bridge)
    end_membership(world.actor("dai"), person_id=person.pk, ending=Ending.LEFT, on=clock.today())
    steps.added(world, number)
    person.refresh_from_db()
    assert person.home_community == world.bridge


def test_what_cannot_be_stands_beside_the_form(world: World) -> None:
    answer = as_(world, "dai").post("/people/add/", form(world, id_number="123"))
    assert answer.status_code == 422
    assert "身份证号" in answer.content.decode()


def test_a_member_retires_and_leaves_on_a_page(world: World) -> None:
    chen = world.people["chen"]
    client = as_(world, "dai")
    path = f"/people/{chen.pk}/departure/"
    assert path in client.get(f"/persons/{chen.pk}/").content.decode()
    assert client.get(path).status_code == 200
    day = clock.today().isoformat()
    client.post(path, {"happening": "retired", "on": day})
    assert Membership.objects.get(person=chen, closed_at=None).standing == "retired"
    client.post(path, {"happening": "died", "on": day})
    assert Membership.objects.filter(person=chen, ending="died").exists()
    assert client.get(path).status_code == 404


def test_a_transfer_from_page_to_page(world: World) -> None:
    steps.clerk_elsewhere(world)
    chen = world.people["chen"]
    path = f"/people/{chen.pk}/transfer/"
    giver, receiver = as_(world, "dai"), as_(world, "lin")
    assert giver.get(path).status_code == 200
    sought = giver.get(
        path, {"unit": "发展委"}, headers={"HX-Trigger-Name": "unit", "HX-Request": "true"}
    )
    assert "市发展委" in sought.content.decode()
    day = clock.today().isoformat()
    answer = giver.post(path, {"unit": "没有这个单位", "on": day})
    assert answer.status_code == 422
    answer = giver.post(path, {"unit": "市发展委机关党委", "on": day})
    assert answer.headers["Location"] == "/people/transfers/"
    transfer = UnitTransfer.objects.get(person=chen)
    assert "陈晓宇" in giver.get("/people/transfers/").content.decode()
    page = receiver.get("/people/transfers/").content.decode()
    accept = f"/people/transfers/{transfer.pk}/accept/"
    assert accept in page
    assert receiver.get(accept).status_code == 200
    receiver.post(accept, {"branch": world.office.pk})
    assert steps.branch_of(chen) == world.office
    assert "陈晓宇" in receiver.get("/people/").content.decode()
    assert "陈晓宇" not in giver.get("/people/").content.decode()


def test_a_proposal_is_taken_back_or_not_taken_in(world: World) -> None:
    transfer = steps.proposed(world)
    as_(world, "dai").post(f"/people/transfers/{transfer.pk}/withdraw/")
    transfer.refresh_from_db()
    assert transfer.state == "withdrawn"
    other = steps.proposed(world)
    as_(world, "lin").post(f"/people/transfers/{other.pk}/decline/", {"reason": "人未到岗"})
    assert "人未到岗" in as_(world, "dai").get("/people/transfers/").content.decode()


@pytest.mark.parametrize("name", ["an", "qin", "fan", "chen", "gu", "sun"])
def test_others_have_none_of_these_pages(world: World, name: str) -> None:
    client, chen = as_(world, name), world.people["chen"]
    for path in (
        "/people/add/",
        "/people/transfers/",
        f"/people/{chen.pk}/departure/",
        f"/people/{chen.pk}/transfer/",
    ):
        assert client.get(path).status_code == 404, path
