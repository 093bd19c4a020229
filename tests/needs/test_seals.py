"""Rotating keys: telephones of those who asked are readable before and after, the old key gone."""

from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import Settings

from baodao.kernel import crypto
from baodao.needs.commands import contacts
from baodao.operations.subcommands.keys import rotate
from tests.needs.steps import fresh, need
from tests.world import World


@pytest.fixture(autouse=True)
def _own_key(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_FILE = tmp_path / "keys.json"


def test_a_rotation_seals_what_askers_left_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contacts, "BATCH", 2)
    phones = [crypto.ring().seal(f"1990000{number:04}", "phone") for number in range(5)]
    rows = [need(world, phone_sealed=phone) for phone in phones]
    need(world)
    crypto.add_key(Path(settings.KEY_FILE), settings.CIPHER)
    assert contacts.reseal_askers() == 5
    assert contacts.reseal_askers() == 0
    for number, row in enumerate(rows):
        sealed = bytes(fresh(row).phone_sealed or b"")
        assert sealed[0] == crypto.ring().current == 2
        assert crypto.ring().unseal(sealed, "phone") == f"1990000{number:04}"


def test_the_command_that_rotates_forgets_no_key_that_askers_need(world: World) -> None:
    row = need(world, phone_sealed=crypto.ring().seal("19900008888", "phone"))
    rotate(None)  # type: ignore[arg-type]
    ring = crypto.ring()
    assert list(ring.keys) == [2]
    assert ring.unseal(bytes(fresh(row).phone_sealed or b""), "phone") == "19900008888"
