"""What organisations were as of an instant, and what a closed one refuses."""

from datetime import datetime, timedelta

import pytest

from baodao.divisions.commands.imports import import_divisions
from baodao.divisions.rules.differences import TablePlace
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.orgs.commands.organisations import close, create, rename, reopen, set_contact
from baodao.orgs.models import Organisation, OrganisationPeriod, Successor
from baodao.orgs.queries.periods import names_at, organisations_at, paths_at, tree_at
from baodao.orgs.queries.tree import check_open, ids_below
from baodao.orgs.rules.tree import Kind
from tests.orgs.steps import move
from tests.world import World


@pytest.fixture
def day(world: World) -> datetime:
    """An instant half a year after the world was drawn; its organisations are older."""
    Organisation.objects.update(opened_at=clock.now() - timedelta(days=1))
    return clock.now() + timedelta(days=180)


BEFORE = timedelta(hours=1)


def test_a_name_is_told_as_it_was(world: World, day: datetime) -> None:
    for number, name in enumerate(("区住建局机关党委", "区住建局党委")):
        with clock.at(day + number * timedelta(days=1)):
            rename(world.actor("sun"), organisation_id=world.bureau.pk, name=name)
    ids = [world.bureau.pk, world.first.pk]
    assert names_at(ids, day - BEFORE) == {ids[0]: "区城建局机关党委", ids[1]: "第一党支部"}
    assert names_at(ids, day)[ids[0]] == "区住建局机关党委"
    assert names_at(ids, day + timedelta(days=1))[ids[0]] == "区住建局党委"
    periods = OrganisationPeriod.objects.order_by("until").values_list("since", "until")
    assert [since for since, _ in periods][1:] == [until for _, until in periods][:-1]


def test_all_below_what_moved_stood_where_they_stood(world: World, day: datetime) -> None:
    with clock.at(day):
        move(world.actor("sun"), organisation_id=world.willow_street.pk, parent_id=world.west.pk)
    ids = [world.willow_street.pk, world.willow.pk, world.grid.pk]
    then = paths_at(ids, day - BEFORE)
    assert all(path.startswith(world.east.path) for path in then.values())
    assert all(path.startswith(world.west.path) for path in paths_at(ids, day).values())
    assert set(ids) <= set(tree_at(day - BEFORE, world.east.path))
    assert not set(ids) & set(tree_at(day, world.east.path))
    assert set(ids) <= set(tree_at(day, world.west.path))
    assert set(ids) <= set(ids_below(world.west.path))


def test_a_contact_is_told_as_it_was(world: World, day: datetime) -> None:
    for at, person in ((day, "戴文"), (day + timedelta(days=1), "邓敏")):
        with clock.at(at):
            set_contact(
                world.actor("dai"),
                organisation_id=world.bureau.pk,
                contact_name=person,
                contact_phone="0990-5501234",
            )
    rows = [
        organisations_at([world.bureau.pk], at)[world.bureau.pk].contact_name
        for at in (day - BEFORE, day, day + timedelta(days=1))
    ]
    assert rows == ["", "戴文", "邓敏"]


def test_saying_the_same_again_makes_no_period(world: World, day: datetime) -> None:
    for at in (day, day + timedelta(days=1)):
        with clock.at(at):
            set_contact(
                world.actor("dai"),
                organisation_id=world.bureau.pk,
                contact_name="戴文",
                contact_phone="0990-5501234",
            )
    assert OrganisationPeriod.objects.count() == 1


def test_the_tree_of_a_day_has_what_was_open_then(world: World, day: datetime) -> None:
    sun, later = world.actor("sun"), day + timedelta(days=1)
    with clock.at(day):
        close(sun, organisation_id=world.second.pk)
    with clock.at(later):
        reopen(sun, organisation_id=world.second.pk)
        new = create(sun, kind=Kind.BRANCH, name="第三党支部", parent_id=world.bureau.pk)
    known = world.second.pk
    trees = [tree_at(at, world.bureau.path) for at in (day - BEFORE, day, later)]
    assert [known in tree for tree in trees] == [True, False, True]
    assert [new.pk in tree for tree in trees] == [False, False, True]
    assert names_at([new.pk], day) == {new.pk: "第三党支部"}


def test_the_division_table_keeps_what_places_were(world: World, day: datetime) -> None:
    rows = Organisation.objects.filter(kind__in=[Kind.CITY, Kind.DISTRICT, Kind.STREET])
    table = [
        TablePlace(row.code, row.name, row.parent.code if row.parent else None, Kind(row.kind), 1)
        for row in rows.select_related("parent")
    ]
    table += [
        TablePlace("990102001001", "杨荫社区", "990102002000", Kind.COMMUNITY, 1),
        TablePlace("990102001002", "石桥社区", "990102001000", Kind.COMMUNITY, 1),
    ]
    with clock.at(day):
        import_divisions(world.actor("sun"), places=table, accepted={"renamed", "moved"})
    key = world.willow.pk
    assert names_at([key], day - BEFORE) == {key: "柳荫社区"}
    assert names_at([key], day) == {key: "杨荫社区"}
    assert paths_at([key, world.grid.pk], day - BEFORE) == {
        key: world.willow.path,
        world.grid.pk: world.grid.path,
    }
    assert paths_at([key], day)[key].startswith(world.north_street.path)


def test_a_closed_organisation_accepts_nothing_and_names_who_took_over(world: World) -> None:
    check_open(world.willow)
    world.willow.closed_at = clock.now()
    with pytest.raises(Refused, match=r"organisation\.is-closed"):
        check_open(world.willow)
    Successor.objects.create(predecessor=world.willow, successor=world.bridge, how="merged")
    with pytest.raises(Refused, match="石桥社区"):
        check_open(world.willow)
