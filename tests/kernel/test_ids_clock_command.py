"""Small mechanisms: ids in order, days in China, commands that keep their form."""

from datetime import UTC, date, datetime

import pytest

from baodao.kernel import clock, ids
from baodao.kernel.authz import NOBODY, Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock, lock_many
from baodao.orgs.models import Organisation, Setting
from tests.world import World


def test_ids_are_uuid7_and_sort_as_they_were_made() -> None:
    made = [ids.new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {value.version for value in made} == {7}


def test_days_since_are_counted_by_the_calendar_in_china() -> None:
    evening = datetime(2026, 6, 30, 15, 30, tzinfo=UTC)
    after = datetime(2026, 6, 30, 16, 30, tzinfo=UTC)
    assert clock.days_since(evening, clock.local(after).date()) == 1
    assert clock.days_since(after, date(2026, 7, 1)) == 0
    assert clock.days_since(after, date(2026, 6, 30)) == 0


def test_the_day_changes_at_midnight_in_china() -> None:
    with clock.at(datetime(2026, 6, 30, 15, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 6, 30)
    with clock.at(datetime(2026, 6, 30, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    assert clock.end_of(date(2026, 6, 30)) == clock.midnight(date(2026, 7, 1))


def test_a_command_takes_the_actor_first_and_the_rest_by_name() -> None:
    with pytest.raises(TypeError):

        @command
        def rename(place: Organisation, *, name: str) -> None: ...

    with pytest.raises(TypeError):

        @command
        def close(actor: Actor, place: Organisation) -> None: ...


def test_a_command_that_fails_leaves_nothing(world: World) -> None:
    @command
    def half(actor: Actor, *, key: str) -> None:
        Setting.objects.create(organisation=world.willow, key=key, value=1)
        raise Absent(key)

    with pytest.raises(Absent):
        half(NOBODY, key="test")
    assert not Setting.objects.exists()


def test_locking_what_is_not_in_the_rows_is_absence(world: World) -> None:
    rows = Organisation.objects.filter(path__startswith=world.willow.path)
    assert lock(rows, world.willow.pk) == world.willow
    with pytest.raises(Absent):
        lock(rows, world.bridge.pk)
    with pytest.raises(Absent):
        lock_many(rows, [world.willow.pk, world.bridge.pk])
