"""本人填报: stated by the member, confirmed many at once by the community, or given back."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.registration.commands.departures import end
from baodao.statements.commands import statements as commands
from baodao.statements.models import Statement
from baodao.statements.queries import statements as queries
from tests.ledger.steps import at, entry, hosted, record, working_member
from tests.registration import steps as registration
from tests.statements.steps import stated
from tests.world import World


def refused(code: str) -> AbstractContextManager[pytest.ExceptionInfo[Refused]]:
    return pytest.raises(Refused, match=f"^{code}:")


@pytest.fixture
def here(world: World) -> World:
    """Chen has been received by An's community."""
    hosted(world)
    return world


def fresh(statement: Statement) -> Statement:
    return Statement.objects.get(pk=statement.pk)


def test_a_member_states_what_they_did_and_the_community_sees_it_wait(here: World) -> None:
    statement = stated(here, began_at=at(9), place="3号楼")
    assert (statement.state, statement.person_id) == ("waiting", here.people["chen"].pk)
    assert [row.pk for row in queries.waiting_statements(here.actor("an"), here.willow)] == [
        statement.pk
    ]
    for who in ("bao", "deng", "fan", "chen", "gu"):
        assert list(queries.waiting_statements(here.actor(who), here.willow)) == []
    assert ServiceRecord.objects.count() == 0


def test_a_statement_is_about_oneself_whatever_the_form_says(here: World) -> None:
    told = entry(here.people["hao"].pk)
    statement = commands.state(here.actor("chen"), community_id=here.willow.pk, entry=told)
    assert statement.person_id == here.people["chen"].pk


def test_only_where_one_was_received(here: World) -> None:
    told = entry(here.people["chen"].pk)
    with refused("statement.elsewhere"):
        commands.state(here.actor("chen"), community_id=here.bridge.pk, entry=told)
    with refused("statement.elsewhere"):
        commands.state(
            _member(here, "hao"), community_id=here.willow.pk, entry=entry(here.people["hao"].pk)
        )
    with pytest.raises(Absent):
        commands.state(here.actor("an"), community_id=here.willow.pk, entry=told)


def _member(world: World, name: str):  # type: ignore[no-untyped-def]
    from_chen = world.actor("chen")
    return type(from_chen)(None, world.people[name].pk, name)


def test_an_overlap_is_told_when_stating(here: World) -> None:
    record(here, began_at=at(9))
    with refused("record.overlap"):
        stated(here, began_at=at(9, 30))
    assert stated(here, began_at=at(10))
    with refused("record.overlap"):
        stated(here, began_at=at(10, 30))
    with refused("record.future"):
        stated(here, served_on=clock.today() + timedelta(days=1))


def test_many_are_confirmed_at_once_and_become_records(here: World) -> None:
    held = [stated(here, began_at=at(hour), offer_title="清洁家园") for hour in (9, 11, 14)]
    batch = commands.confirm_statements(here.actor("an"), statement_ids=[row.pk for row in held])
    assert (len(batch.done), batch.refused) == (3, [])
    rows = ServiceRecord.objects.order_by("seq")
    assert [row.origin for row in rows] == ["statement"] * 3
    assert {row.confirmed_by for row in rows} == {"安静"}
    assert {fresh(row).record_id for row in held} == {row.id for row in rows}
    assert Notice.objects.filter(kind="statement-confirmed").count() == 3
    assert JournalEntry.objects.filter(verb="statement.confirmed").count() == 3


def test_what_cannot_be_recorded_is_named_and_keeps_waiting(here: World) -> None:
    good, bad = stated(here, began_at=at(14)), stated(here, began_at=at(9))
    record(here, began_at=at(9, 30))
    batch = commands.confirm_statements(here.actor("an"), statement_ids=[bad.pk, good.pk])
    assert [row.pk for row in batch.done] == [good.pk]
    assert [(name, no.code) for name, no in batch.refused] == [
        ("陈晓宇 2026年7月4日", "record.overlap")
    ]
    assert fresh(bad).state == "waiting"


@pytest.mark.parametrize("who", ["bao", "deng", "fan", "chen"])
def test_only_the_community_confirms_or_returns(here: World, who: str) -> None:
    statement = stated(here)
    with pytest.raises(Absent):
        commands.confirm_statements(here.actor(who), statement_ids=[statement.pk])
    with pytest.raises(Absent):
        commands.return_statement(here.actor(who), statement_id=statement.pk, reason="不详")
    assert commands.confirm_statements(here.actor("an"), statement_ids=[statement.pk]).done


def test_nobody_confirms_their_own(here: World) -> None:
    statement = stated(here)
    working = working_member(here)
    batch = commands.confirm_statements(working, statement_ids=[statement.pk])
    assert [no.code for _, no in batch.refused] == ["record.own"]
    assert fresh(statement).state == "waiting"


def test_a_returned_one_is_corrected_and_stated_again(here: World) -> None:
    statement = stated(here, minutes=600)
    an, chen = here.actor("an"), here.actor("chen")
    commands.return_statement(an, statement_id=statement.pk, reason="时长不符")
    assert (fresh(statement).state, fresh(statement).reason) == ("returned", "时长不符")
    with refused("statement.returned"):
        commands.return_statement(an, statement_id=statement.pk, reason="再退")
    right = entry(statement.person_id, minutes=60)
    commands.state(chen, community_id=here.willow.pk, entry=right, statement_id=statement.pk)
    again = fresh(statement)
    assert (again.state, again.minutes, again.reason) == ("waiting", 60, "")
    assert commands.confirm_statements(an, statement_ids=[statement.pk]).done


def test_a_confirmed_one_can_neither_be_withdrawn_nor_returned_nor_confirmed_again(
    here: World,
) -> None:
    statement = stated(here)
    an, chen = here.actor("an"), here.actor("chen")
    commands.confirm_statements(an, statement_ids=[statement.pk])
    with refused("statement.confirmed"):
        commands.withdraw_statement(chen, statement_id=statement.pk)
    with refused("statement.confirmed"):
        commands.return_statement(an, statement_id=statement.pk, reason="不符")
    batch = commands.confirm_statements(an, statement_ids=[statement.pk])
    assert [no.code for _, no in batch.refused] == ["statement.confirmed"]
    assert ServiceRecord.objects.count() == 1


def test_a_waiting_one_is_withdrawn_by_its_member_alone(here: World) -> None:
    statement = stated(here, began_at=at(9))
    with pytest.raises(Absent):
        commands.withdraw_statement(here.actor("an"), statement_id=statement.pk)
    commands.withdraw_statement(here.actor("chen"), statement_id=statement.pk)
    assert fresh(statement).state == "withdrawn"
    assert stated(here, began_at=at(9))


def test_a_community_that_no_longer_has_them_may_still_be_told(here: World) -> None:
    held = registration.Registration.objects.get(person=here.people["chen"])
    end(here.actor("an"), registration_id=held.pk, reason="moved", ended_on=clock.today())
    assert stated(here)
