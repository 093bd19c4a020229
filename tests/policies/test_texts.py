"""Policies as organisations keep them: who writes and reads them, in which versions."""

import pytest

from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.policies.commands.texts import discontinue_policy, save_policy
from baodao.policies.models import PolicyVersion
from baodao.policies.queries.texts import (
    last_versions,
    policies_for,
    policy_of,
    rules_of,
    version_of,
)
from baodao.policies.rules.documents import digest_of
from baodao.policies.rules.reading import Misprints
from tests.world import World

TEXT = "format: 1\nname: 两次\noutcome: {pass: {amount: {count: service}, at_least: 2}}\n"
THREE = TEXT.replace("两次", "三次").replace("at_least: 2", "at_least: 3")


def _saved(world: World, text: str = TEXT, code: str = "") -> PolicyVersion:
    return save_policy(world.actor("fan"), organisation_id=world.east.pk, text=text, code=code)


def test_a_text_is_kept_in_versions_that_never_change(world: World) -> None:
    first = _saved(world)
    assert (first.number, first.policy.code, first.digest) == (1, "1", digest_of(TEXT))
    assert _saved(world, TEXT, "1") == first
    second = _saved(world, THREE, "1")
    assert (second.number, second.policy.name) == (2, "三次")
    assert rules_of(first).name == "两次"
    assert [*PolicyVersion.objects.values_list("number", flat=True)] == [1, 2]
    assert JournalEntry.objects.filter(verb="policy.saved").count() == 2
    assert _saved(world).policy.code == "2"


def test_a_text_that_cannot_be_applied_is_not_kept(world: World) -> None:
    with pytest.raises(Misprints):
        _saved(world, TEXT.replace("at_least", "at_lest"))
    with pytest.raises(Misprints):
        _saved(world, TEXT.replace("两次", "长" * 201))
    assert not PolicyVersion.objects.exists()


def test_who_is_below_reads_and_who_is_above_or_beside_does_not_write(world: World) -> None:
    own = save_policy(world.actor("deng"), organisation_id=world.bureau.pk, text=TEXT)
    above = _saved(world)
    assert {*last_versions(world.actor("deng"))} == {own, above}
    assert {*policies_for(world.actor("an"))} == {above.policy}
    assert version_of(world.actor("an"), above.policy_id) == above
    for stranger in ("an", "deng"):
        with pytest.raises(Absent):
            save_policy(
                world.actor(stranger), organisation_id=above.policy.organisation_id, text=TEXT
            )
    with pytest.raises(Absent):
        policy_of(world.actor("an"), own.policy_id)


def test_out_of_use_nothing_more_is_written(world: World) -> None:
    version = _saved(world)
    discontinue_policy(world.actor("fan"), policy_id=version.policy_id)
    assert not last_versions(world.actor("fan"))
    assert version_of(world.actor("fan"), version.policy_id, 1) == version
    with pytest.raises(Refused, match="out-of-use"):
        _saved(world, THREE, version.policy.code)
