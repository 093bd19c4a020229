"""Putting right: a negative record undoes one, a new one takes its place, nothing is changed."""

from contextlib import AbstractContextManager

import pytest

from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.commands import corrections as commands
from baodao.ledger.models import ChainHead, ServiceRecord
from baodao.ledger.queries import records as queries
from baodao.ledger.queries.records import Totals
from baodao.ledger.rules.records import Entry
from baodao.notices.models import Notice
from tests.ledger.steps import at, entry, record, recorded, working_member
from tests.world import World


def refused(code: str) -> AbstractContextManager[pytest.ExceptionInfo[Refused]]:
    return pytest.raises(Refused, match=f"^{code}:")


def reverse(world: World, made: ServiceRecord, who: str = "an", reason: str = "记错人") -> object:
    return commands.reverse(
        world.actor(who), community_id=made.community_id, record_id=made.id, reason=reason
    )


def correct(world: World, made: ServiceRecord, right: Entry, who: str = "an") -> ServiceRecord:
    return commands.correct(
        world.actor(who),
        community_id=made.community_id,
        record_id=made.id,
        entry=right,
        reason="时长有误",
    )


def test_a_reversal_is_the_negative_with_its_reason_and_the_person_is_told(world: World) -> None:
    made = record(world, began_at=at(9), place="3号楼")
    reverse(world, made)
    undone = ServiceRecord.objects.get(reverses=made.id)
    assert (undone.minutes, undone.reason, undone.recorded_by) == (-60, "记错人", "安静")
    assert (undone.served_on, undone.branch, undone.place) == (made.served_on, made.branch, "3号楼")
    assert ServiceRecord.objects.get(id=made.id).minutes == 60
    assert ChainHead.objects.get().seq == 2
    assert JournalEntry.objects.filter(about=made.id, verb="record.reversed").count() == 1
    [notice] = Notice.objects.filter(person=made.person_id)
    assert (notice.kind, notice.facts["reason"]) == ("record-reversed", "记错人")


def test_what_was_reversed_counts_no_more_and_its_time_may_be_taken_again(world: World) -> None:
    made = record(world, began_at=at(9))
    reverse(world, made)
    rows = queries.records(world.actor("an"))
    assert queries.totals_of(rows) == Totals(0, 0, 0)
    assert list(queries.standing(rows)) == []
    again = record(world, began_at=at(9, 30))
    assert again.supersedes == made.id
    assert queries.totals_of(rows) == Totals(1, 60, 1)


@pytest.mark.parametrize("who", ["bao", "deng", "fan", "chen", "gu"])
def test_only_the_community_of_the_record_reverses_it(world: World, who: str) -> None:
    made = record(world)
    with pytest.raises(Absent):
        reverse(world, made, who)
    with pytest.raises(Absent):
        correct(world, made, entry(made.person_id, minutes=30), who)
    assert reverse(world, made)


def test_a_record_is_reversed_once_and_a_reversal_never(world: World) -> None:
    made = record(world)
    undone = reverse(world, made)
    with refused("record.reversed"):
        reverse(world, made)
    assert isinstance(undone, ServiceRecord)
    with refused("record.reversal"):
        reverse(world, undone)
    with refused("record.reversed"):
        correct(world, made, entry(made.person_id, minutes=30))


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_reversal_needs_a_reason_that_can_be_shown(world: World, reason: str) -> None:
    made = record(world)
    with pytest.raises(Refused, match=r"^reason\."):
        reverse(world, made, reason=reason)
    assert ServiceRecord.objects.count() == 1


def test_nobody_reverses_their_own(world: World) -> None:
    made = record(world)
    working_member(world)
    with refused("record.own"):
        reverse(world, made, "chen")


def test_a_correction_is_a_reversal_and_a_new_record_in_one(world: World) -> None:
    made = record(world, began_at=at(9), offer_title="清洁家园")
    right = correct(world, made, entry(made.person_id, minutes=90, began_at=at(9)))
    assert (right.minutes, right.supersedes, right.origin) == (90, made.id, "list")
    assert (right.offer_title, right.reason, right.confirmed_by) == ("清洁家园", "时长有误", "安静")
    rows = queries.records(world.actor("an"))
    assert queries.totals_of(rows) == Totals(1, 90, 1)
    assert [row.id for row in queries.standing(rows)] == [right.id]
    assert queries.correction_of(made) == right
    [notice] = Notice.objects.filter(person=made.person_id)
    assert notice.kind == "record-corrected"


def test_a_correction_that_cannot_be_recorded_leaves_the_record_standing(world: World) -> None:
    made = record(world, began_at=at(9))
    recorded(world, entry(made.person_id, began_at=at(14)), where="bridge")
    with refused("record.overlap"):
        correct(world, made, entry(made.person_id, began_at=at(14, 30)))
    assert queries.totals_of(queries.records(world.actor("an"))) == Totals(1, 60, 1)


def test_a_correction_keeps_to_its_person(world: World) -> None:
    made = record(world)
    right = correct(world, made, entry(world.people["hao"].pk, minutes=30))
    assert right.person_id == made.person_id
