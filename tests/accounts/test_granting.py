"""Grants, accounts and switches: who may, who may not, and what is written down."""

from datetime import date, timedelta

import pytest

from baodao.accounts.commands.accounts import create_member_accounts, reset_password, set_active
from baodao.accounts.commands.grants import grant, revoke
from baodao.accounts.commands.switches import confirm_switch, end_switch, propose_switch
from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import actor_of, grants_of, is_on, needs_second_step
from baodao.accounts.rules import (
    ROLE_NAMES,
    ROLE_PLACES,
    check_grant,
    check_period,
    one_time_password,
)
from baodao.kernel import clock
from baodao.kernel.authz import ADMINISTRATORS, Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.orgs.rules.tree import Kind
from tests import factories
from tests.world import World


def give(world: World, by: str, to: str, role: Role, place: str) -> Grant:
    return grant(
        world.actor(by),
        account_id=world.accounts[to].pk,
        role=role,
        organisation_id=world.places[place].pk,
        basis="任职文件",
        until_on=None,
    )


def test_the_security_administrator_grants_and_nobody_else_does(world: World) -> None:
    give(world, "shen", "gu", Role.COMMUNITY_WORKER, "willow")
    assert actor_of(world.accounts["gu"]).has_role(Role.COMMUNITY_WORKER)
    for name in ("an", "deng", "fan", "sun", "su", "chen"):
        with pytest.raises(Absent):
            give(world, name, "gu", Role.SUPERVISOR, "east")
    entry = JournalEntry.objects.get(verb="grant.made")
    assert entry.facts["basis"] == "任职文件"
    assert entry.scope_id == world.willow.pk


@pytest.mark.parametrize(
    ("days", "code"),
    [(0, ""), (3653, ""), (-1, "grant.ended"), (3654, "grant.end-far"), (328_000, "grant.end-far")],
)
def test_a_grant_ends_on_a_day_that_somebody_can_have_meant(days: int, code: str) -> None:
    today = date(2026, 7, 1)
    if not code:
        check_period(today + timedelta(days=days), today)
        return
    with pytest.raises(Refused, match=code):
        check_period(today + timedelta(days=days), today)


def test_nobody_grants_to_themselves(world: World) -> None:
    with pytest.raises(Refused, match=r"grant\.own"):
        give(world, "shen", "shen", Role.SUPERVISOR, "east")


@pytest.mark.parametrize("held", ["sun", "shen", "su"])
def test_an_administrator_holds_no_other_role(world: World, held: str) -> None:
    other = factories.account("另一位", Role.SECURITY_ADMINISTRATOR, world.city, username="other")
    world.accounts["other"] = other
    for role, place in (
        (Role.COMMUNITY_WORKER, "willow"),
        (Role.SYSTEM_ADMINISTRATOR, "east"),
        (Role.AUDIT_ADMINISTRATOR, "east"),
        (Role.SECURITY_ADMINISTRATOR, "east"),
    ):
        if actor_of(world.accounts[held]).has_role(role):
            continue
        with pytest.raises(Refused, match=r"grant\.excluded"):
            give(world, "other", held, role, place)


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_somebody_with_a_role_does_not_become_an_administrator(world: World, role: Role) -> None:
    with pytest.raises(Refused, match=r"grant\.excluded"):
        give(world, "shen", "an", role, "city")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_role_is_granted_on_its_kinds_of_organisation_alone(role: Role, kind: Kind) -> None:
    if kind in ROLE_PLACES[role]:
        check_grant(role, kind, [])
    else:
        with pytest.raises(Refused, match=r"grant\.wrong-place"):
            check_grant(role, kind, [])


def test_the_operator_is_granted_nowhere() -> None:
    for kind in Kind:
        with pytest.raises(Refused):
            check_grant(Role.OPERATOR, kind, [])
    assert set(ROLE_NAMES) == set(Role)


def test_a_grant_ends_on_its_day_and_can_be_given_anew(world: World) -> None:
    made = give(world, "shen", "gu", Role.COMMUNITY_WORKER, "willow")
    Grant.objects.filter(pk=made.pk).update(until_on=clock.today())
    assert grants_of(world.accounts["gu"]) == [made]
    with clock.at(clock.now() + timedelta(days=2)):
        assert grants_of(world.accounts["gu"]) == []
        anew = give(world, "shen", "gu", Role.COMMUNITY_WORKER, "willow")
        assert grants_of(world.accounts["gu"]) == [anew]


def test_the_same_grant_is_not_given_twice(world: World) -> None:
    with pytest.raises(Refused, match=r"grant\.held"):
        give(world, "shen", "an", Role.COMMUNITY_WORKER, "willow")


