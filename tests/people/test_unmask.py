"""Reading a number in full: right, reason and journal."""

import pytest

from baodao.kernel import crypto
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.people.commands.numbers import unmask
from tests.world import World


def number_of(world: World, field: str = "id-number") -> str:
    chen = world.people["chen"]
    sealed = chen.id_sealed if field == "id-number" else chen.phone_sealed
    return crypto.ring().unseal(bytes(sealed or b""), field)


def test_the_unit_reads_a_number_and_it_is_written_down(world: World) -> None:
    chen = world.people["chen"]
    for field in ("id-number", "phone"):
        shown = unmask(world.actor("deng"), person_id=chen.pk, field=field, reason="核对档案")
        assert shown == number_of(world, field)
    entries = JournalEntry.objects.filter(verb="person.unmasked", about=chen.pk)
    assert {entry.facts["field"] for entry in entries} == {"id-number", "phone"}
    assert all(entry.facts["reason"] == "核对档案" for entry in entries)
    assert number_of(world) not in str([entry.facts for entry in entries])


@pytest.mark.parametrize("name", ["an", "bao", "fan", "chen", "gu", "sun", "shen", "su"])
def test_nobody_else_reads_it_and_nothing_is_written(world: World, name: str) -> None:
    with pytest.raises(Absent):
        unmask(world.actor(name), person_id=world.people["chen"].pk, field="phone", reason="想看看")
    assert not JournalEntry.objects.filter(verb="person.unmasked").exists()


def test_the_community_that_received_the_person_reads_it(world: World) -> None:
    chen = world.people["chen"]
    asked = {"person_id": chen.pk, "field": "phone", "reason": "通知活动"}
    assert unmask(world.actor("an"), host=world.willow, **asked) == "19900001234"  # type: ignore[arg-type]
    with pytest.raises(Absent):
        unmask(world.actor("bao"), host=world.willow, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["", "   ", "看"])
def test_without_a_reason_nothing_is_shown(world: World, reason: str) -> None:
    with pytest.raises(Refused, match="reason"):
        unmask(world.actor("deng"), person_id=world.people["chen"].pk, field="phone", reason=reason)
