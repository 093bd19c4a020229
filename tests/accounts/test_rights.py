"""Power over accounts: over everything they hold now, through nothing that is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from baodao.accounts.commands.accounts import (
    create_account,
    create_member_accounts,
    reset_password,
    set_active,
)
from baodao.accounts.commands.grants import confirm_grant, grant, revoke
from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import accounts, actor_of, operator
from baodao.agenda.commands.calendars import renew_feed
from baodao.kernel import clock
from baodao.kernel.actors import check_second
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.ids import new_id
from baodao.kernel.models import JournalEntry
from baodao.notices.queries.notices import own_notices, sentence_of
from baodao.notices.tasks import tell_reset
from baodao.statements.commands.sheets import renew_code
from tests import factories
from tests.world import World


@pytest.fixture
def rong(world: World) -> Account:
    """The security administrator of one district."""
    world.accounts["rong"] = factories.account(
        "荣安全", Role.SECURITY_ADMINISTRATOR, world.east, username="rong"
    )
    return world.accounts["rong"]


def give(world: World, to: Account, role: Role, place: str, by: str = "shen") -> Grant:
    return grant(
        world.actor(by),
        account_id=to.pk,
        role=role,
        organisation_id=world.places[place].pk,
        basis="任职文件",
        until_on=None,
    )


def refuse_all(world: World, by: str, account: Account) -> None:
    """None of the four acts on an account is open to this actor."""
    actor = world.actor(by)
    before = account.password
    with pytest.raises(Absent):
        reset_password(actor, account_id=account.pk)
    for active in (False, True):
        with pytest.raises(Absent):
            set_active(actor, account_id=account.pk, active=active, reason="x")
    with pytest.raises(Absent):
        give(world, account, Role.COMMUNITY_WORKER, "willow", by)
    account.refresh_from_db()
    assert account.password == before
    assert account.is_active


def test_a_district_s_administrator_does_not_take_over_a_city_s(
    world: World, rong: Account
) -> None:
    """Each case is an account of which the district sees something."""
    wide = factories.account("余督查", Role.SUPERVISOR, world.city, username="yu")
    Grant.objects.create(account=wide, role=Role.SUPERVISOR, organisation=world.east)
    before = factories.account("常某", Role.SUPERVISOR, world.east, username="chang")
    Grant.objects.update_or_create(account=before, defaults={"revoked_at": clock.now()})
    Grant.objects.create(account=before, role=Role.SUPERVISOR, organisation=world.city)
    member = factories.account("陈二", Role.SUPERVISOR, world.west, username="er")
    member.person = factories.member("陈二", world.first)
    member.save()
    for account in (wide, before, member, world.accounts["shen"], world.accounts["sun"]):
        refuse_all(world, "rong", account)
    reset_password(world.actor("rong"), account_id=world.accounts["fan"].pk)
    reset_password(world.actor("shen"), account_id=wide.pk)


def test_a_stopped_account_is_started_by_who_reaches_what_it_held(
    world: World, rong: Account
) -> None:
    wide = factories.account("余督查", Role.SUPERVISOR, world.city, username="yu")
    Grant.objects.create(account=wide, role=Role.SUPERVISOR, organisation=world.east)
    set_active(world.actor("shen"), account_id=wide.pk, active=False, reason="休假")
    with pytest.raises(Absent):
        set_active(world.actor("rong"), account_id=wide.pk, active=True, reason="x")
    assert set_active(world.actor("shen"), account_id=wide.pk, active=True, reason="x").is_active


@pytest.mark.parametrize("over", ["revoked", "ended"])
def test_what_is_over_is_no_reason_to_see_an_account(
    world: World, rong: Account, over: str
) -> None:
    left = factories.account("走某", Role.COMMUNITY_WORKER, world.willow, username="zou")
    assert accounts(world.actor("rong")).filter(pk=left.pk).exists()
    if over == "revoked":
        Grant.objects.filter(account=left).update(revoked_at=clock.now())
    else:
        yesterday = clock.today() - timedelta(days=1)
        Grant.objects.filter(account=left).update(until_on=yesterday)
    assert not accounts(world.actor("rong")).filter(pk=left.pk).exists()
    refuse_all(world, "rong", left)


def test_an_administrator_whose_grant_is_over_manages_nothing(world: World, rong: Account) -> None:
    row = Grant.objects.get(account=rong)
    revoke(world.actor("shen"), grant_id=row.pk, reason="调离")
    refuse_all(world, "rong", world.accounts["fan"])
    assert not accounts(world.actor("rong")).exists()


def test_an_account_without_a_grant_belongs_to_who_made_it(world: World, rong: Account) -> None:
    theirs = create_account(
        world.actor("rong"), username="xin", name="新某", organisation_id=world.east.pk
    ).account
    west = factories.account("魏安全", Role.SECURITY_ADMINISTRATOR, world.west, username="wei")
    world.accounts["wei"] = west
    assert not accounts(world.actor("wei")).filter(pk=theirs.pk).exists()
    for other in ("wei", "shen"):
        refuse_all(world, other, theirs)
    reset_password(world.actor("rong"), account_id=theirs.pk)
    give(world, theirs, Role.COMMUNITY_WORKER, "willow", by="rong")
    assert actor_of(theirs).has_role(Role.COMMUNITY_WORKER)


def test_a_unit_resets_its_members_alone_and_it_is_called_so(world: World) -> None:
    chen = world.accounts["chen"]
    person = world.people["chen"].pk
    chen.must_change_password = False
    chen.save()
    create_member_accounts(world.actor("dai"), person_ids=[person], renew=True)
    entry = JournalEntry.objects.get(about=chen.pk)
    assert (entry.verb, entry.facts) == ("account.password-reset", {"username": "chen"})
    give(world, chen, Role.BRANCH_SECRETARY, "first")
    assert create_member_accounts(world.actor("dai"), person_ids=[person], renew=True) == []
    with pytest.raises(Absent):
        reset_password(world.actor("dai"), account_id=chen.pk)


def test_reading_is_not_writing(world: World) -> None:
    """The auditor of the city reads every account and touches none."""
    fan = world.accounts["fan"]
    assert accounts(world.actor("su")).filter(pk=fan.pk).exists()
    refuse_all(world, "su", fan)


def test_a_first_administrator_needs_a_second_person(world: World) -> None:
    """Proposed by one, confirmed by another who is not tied to the first; no power before."""
    xin = factories.account("辛某", username="xin", made_by=world.accounts["shen"])
    row = give(world, xin, Role.AUDIT_ADMINISTRATOR, "city")
    assert actor_of(xin).grants == ()
    for name in ("shen", "an", "su", "fan"):
        with pytest.raises(Refused if name == "shen" else Absent):
            confirm_grant(world.actor(name), grant_id=row.pk)
    confirm_grant(world.actor("sun"), grant_id=row.pk)
    assert actor_of(xin).has_role(Role.AUDIT_ADMINISTRATOR)
    with pytest.raises(Absent):
        confirm_grant(world.actor("sun"), grant_id=row.pk)
    verbs = JournalEntry.objects.filter(about=row.pk).order_by("at", "id")
    assert [entry.verb for entry in verbs] == ["grant.proposed", "grant.confirmed"]


@pytest.mark.parametrize(
    "tie", ["made", "made-back", "reset", "reset-before", "granted", "granted-back", "confirmed"]
)
def test_who_made_granted_or_reset_the_first_is_not_the_second(world: World, tie: str) -> None:
    """Of a grant as of a switch; a grant that was taken back and an earlier reset tie still."""
    shen, sun = world.accounts["shen"], world.accounts["sun"]
    rows: dict[str, tuple[Any, dict[str, Any]]] = {
        "made": (Account.objects.filter(pk=sun.pk), {"made_by": shen}),
        "made-back": (Account.objects.filter(pk=shen.pk), {"made_by": sun}),
        "granted": (Grant.objects.filter(account=sun), {"granted_by": shen}),
        "granted-back": (Grant.objects.filter(account=shen), {"granted_by": sun}),
        "confirmed": (Grant.objects.filter(account=sun), {"confirmed_by": shen}),
    }
    if tie.startswith("reset"):
        reset_password(world.actor("shen"), account_id=sun.pk)
    else:
        subject, change = rows[tie]
        subject.update(**change)
    if tie == "reset-before":
        reset_password(operator(), account_id=sun.pk)
    xin = factories.account("辛某", username="xin", made_by=shen)
    row = give(world, xin, Role.AUDIT_ADMINISTRATOR, "city")
    with pytest.raises(Refused, match=r"second\.tied"):
        confirm_grant(world.actor("sun"), grant_id=row.pk)
    with pytest.raises(Refused, match=r"second\.tied"):
        world.turned_on("unit-order")
    third = factories.account("另一位", Role.SECURITY_ADMINISTRATOR, world.city, username="other")
    confirm_grant(actor_of(third), grant_id=row.pk)
    if tie in ("granted", "confirmed"):
        other = factories.account("再一位", Role.SYSTEM_ADMINISTRATOR, world.city, username="zai")
        check_second(actor_of(other), shen.pk)
        Grant.objects.create(
            account=other,
            role=Role.SYSTEM_ADMINISTRATOR,
            organisation=world.east,
            revoked_at=clock.now(),
            **{f"{tie}_by": shen},
        )
        with pytest.raises(Refused, match=r"second\.tied"):
            check_second(actor_of(other), shen.pk)


def test_a_reset_password_is_told_to_its_holder_once(world: World) -> None:
    """Even to staff who are nobody's person."""
    for name, by in (("fan", "shen"), ("chen", "shen")):
        reset_password(world.actor(by), account_id=world.accounts[name].pk)
        assert world.accounts[name].reset_by is None
        account = Account.objects.get(pk=world.accounts[name].pk)
        assert account.reset_by == world.accounts[by]
        reset_id = new_id()
        for _ in range(2):
            tell_reset(str(account.pk), str(reset_id))
        [notice] = own_notices(world.actor(name))
        assert "沈安全" in sentence_of(notice)
    assert not own_notices(world.actor("an")).exists()
    jobs = ProcrastinateJob.objects.filter(task_name="notices.tell_reset")
    assert jobs.count() == 2


def test_what_opens_without_signing_in_stops_with_the_account(world: World) -> None:
    """The calendar's address, the code of one's records and a token for programs."""
    chen = world.actor("chen")
    feed, code = renew_feed(chen), renew_code(chen)
    secret = factories.token(world.actor("an"), world.willow).secret
    addresses = (f"/c/{feed.token}.ics", f"/r/{code.token}/")
    bearer = {"Authorization": f"Bearer {secret}"}

    def answers() -> list[int]:
        told = [Client().get(address).status_code for address in addresses]
        return [*told, Client().get("/api/v1/me/", headers=bearer).status_code]

    assert answers() == [200, 200, 200]
    for name in ("chen", "an"):
        stop(world, name, active=False)
    assert answers() == [404, 404, 401]
    for name in ("chen", "an"):
        stop(world, name, active=True)
    assert answers() == [200, 200, 200]


def stop(world: World, name: str, *, active: bool) -> None:
    pk = world.accounts[name].pk
    set_active(world.actor("shen"), account_id=pk, active=active, reason="离岗")
