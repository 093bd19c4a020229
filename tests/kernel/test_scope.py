"""`may` and `within` are one answer: they agree for every permission on every tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.kernel.authz import ROLE_PERMISSIONS, Actor, HeldRole, Permission, Role
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from tests.world import World

CODES = st.lists(st.sampled_from("abc"), max_size=4)
PATHS = CODES.map(lambda codes: "".join(f"{code}." for code in codes))
GRANTS = st.lists(st.builds(HeldRole, st.sampled_from(Role), PATHS), max_size=4).map(tuple)
SCOPES = st.frozensets(st.sampled_from(Permission))


@given(GRANTS, PATHS, st.sampled_from(Permission))
def test_an_actor_may_exactly_what_some_grant_above_allows(
    grants: tuple[HeldRole, ...], path: str, permission: Permission
) -> None:
    actor = Actor(None, None, "somebody", grants)
    expected = any(
        permission in ROLE_PERMISSIONS[grant.role] and path.startswith(grant.path)
        for grant in grants
    )
    assert actor.may(permission, path) is expected
    assert any(path.startswith(prefix) for prefix in actor.paths(permission)) is expected


@given(GRANTS, SCOPES, PATHS, PATHS, st.sampled_from(Permission))
def test_a_narrowed_actor_may_what_the_whole_one_may_of_the_scopes_and_inside(
    grants: tuple[HeldRole, ...],
    scopes: frozenset[Permission],
    inside: str,
    path: str,
    permission: Permission,
) -> None:
    whole = Actor(None, None, "somebody", grants)
    narrow = whole.narrowed(scopes, inside)
    expected = whole.may(permission, path) and permission in scopes and path.startswith(inside)
    assert narrow.may(permission, path) is expected
    assert any(path.startswith(prefix) for prefix in narrow.paths(permission)) is expected


@given(GRANTS, SCOPES, SCOPES, PATHS, PATHS)
def test_narrowing_twice_leaves_what_both_leave_and_never_widens(
    grants: tuple[HeldRole, ...],
    first: frozenset[Permission],
    second: frozenset[Permission],
    here: str,
    there: str,
) -> None:
    narrow = Actor(None, None, "somebody", grants).narrowed(first, here)
    twice = narrow.narrowed(second, there)
    for permission in Permission:
        for path in twice.paths(permission):
            assert narrow.may(permission, path)
            assert permission in first & second
            assert path.startswith(here)
            assert path.startswith(there)


@given(GRANTS, PATHS)
def test_the_reach_is_where_anything_at_all_is_held(
    grants: tuple[HeldRole, ...], path: str
) -> None:
    actor = Actor(None, None, "somebody", grants)
    held = any(actor.may(permission, path) for permission in Permission)
    assert any(path.startswith(prefix) for prefix in actor.reach) is held


@pytest.mark.parametrize("name", ["an", "deng", "fan", "gu"])
@pytest.mark.parametrize("place", ["city", "east", "bureau", "first", "willow", "lake"])
def test_the_rows_of_a_narrowed_actor_are_those_it_may_touch(
    world: World, name: str, place: str
) -> None:
    scopes = {Permission.REGISTRATION_READ, Permission.LETTER_ISSUE}
    actor = world.actor(name).narrowed(scopes, world.places[place].path)
    for permission in Permission:
        rows = set(within(Organisation.objects.all(), actor, permission, "path"))
        assert rows == {row for row in world.places.values() if actor.may(permission, row.path)}


def test_a_narrowed_actor_does_not_reach_what_is_about_the_person(world: World) -> None:
    chen = world.actor("chen")
    mine = Person.objects.filter(pk=chen.person_id)
    assert own(Person.objects.all(), chen, "pk").get() == mine.get()
    assert not own(Person.objects.all(), chen.narrowed(Permission, ""), "pk").exists()


@pytest.mark.parametrize("name", ["an", "bao", "deng", "dai", "fan", "sun", "shen", "su", "gu"])
def test_the_rows_within_scope_are_those_the_actor_may_touch(world: World, name: str) -> None:
    actor = world.actor(name)
    for permission in Permission:
        rows = set(within(Organisation.objects.all(), actor, permission, "path"))
        assert rows == {
            place for place in world.places.values() if actor.may(permission, place.path)
        }


def test_a_community_worker_does_not_reach_the_community_next_door(world: World) -> None:
    an = world.actor("an")
    assert an.may(Permission.REGISTRATION_ACCEPT, world.willow.path)
    assert not an.may(Permission.REGISTRATION_ACCEPT, world.bridge.path)


def test_a_supervisor_reads_and_does_not_write(world: World) -> None:
    fan = world.actor("fan")
    assert fan.may(Permission.REGISTRATION_READ, world.willow.path)
    assert not fan.may(Permission.REGISTRATION_ACCEPT, world.willow.path)
