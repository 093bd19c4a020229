"""`may` and `within` are one answer: they agree for every permission on every tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.kernel.authz import ROLE_PERMISSIONS, Actor, Grant, Permission, Role
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from tests.world import World

CODES = st.lists(st.sampled_from("abc"), max_size=4)
PATHS = CODES.map(lambda codes: "".join(f"{code}." for code in codes))
GRANTS = st.lists(st.builds(Grant, st.sampled_from(Role), PATHS), max_size=4).map(tuple)


@given(GRANTS, PATHS, st.sampled_from(Permission))
def test_an_actor_may_exactly_what_some_grant_above_allows(
    grants: tuple[Grant, ...], path: str, permission: Permission
) -> None:
    actor = Actor(None, None, "somebody", grants)
    expected = any(
        permission in ROLE_PERMISSIONS[grant.role] and path.startswith(grant.path)
        for grant in grants
    )
    assert actor.may(permission, path) is expected
    assert any(path.startswith(prefix) for prefix in actor.paths(permission)) is expected


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
