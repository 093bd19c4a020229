"""A contact that ends: nobody is named any more, and whoever it was is asked to name another."""

import pytest
from django.test import Client

from baodao.accounts.commands.accounts import set_active
from baodao.accounts.commands.grants import revoke
from baodao.accounts.models import Grant
from baodao.kernel import journal
from baodao.orgs.commands.organisations import set_contact
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import lacks_contact
from baodao.orgs.rules.tree import about
from tests.orgs.test_pages import post, signed_in
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
    assert lacks_contact(willow(world))
    assert willow(world).periods.get(contact_name="安静")
    verbs = [entry.verb for entry in journal.timeline(about(world.willow.pk))]
    assert "organisation.contact-ended" in verbs


def test_somebody_else_stays_named(an_named: World) -> None:
    world = an_named
    grant = Grant.objects.get(account=world.accounts["ji"])
    revoke(world.actor("shen"), grant_id=grant.pk, reason="调离")
    assert willow(world).contact_name == "安静"


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


@pytest.mark.parametrize("name", ["chen", "fan", "gu"])
def test_nobody_else_names_it(client: Client, world: World, name: str) -> None:
    signed_in(client, world, name)
    assert client.get("/settings/contact/").status_code == 404
