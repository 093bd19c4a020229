"""A contact that ends: nobody is named any more, and whoever it was is asked to name another."""

from datetime import timedelta

import pytest
from django.test import Client

from baodao.accounts.commands.accounts import set_active
from baodao.accounts.commands.grants import revoke
from baodao.accounts.models import Grant
from baodao.accounts.tasks import end_lapsed
from baodao.identities.commands.merges import confirm_merge, propose_merge, undo_merge
from baodao.kernel import clock, journal
from baodao.kernel.models import JournalEntry
from baodao.orgs.commands.organisations import set_contact
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import lacks_contact
from baodao.orgs.rules.tree import about
from baodao.people.commands.departures import end_membership
from baodao.people.models import Person
from baodao.people.rules.departures import Ending
from tests import factories
from tests.orgs.test_pages import post, signed_in
from tests.people import steps as people_steps
from tests.world import World


@pytest.fixture
def an_named(world: World) -> World:
    """An is the contact of her community."""
    set_contact(
        world.actor("ji"),
        organisation_id=world.willow.pk,
        contact_name="安静",
        contact_phone="0990-5501234",
    )
    return world


def willow(world: World) -> Organisation:
    return Organisation.objects.get(pk=world.willow.pk)


@pytest.mark.parametrize("how", ["revoked", "stopped"])
def test_who_works_there_no_longer_is_named_no_longer(an_named: World, how: str) -> None:
    world = an_named
    grant = Grant.objects.get(account=world.accounts["an"])
    if how == "revoked":
        revoke(world.actor("shen"), grant_id=grant.pk, reason="调离")
    else:
        account = world.accounts["an"]
        set_active(world.actor("shen"), account_id=account.pk, active=False, reason="调离")
    assert (willow(world).contact_name, willow(world).contact_phone) == ("", "")
    assert lacks_contact(willow(world)).answer()
    assert willow(world).periods.get(contact_name="安静")
    verbs = [entry.verb for entry in journal.timeline(about(world.willow.pk))]
    assert "organisation.contact-ended" in verbs


def test_a_role_that_ends_by_its_day_ends_its_contact(an_named: World) -> None:
    world = an_named
    grants = Grant.objects.filter(account=world.accounts["an"])
    grants.update(until_on=clock.today())
    end_lapsed()
    assert willow(world).contact_name == "安静"
    with clock.at(clock.now() + timedelta(days=1)):
        end_lapsed()
        end_lapsed()
        assert JournalEntry.objects.filter(verb="grant.lapsed").count() == 1
        assert (willow(world).contact_name, willow(world).contact_phone) == ("", "")
        assert lacks_contact(willow(world)).answer()
        contact = {"contact_name": "安静", "contact_phone": "0990-5501234"}
        set_contact(world.actor("ji"), organisation_id=world.willow.pk, **contact)
        end_lapsed()
        assert willow(world).contact_name == "安静"


def test_a_role_that_nobody_confirmed_ends_nothing_by_its_day(an_named: World) -> None:
    grants = Grant.objects.filter(account=an_named.accounts["an"])
    grants.update(until_on=clock.today(), confirmed_at=None)
    with clock.at(clock.now() + timedelta(days=1)):
        end_lapsed()
    assert willow(an_named).contact_name == "安静"
    assert not JournalEntry.objects.filter(verb="grant.lapsed").exists()


def test_whoever_signs_in_after_their_role_ended_reads_what_ended_and_whom_to_ask(
    client: Client, world: World
) -> None:
    revoke(
        world.actor("shen"),
        grant_id=Grant.objects.get(account=world.accounts["an"]).pk,
        reason="调离",
    )
    signed_in(client, world, "an")
    page = client.get("/", follow=True).content.decode()
    assert "您在柳荫社区的“社区专干”授权已于" in page
    assert "请联系安全管理员" in page
    assert world.accounts["shen"].name in page
    signed_in(client, world, "bao")
    assert "已结束的授权" not in client.get("/account/").content.decode()


def test_somebody_else_stays_named(an_named: World) -> None:
    world = an_named
    grant = Grant.objects.get(account=world.accounts["ji"])
    revoke(world.actor("shen"), grant_id=grant.pk, reason="调离")
    assert willow(world).contact_name == "安静"


@pytest.mark.parametrize("how", ["revoked", "stopped"])
def test_a_colleague_of_the_same_name_stays_named(an_named: World, how: str) -> None:
    world = an_named
    other = factories.account("安静", factories.Role.COMMUNITY_WORKER, world.willow, username="an2")
    if how == "revoked":
        revoke(world.actor("shen"), grant_id=Grant.objects.get(account=other).pk, reason="调离")
    else:
        set_active(world.actor("shen"), account_id=other.pk, active=False, reason="调离")
    assert willow(world).contact_name == "安静"
    account = world.accounts["an"]
    set_active(world.actor("shen"), account_id=account.pk, active=False, reason="调离")
    assert willow(world).contact_name == ""


