"""Entered at the window: members registered here, and others by their volunteer number."""

import pytest

from baodao.kernel.errors import Absent
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.durations import minutes_of
from baodao.notices.models import Notice
from baodao.statements.commands import entries as commands
from tests.ledger.steps import at, entry, hosted, record, working_member
from tests.registration import steps as registration
from tests.world import World


def test_several_members_here_are_recorded_in_one_act_and_told(world: World) -> None:
    people = [hosted(world), hosted(world, registration.members(world, 1)[0])]
    batch = commands.enter(
        world.actor("an"), community_id=world.willow.pk, entries=[entry(p.pk) for p in people]
    )
    assert (len(batch.done), batch.refused) == (2, [])
    assert {row.origin for row in ServiceRecord.objects.all()} == {"office"}
    assert Notice.objects.filter(kind="record-entered").count() == 2


def test_who_is_not_registered_here_is_found_by_their_number_alone(world: World) -> None:
    hao, an = world.people["hao"], world.actor("an")
    told = [entry(hao.pk)]
    with pytest.raises(Absent):
        commands.enter(an, community_id=world.willow.pk, entries=told)
    with pytest.raises(Absent):
        commands.enter(an, community_id=world.willow.pk, entries=told, numbers=["V00000000"])
    batch = commands.enter(an, community_id=world.willow.pk, entries=told, numbers=[hao.number])
    assert len(batch.done) == 1


@pytest.mark.parametrize("who", ["bao", "deng", "fan", "chen", "gu"])
def test_only_a_worker_of_the_community_enters(world: World, who: str) -> None:
    chen = hosted(world)
    with pytest.raises(Absent):
        commands.enter(world.actor(who), community_id=world.willow.pk, entries=[entry(chen.pk)])
    batch = commands.enter(
        world.actor("an"), community_id=world.willow.pk, entries=[entry(chen.pk)]
    )
    assert batch.done


def test_who_cannot_be_recorded_is_named_and_the_others_are(world: World) -> None:
    people = [hosted(world), hosted(world, registration.members(world, 1)[0])]
    record(world, people[0], began_at=at(9))
    batch = commands.enter(
        world.actor("an"),
        community_id=world.willow.pk,
        entries=[entry(p.pk, began_at=at(9)) for p in people],
    )
    assert [(name, no.code) for name, no in batch.refused] == [("陈晓宇", "record.overlap")]
    assert [row.person_id for row in batch.done] == [people[1].pk]


def test_nobody_enters_their_own(world: World) -> None:
    chen = hosted(world)
    batch = commands.enter(
        working_member(world), community_id=world.willow.pk, entries=[entry(chen.pk)]
    )
    assert [no.code for _, no in batch.refused] == ["record.own"]
    assert ServiceRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1.5小时", 90),
        ("90分钟", 90),
        ("90", 90),
        ("2", 120),
        ("1小时30分", 90),
        ("一个半小时", 90),
        ("两小时半", 150),
        ("半小时", 30),
        ("半个小时", 30),
        ("1:30", 90),
        ("1：30", 90),
        ("２小时", 120),
        ("二十分钟", 20),
        ("2h", 120),
        ("1h30m", 90),
        ("0", None),
        ("0.5", 30),
        ("0.0625", None),
        ("", None),
        ("-1", None),
        ("很久", None),
        ("1:75", None),
        ("三刻钟", None),
    ],
)
def test_time_is_read_as_people_write_it(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes
