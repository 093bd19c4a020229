"""A person objects to a record of theirs; the community keeps it or puts it right, and answers."""

from contextlib import AbstractContextManager

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.workdays import workday_after
from baodao.ledger.commands import corrections
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.statements.commands import disputes as commands
from baodao.statements.models import Dispute
from baodao.statements.queries import disputes as queries
from tests.ledger.steps import entry, record, recorded, working_member
from tests.world import World


def refused(code: str) -> AbstractContextManager[pytest.ExceptionInfo[Refused]]:
    return pytest.raises(Refused, match=f"^{code}:")


def raised(world: World, made: ServiceRecord, who: str = "chen") -> Dispute:
    return commands.dispute(
        world.actor(who), community_id=made.community_id, record_id=made.id, text="当天做了两小时"
    )


def answer(world: World, held: Dispute, outcome: str, who: str = "an") -> Dispute:
    return commands.answer_dispute(
        world.actor(who), dispute_id=held.pk, outcome=outcome, answer="已核对签到表"
    )


def test_a_member_objects_and_the_community_is_told_with_a_day(world: World) -> None:
    held = raised(world, record(world))
    assert held.due_on == workday_after(clock.today(), 5)
    assert [row.pk for row in queries.open_disputes(world.actor("an"), world.willow)] == [held.pk]
    assert list(queries.open_disputes(world.actor("bao"), world.willow)) == []
    assert Notice.objects.filter(organisation=world.willow, kind="record-disputed").count() == 1


def test_only_ones_own_record_is_disputed(world: World) -> None:
    theirs = record(world, world.people["hao"])
    for who in ("chen", "an", "deng"):
        with pytest.raises(Absent):
            raised(world, theirs, who)
    assert raised(world, record(world))


def test_one_open_dispute_a_record_and_after_an_answer_another(world: World) -> None:
    made = record(world)
    held = raised(world, made)
    with refused("dispute.open"):
        raised(world, made)
    answer(world, held, "kept")
    assert raised(world, made)


def test_put_right_is_answered_only_once_the_record_was_reversed(world: World) -> None:
    made = record(world)
    held = raised(world, made)
    with refused("dispute.not-corrected"):
        answer(world, held, "corrected")
    corrections.correct(
        world.actor("an"),
        community_id=made.community_id,
        record_id=made.id,
        entry=entry(made.person_id, minutes=120),
        reason="本人异议属实",
    )
    with refused("dispute.not-kept"):
        answer(world, held, "kept")
    answered = answer(world, held, "corrected")
    assert (answered.state, answered.answered_by) == ("corrected", "安静")
    assert Notice.objects.filter(person=made.person_id, kind="dispute-answered").count() == 1
    with refused("dispute.corrected"):
        answer(world, held, "corrected")


@pytest.mark.parametrize("who", ["bao", "deng", "fan", "chen"])
def test_only_the_community_answers(world: World, who: str) -> None:
    held = raised(world, record(world))
    with pytest.raises(Absent):
        answer(world, held, "kept", who)
    assert answer(world, held, "kept").state == "kept"


def test_nobody_answers_themselves_and_not_without_words(world: World) -> None:
    held = raised(world, record(world))
    with refused("dispute.outcome"):
        answer(world, held, "perhaps")
    with refused("reason.missing"):
        commands.answer_dispute(world.actor("an"), dispute_id=held.pk, outcome="kept", answer=" ")
    working_member(world)
    with refused("record.own"):
        answer(world, held, "kept", "chen")


def test_what_was_reversed_is_not_disputed(world: World) -> None:
    made = record(world)
    undone = corrections.reverse(
        world.actor("an"), community_id=made.community_id, record_id=made.id, reason="重复"
    )
    for row in (made, undone):
        with refused("dispute.reversed"):
            raised(world, row)


def test_ones_own_disputes_are_seen_by_oneself(world: World) -> None:
    recorded(world, entry(world.people["hao"].pk))
    held = raised(world, record(world))
    assert [row.pk for row in queries.own_disputes(world.actor("chen"))] == [held.pk]
    assert list(queries.own_disputes(world.actor("gu"))) == []
