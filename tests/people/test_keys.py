"""Rotating keys: everything readable before, in between and after, and the old key gone."""

from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import Settings

from baodao.accounts.commands.seals import reseal_second_steps
from baodao.kernel import crypto
from baodao.kernel.errors import Refused
from baodao.people.commands import keys
from baodao.people.models import Person, RosterImport
from baodao.people.queries.keys import sealed_with
from tests import factories
from tests.world import World


@pytest.fixture(autouse=True)
def _own_key(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_FILE = tmp_path / "keys.json"


def numbers() -> list[str]:
    ring = crypto.ring()
    return [
        ring.unseal(bytes(person.id_sealed), "id-number")
        for person in Person.objects.order_by("pk")
    ]


def test_everything_is_sealed_anew_and_old_keys_are_forgotten(world: World) -> None:
    before = numbers()
    Person.objects.filter(pk=world.people["hao"].pk).update(phone_sealed=None)
    keys.new_key()
    assert numbers() == before
    assert keys.reseal(lambda _done: None) == 2
    assert reseal_second_steps() == 3
    keys.forget_old_keys()
    ring = crypto.ring()
    assert list(ring.keys) == [ring.current] == [2]
    assert sealed_with() == {2: 2}
    assert numbers() == before


def test_it_goes_on_where_it_was_cut_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "BATCH", 2)
    for number in range(5):
        factories.member(f"某{number}", world.first)
    before = numbers()

    def cut(_done: int) -> None:
        raise KeyboardInterrupt

    keys.new_key()
    with pytest.raises(KeyboardInterrupt):
        keys.reseal(cut)
    assert sealed_with() == {1: 5, 2: 2}
    with pytest.raises(Refused, match="in-use"):
        keys.forget_old_keys()
    assert numbers() == before
    keys.new_key()
    assert crypto.ring().current == 2
    keys.reseal(lambda _done: None)
    keys.forget_old_keys()
    assert sealed_with() == {2: 7}
    assert numbers() == before


def test_it_waits_for_a_roster_that_is_being_applied(world: World) -> None:
    RosterImport.objects.create(
        unit=world.bureau,
        file_name="名册.xlsx",
        state=RosterImport.State.APPLYING,
        created_by="戴文",
    )
    with pytest.raises(Refused, match="roster-busy"):
        keys.new_key()


def test_a_server_that_runs_learns_of_a_new_key(world: World) -> None:
    held = crypto.ring()
    crypto.add_key(Path(settings.KEY_FILE))
    assert crypto.ring().current == held.current + 1