def test_a_grant_taken_back_is_gone_at_once(world: World) -> None:
    held = Grant.objects.get(account=world.accounts["an"])
    for name in ("an", "fan", "su"):
        with pytest.raises(Absent):
            revoke(world.actor(name), grant_id=held.pk, reason="离任")
    revoke(world.actor("shen"), grant_id=held.pk, reason="离任")
    assert world.actor("an").grants == ()


def test_a_security_administrator_of_a_district_reaches_that_district_alone(world: World) -> None:
    world.accounts["east"] = factories.account(
        "东岸", Role.SECURITY_ADMINISTRATOR, world.east, username="east-shen"
    )
    give(world, "shen", "gu", Role.COMMUNITY_WORKER, "bridge")
    give(world, "east", "gu", Role.COMMUNITY_WORKER, "willow")
    with pytest.raises(Absent):
        give(world, "east", "gu", Role.COMMUNITY_WORKER, "lake")
    with pytest.raises(Absent):
        set_active(
            world.actor("east"), account_id=world.accounts["sun"].pk, active=False, reason="x"
        )


def test_a_unit_makes_accounts_for_its_own_members_alone(world: World) -> None:
    chen, hao = world.people["chen"], world.people["hao"]
    Account.objects.filter(person=chen).delete()
    made = create_member_accounts(world.actor("dai"), person_ids=[chen.pk])
    assert made[0].account.username == chen.number.lower()
    assert made[0].account.check_password(made[0].password)
    assert made[0].account.must_change_password
    for name, person in (("dai", hao), ("an", chen), ("fan", chen)):
        with pytest.raises(Absent):
            create_member_accounts(world.actor(name), person_ids=[person.pk])


def test_an_account_in_use_keeps_its_password(world: World) -> None:
    chen = world.people["chen"]
    assert create_member_accounts(world.actor("dai"), person_ids=[chen.pk]) == []
    assert world.accounts["chen"].check_password("correct horse")


def test_a_forgotten_password_is_renewed_by_the_unit_unless_a_role_hangs_on_it(
    world: World,
) -> None:
    asked = {"person_ids": [world.people["chen"].pk], "renew": True}
    dai = world.actor("dai")
    made = create_member_accounts(dai, **asked)  # type: ignore[arg-type]
    assert made[0].account.pk == world.accounts["chen"].pk
    give(world, "shen", "chen", Role.COMMUNITY_WORKER, "willow")
    assert create_member_accounts(dai, **asked) == []  # type: ignore[arg-type]
    with pytest.raises(Absent):
        reset_password(dai, account_id=world.accounts["chen"].pk)


def test_a_unit_clerk_renews_a_members_password_but_no_colleagues(world: World) -> None:
    dai = world.actor("dai")
    reset_password(dai, account_id=world.accounts["chen"].pk)
    for name in ("deng", "sun", "an"):
        with pytest.raises(Absent):
            reset_password(dai, account_id=world.accounts[name].pk)


def test_one_time_passwords_are_long_and_differ() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password.replace("-", "")) == 12 for password in made)


def test_a_switch_needs_two_administrators(world: World) -> None:
    sun, shen = world.actor("sun"), world.actor("shen")
    ends_on = clock.today() + timedelta(days=30)
    proposed = propose_switch(
        sun,
        key="unit-order",
        organisation_id=world.east.pk,
        basis="区委文件",
        approver="王书记",
        ends_on=ends_on,
    )
    assert not is_on("unit-order", world.east)
    for name in ("sun", "fan", "su", "deng"):
        with pytest.raises((Absent, Refused)):
            confirm_switch(world.actor(name), switch_id=proposed.pk)
    confirm_switch(shen, switch_id=proposed.pk)
    assert is_on("unit-order", world.willow)
    assert not is_on("unit-order", world.west)
    with clock.at(clock.now() + timedelta(days=31)):
        assert not is_on("unit-order", world.east)
    end_switch(shen, switch_id=proposed.pk, reason="不再需要")
    assert not is_on("unit-order", world.east)


@pytest.mark.parametrize(("key", "days"), [("marks", 3), ("unit-order", -1), ("unit-order", 400)])
def test_a_switch_is_known_and_ends_within_a_year(world: World, key: str, days: int) -> None:
    with pytest.raises(Refused):
        propose_switch(
            world.actor("sun"),
            key=key,
            organisation_id=world.city.pk,
            basis="文件",
            approver="王",
            ends_on=clock.today() + timedelta(days=days),
        )


def test_administrators_and_nobody_else_need_a_second_step(world: World) -> None:
    needing = {name for name in world.accounts if needs_second_step(world.actor(name))}
    assert needing == {"sun", "shen", "su"}