def test_the_community_is_asked_to_name_another(client: Client, an_named: World) -> None:
    world = an_named
    grant = Grant.objects.get(account=world.accounts["an"])
    revoke(world.actor("shen"), grant_id=grant.pk, reason="调离")
    signed_in(client, world, "ji")
    assert "社区联系人已不在此工作" in client.get("/today/").content.decode()
    post(
        client, "/settings/contact/", contact_name="季书", contact_phone="0990-5501111", address=""
    )
    assert willow(world).contact_name == "季书"
    assert "社区联系人已不在此工作" not in client.get("/today/").content.decode()


def test_a_unit_is_asked_on_its_first_page(client: Client, world: World) -> None:
    bureau = {"contact_name": "邓敏", "contact_phone": "0990-5502345"}
    set_contact(world.actor("dai"), organisation_id=world.bureau.pk, **bureau)
    grant = Grant.objects.get(account=world.accounts["deng"])
    revoke(world.actor("shen"), grant_id=grant.pk, reason="调离")
    signed_in(client, world, "dai")
    assert "联系人已不在此工作" in client.get("/unit/").content.decode()
    post(
        client, "/settings/contact/", contact_name="戴文", contact_phone="0990-5502345", address=""
    )
    assert Organisation.objects.get(pk=world.bureau.pk).contact_name == "戴文"
    assert "联系人已不在此工作" not in client.get("/unit/").content.decode()


@pytest.mark.parametrize("name", ["chen", "fan", "gu"])
def test_nobody_else_names_it(client: Client, world: World, name: str) -> None:
    signed_in(client, world, name)
    assert client.get("/settings/contact/").status_code == 404


def chen_named(world: World, *places: Organisation) -> Person:
    """Chen is the contact of these places, of which the community's work is theirs too."""
    chen = world.people["chen"]
    roles = {world.bureau.pk: "unit-secretary", world.willow.pk: "community-secretary"}
    for place in places:
        role = roles.get(place.pk)
        if role:
            Grant.objects.create(account=world.accounts["chen"], role=role, organisation=place)
        named = {"contact_name": chen.name, "contact_phone": "0990-5501234"}
        Organisation.objects.filter(pk=place.pk).update(**named)
    return chen


def contacts(*places: Organisation) -> list[str]:
    rows = Organisation.objects.filter(pk__in=[place.pk for place in places]).order_by("pk")
    return list(rows.values_list("contact_name", flat=True))


def test_who_died_is_the_contact_of_nothing_any_more(client: Client, world: World) -> None:
    places = (world.willow, world.bureau, world.first)
    chen = chen_named(world, *places)
    world.accounts["lin"] = factories.account(
        chen.name, factories.Role.UNIT_CLERK, world.commission, username="lin"
    )
    chen_named(world, world.commission)
    end_membership(world.actor("deng"), person_id=chen.pk, ending=Ending.DIED, on=clock.today())
    assert contacts(*places) == ["", "", ""]
    assert contacts(world.commission) == [chen.name]
    assert all(map(lacks_contact, Organisation.objects.filter(pk__in=[one.pk for one in places])))
    signed_in(client, world, "deng")
    assert "/settings/contact/" in client.get("/", follow=True).content.decode()


@pytest.mark.parametrize("how", ["left", "moved"])
def test_who_left_is_the_contact_of_what_they_left_no_more_unless_they_act_there(
    world: World, how: str
) -> None:
    chen = chen_named(world, world.first, world.willow, world.bureau)
    if how == "moved":
        people_steps.transferred(world)
    else:
        end_membership(world.actor("deng"), person_id=chen.pk, ending=Ending.LEFT, on=clock.today())
    assert contacts(world.first) == [""]
    assert contacts(world.willow, world.bureau) == [chen.name] * 2


def test_a_member_of_the_same_name_stays_the_contact(world: World) -> None:
    chen = chen_named(world, world.first)
    factories.member(chen.name, world.first)
    end_membership(world.actor("deng"), person_id=chen.pk, ending=Ending.LEFT, on=clock.today())
    assert contacts(world.first) == [chen.name]


def test_an_entry_that_was_merged_away_is_the_contact_no_more_until_it_is_undone(
    world: World,
) -> None:
    chen = world.people["chen"]
    twice = factories.member(chen.name, world.second)
    account = factories.account(chen.name, factories.Role.COMMUNITY_WORKER, world.willow)
    type(account).objects.filter(pk=account.pk).update(person=twice)
    chen_named(world, world.willow)
    Grant.objects.filter(account=world.accounts["chen"]).delete()
    why = {"reason": "登记了两次", "evidence": "两份身份证复印件核对"}
    merge = propose_merge(world.actor("dai"), person_id=chen.pk, number=twice.number, **why)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert contacts(world.willow) == [""]
    undo_merge(world.actor("dai"), merge_id=merge.pk)
    assert contacts(world.willow) == [chen.name]
