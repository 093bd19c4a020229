"""What is cancelled, undone or over keeps its figures and nobody's name."""

import json
from datetime import timedelta

import pytest

from baodao.kernel import clock
from baodao.rosters.commands import roster as commands
from baodao.rosters.commands.effects import undo_roster
from baodao.rosters.models import RosterImport
from tests.registration.browsing import browser, text
from tests.rosters import sheets
from tests.world import World


def messy(world: World) -> RosterImport:
    """Read: one new person, one with a problem, one changed, two who are gone."""
    content = sheets.roster(
        sheets.person(1, 姓名="曾晓宇"),
        sheets.person(2, 姓名="薛小敏", 身份证号="1"),
    )
    actor = world.actor("deng")
    row = commands.upload(actor, unit_id=world.bureau.pk, file_name="a.xlsx", content=content)
    return commands.read(actor, row.pk)


def names_in(row: RosterImport) -> list[str]:
    row.refresh_from_db()
    kept = json.dumps([row.report, row.options, row.columns], ensure_ascii=False)
    return [name for name in ("曾晓宇", "薛小敏", "陈晓宇", "郝一鸣") if name in kept]


@pytest.mark.parametrize("late", [False, True], ids=["at once", "while it is read again"])
def test_a_cancelled_roster_keeps_how_many_and_not_who(world: World, late: bool) -> None:
    row = messy(world)
    assert names_in(row)
    if late:
        RosterImport.objects.update(state="reading", is_to_stop=True)
        commands.read(world.actor("deng"), row.pk)
    else:
        commands.discard(world.actor("deng"), roster_id=row.pk)
    assert (names_in(row), row.state, row.file_sealed) == ([], "cancelled", None)
    assert (row.report["people"], row.report["good"], row.report["new"]) == (2, 1, 1)
    assert "已取消" in text(browser(world, "deng").get(f"/people/rosters/{row.pk}/"))


def test_one_that_nobody_applied_in_time_keeps_how_many_and_not_who(world: World) -> None:
    row = messy(world)
    with clock.at(clock.now() + timedelta(days=31)):
        assert commands.forget_uploads() == 1
        assert commands.forget_uploads() == 0
    assert (names_in(row), row.state, row.report["people"]) == ([], "cancelled", 2)


def test_an_applied_one_tells_who_was_left_out_until_its_time_is_over(world: World) -> None:
    row = messy(world)
    commands.apply(world.actor("deng"), roster_id=row.pk, rows=None)
    row.refresh_from_db()
    kept = json.dumps(row.report, ensure_ascii=False)
    assert "曾晓宇" not in kept
    assert row.report["problems"]
    with clock.at(clock.now() + timedelta(days=31)):
        commands.forget_uploads()
    assert names_in(row) == []
    assert "problems" not in row.report
    answer = text(browser(world, "deng").get(f"/people/rosters/{row.pk}/"))
    assert "新增 1 人" in answer
    assert "带批注" not in answer


def test_an_undone_one_keeps_how_many_and_not_who(world: World) -> None:
    row = messy(world)
    commands.apply(world.actor("deng"), roster_id=row.pk, rows=None)
    undo_roster(world.actor("deng"), roster_id=row.pk)
    assert (names_in(row), row.state, row.report["applied"]["new"]) == ([], "undone", 1)
    assert "problems" not in row.report
