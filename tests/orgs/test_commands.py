"""Organisations one at a time: who may, what is refused, what is written down."""

from functools import partial

import pytest

from baodao.kernel import clock, journal
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.commands.organisations import (
    close,
    create,
    create_branches,
    rename,
    reopen,
    set_contact,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.relations import MOST, Hanging, hanging
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.handovers import HANDOVERS
from baodao.orgs.rules.tree import Kind, about
from baodao.people.models import Membership
from tests.ledger import steps as served
from tests.needs.steps import need
from tests.offers import steps as offered
from tests.orgs.steps import move
from tests.statements.steps import stated
from tests.world import World


def verbs(organisation: Organisation) -> list[str]:
    return [entry.verb for entry in journal.timeline(about(organisation.pk))]


def test_the_system_administrator_adds_a_unit_and_nobody_else_does(world: World) -> None:
    made = create(
        world.actor("sun"), kind=Kind.UNIT, name="区水务局机关党委", parent_id=world.east.pk
    )
    assert made.code == "U1003"
    assert made.path == f"{world.east.path}U1003."
    assert made.pinyin == "qu shui wu ju ji guan dang wei"
    assert verbs(made) == ["organisation.created"]
    for name in ("an", "deng", "dai", "fan", "chen", "gu", "shen", "su"):
        with pytest.raises(Absent):
            create(world.actor(name), kind=Kind.UNIT, name="另一个单位", parent_id=world.east.pk)


def test_a_clerk_adds_branches_to_their_own_unit_alone(world: World) -> None:
    made = create(
        world.actor("dai"), kind=Kind.BRANCH, name="第三党支部", parent_id=world.bureau.pk
    )
    assert made.code == "U1001-03"
    with pytest.raises(Absent):
        create(
            world.actor("dai"), kind=Kind.BRANCH, name="第三党支部", parent_id=world.commission.pk
        )


def test_branches_are_added_together_or_not_at_all(world: World) -> None:
    deed, names = partial(create_branches, world.actor("dai")), ["第三党支部", "第四党支部"]
    with pytest.raises(Refused, match="name-taken"):
        deed(unit_id=world.bureau.pk, names=[*names, "第三党支部"])
    made = deed(unit_id=world.bureau.pk, names=names)
    assert [(row.name, row.code) for row in made] == [
        ("第三党支部", "U1001-03"),
        ("第四党支部", "U1001-04"),
    ]
    assert [verbs(row) for row in made] == [["organisation.created"]] * 2
    for names_then in (["第五党支部", "第四党支部"], ["第一党支部"]):
        with pytest.raises(Refused, match="name-taken"):
            deed(unit_id=world.bureau.pk, names=names_then)
    with pytest.raises(Absent):
        deed(unit_id=world.commission.pk, names=["第五党支部"])
    assert not Organisation.objects.filter(name="第五党支部").exists()


def test_a_community_keeps_its_own_grids_and_teams_alone(world: World) -> None:
    team = create(world.actor("an"), kind=Kind.TEAM, name="助老队", parent_id=world.willow.pk)
    grid = create(world.actor("an"), kind=Kind.GRID, name="第二网格", parent_id=world.willow.pk)
    assert (team.code, grid.code) == ("990102001001-T02", "990102001001-02")
    rename(world.actor("an"), organisation_id=grid.pk, name="南网格")
    close(world.actor("an"), organisation_id=team.pk)
    with pytest.raises(Absent):
        close(world.actor("bao"), organisation_id=grid.pk)
    with pytest.raises(Absent):
        rename(world.actor("an"), organisation_id=world.willow.pk, name="新柳荫社区")


def test_names_and_codes_are_taken_once(world: World) -> None:
    sun = world.actor("sun")
    with pytest.raises(Refused, match=r"organisation\.name-taken"):
        create(sun, kind=Kind.BRANCH, name="第一党支部", parent_id=world.bureau.pk)
    with pytest.raises(Refused, match=r"organisation\.code-taken"):
        create(sun, kind=Kind.UNIT, name="新单位", parent_id=world.east.pk, code="u1002")
    with pytest.raises(Refused, match=r"organisation\.code-missing"):
        create(sun, kind=Kind.STREET, name="新街道", parent_id=world.east.pk)
    with pytest.raises(Refused, match=r"organisation\.wrong-parent"):
        create(sun, kind=Kind.BRANCH, name="党支部", parent_id=world.east.pk)


def test_renaming_tells_the_old_name(world: World) -> None:
    rename(world.actor("sun"), organisation_id=world.bureau.pk, name="区住建局机关党委")
    rename(world.actor("sun"), organisation_id=world.bureau.pk, name="区住建局机关党委")
    entries = list(journal.timeline(about(world.bureau.pk)))
    assert len(entries) == 1
    assert entries[0].facts == {"before": "区城建局机关党委", "name": "区住建局机关党委"}


def test_moving_takes_everything_below_along(world: World) -> None:
    fan = world.actor("fan")
    assert world.first in organisations(fan, Permission.PERSON_READ)
    move(world.actor("sun"), organisation_id=world.bureau.pk, parent_id=world.west.pk)
    moved = Organisation.objects.get(pk=world.first.pk)
    assert moved.path == f"{world.west.path}U1001.U1001-01."
    assert moved not in organisations(fan, Permission.PERSON_READ)
    assert verbs(world.bureau) == ["organisation.moved"]


def test_it_refuses_to_move_below_what_cannot_hold_it(world: World) -> None:
    with pytest.raises(Refused, match=r"organisation\.wrong-parent"):
        move(world.actor("sun"), organisation_id=world.bureau.pk, parent_id=world.willow.pk)
    with pytest.raises(Absent):
        move(world.actor("dai"), organisation_id=world.first.pk, parent_id=world.bureau.pk + 999)


def test_what_still_has_open_ones_below_is_not_closed(world: World) -> None:
    sun = world.actor("sun")
    with pytest.raises(Refused, match=r"organisation\.not-empty"):
        close(sun, organisation_id=world.bureau.pk)
    close(sun, organisation_id=world.second.pk)
    with pytest.raises(Refused, match=r"organisation\.in-the-way"):
        close(sun, organisation_id=world.first.pk)
    Membership.objects.filter(branch=world.first).update(closed_at=clock.now())
    close(sun, organisation_id=world.first.pk)
    closed = close(sun, organisation_id=world.bureau.pk)
    assert closed.closed_at is not None
    with pytest.raises(Refused, match=r"organisation\.closed"):
        close(sun, organisation_id=world.bureau.pk)
    with pytest.raises(Refused, match=r"organisation\.parent-closed"):
        create(sun, kind=Kind.BRANCH, name="新支部", parent_id=world.bureau.pk)
    with pytest.raises(Refused, match=r"organisation\.parent-closed"):
        reopen(sun, organisation_id=world.first.pk)
    assert reopen(sun, organisation_id=world.bureau.pk).closed_at is None


def test_what_hangs_below_is_counted_in_all_slices(world: World) -> None:
    counts = {one.what: one.count for one in hanging(world.bureau)}
    assert counts["organisations below"] == 2
    assert counts["periods of members in branches"] == 1
    assert counts["grants"] == 3
    assert {one.what for one in hanging(world.lake)} == set()


def test_what_was_done_in_a_community_is_counted_in_the_order_of_the_road(world: World) -> None:
    chen = offered.chen(world)
    offered.claimed(offered.published(world), chen)
    need(world)
    stated(world)
    served.record(world, category="culture")
    told = [(one.what, one.number) for one in hanging(world.willow_street)]
    road = ["registrations", "needs of people and units", "posts and activities", "claims"]
    assert [what for what, _ in told if what in road] == road
    assert dict(told)["own statements"] == dict(told)["service records"] == "1"
    assert not {what for what, _ in told} & {"feedback cards", "record sheets"}
    assert "service records" not in {one.what for one in hanging(world.north_street)}


def test_nobody_counts_the_facts_of_a_city_to_their_end() -> None:
    assert Hanging("claims", MOST).number == "10000"
    assert Hanging("claims", MOST + 1).number == "10000+"


def test_every_table_that_points_at_the_tree_has_a_handover() -> None:
    pointing = {
        str(relation.related_model._meta.verbose_name)
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if relation.auto_created and hasattr(relation, "field")
    }
    assert pointing == HANDOVERS.keys()


def test_the_contact_is_set_by_the_unit_itself(world: World) -> None:
    held = set_contact(
        world.actor("dai"),
        organisation_id=world.bureau.pk,
        contact_name="戴文",
        contact_phone="0990-5501234",
    )
    assert held.contact_phone == "0990-5501234"
    with pytest.raises(Absent):
        set_contact(
            world.actor("dai"),
            organisation_id=world.commission.pk,
            contact_name="戴文",
            contact_phone="",
        )
