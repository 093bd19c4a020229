"""Whose records somebody sees, and what they add up to."""

from datetime import date
from uuid import uuid4

import pytest
from pytest_django import Settings

from baodao.kernel.authz import Actor, HeldRole, Permission, Role
from baodao.kernel.health import Health
from baodao.ledger import checks
from baodao.ledger.commands.corrections import reverse
from baodao.ledger.commands.places import add_missing_places
from baodao.ledger.models import PersonPlace
from baodao.ledger.queries import records as queries
from baodao.ledger.queries.places import on_their_shards
from baodao.ledger.queries.records import Totals
from tests.ledger.steps import entry, record, recorded
from tests.world import World


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("an", 1),
        ("bao", 1),
        ("deng", 2),
        ("dai", 2),
        ("fan", 2),
        ("chen", 0),
        ("gu", 0),
        ("sun", 0),
        ("su", 0),
    ],
)
def test_the_community_sees_its_own_and_the_unit_its_members(
    world: World, who: str, seen: int
) -> None:
    record(world)
    recorded(world, entry(world.people["chen"].pk, category="culture"), where="bridge")
    assert queries.records(world.actor(who)).count() == seen
    assert queries.own_records(world.actor(who)).count() == (2 if who == "chen" else 0)


def test_the_other_unit_sees_nothing(world: World) -> None:
    record(world)
    record(world, world.people["hao"])
    rows = queries.records(world.actor("deng"))
    assert {row.person.name for row in rows} == {"陈晓宇"}
    assert queries.records(world.actor("an")).count() == 2


def test_confirming_and_reversing_hold_by_the_place_alone(world: World) -> None:
    record(world)
    for permission in (Permission.RECORD_REVERSE, Permission.RECORD_CONFIRM):
        assert queries.records(world.actor("an"), permission).count() == 1
        assert queries.records(world.actor("deng"), permission).count() == 0
        at_the_unit = Actor(None, None, "", (HeldRole(Role.COMMUNITY_WORKER, world.bureau.path),))
        assert queries.records(at_the_unit, permission).count() == 0
        assert queries.records(at_the_unit).count() == 1


def test_totals_by_person_and_by_branch_leave_out_what_was_reversed(world: World) -> None:
    chen, hao = world.people["chen"], world.people["hao"]
    record(world, minutes=45)
    made = record(world, category="culture")
    record(world, hao, served_on=date(2026, 1, 2))
    an = world.actor("an")
    reverse(an, community_id=made.community_id, record_id=made.id, reason="重复")
    assert queries.totals_of_persons([chen.pk, hao.pk], date(2026, 7, 1)) == {
        chen.pk: Totals(1, 45, 1)
    }
    assert queries.totals_of_persons([chen.pk, hao.pk])[hao.pk] == Totals(1, 60, 1)
    assert queries.by_branch(world.actor("deng"), world.bureau).answer() == {
        world.first.pk: Totals(1, 45, 1)
    }
    assert (
        queries.by_branch(world.actor("deng"), world.bureau, until=date(2026, 6, 30)).answer() == {}
    )
    assert queries.by_branch(world.actor("bao"), world.bureau).answer() == {}


def test_records_of_many_cost_no_more_queries_than_of_one(
    world: World, django_assert_num_queries: object
) -> None:
    for minutes in range(1, 6):
        record(world, minutes=minutes)
    rows = queries.records(world.actor("an"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len([(row.person.name, row.community.name) for row in rows]) == 5


def test_where_somebody_has_records_is_kept_told_and_put_right(
    world: World, settings: Settings
) -> None:
    chen, nobody = world.people["chen"].pk, uuid4()
    recorded(world, entry(chen))
    assert list(PersonPlace.objects.values_list("pk")) == [((chen, world.willow.pk),)]
    assert checks.places().health is Health.OK
    PersonPlace.objects.all().delete()
    assert checks.places().health is Health.FAIL
    rows = queries.record_rows().filter(person=chen)
    settings.CLUSTER = False
    assert on_their_shards(rows, [chen]).count() == 1
    settings.CLUSTER = True
    assert on_their_shards(rows, [chen]).count() == 0
    assert add_missing_places(world.actor("an")) == 1
    assert add_missing_places(world.actor("an")) == 0
    assert on_their_shards(rows, [chen]).count() == 1
    assert on_their_shards(queries.record_rows(), [nobody]).count() == 0
