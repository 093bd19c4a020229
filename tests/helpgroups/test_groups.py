"""Help groups: who joins and leaves, who reads what of a household when, help, time."""

import pytest

from baodao.helpgroups.commands.groups import (
    dissolve_group,
    join_group,
    join_team,
    leave_group,
    remove_aide,
)
from baodao.helpgroups.commands.helps import HelpFacts, state_help, tell_aides
from baodao.helpgroups.commands.households import (
    close_over,
    end_stand,
    read_helped_household,
    reassign_household,
)
from baodao.helpgroups.models import GroupAide
from baodao.helpgroups.queries.dues import due_visits, visits_due, with_group
from baodao.helpgroups.queries.groups import aides_now, own_stands, stands_now, stands_of
from baodao.helpgroups.queries.helps import grids_without, group_counts, helps_of, to_remind
from baodao.helpgroups.rules.groups import AideFacts
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.registration.models import Registration
from baodao.residents.commands.files import forget_household
from baodao.residents.models import HouseholdFile
from baodao.residents.queries.counts import last_quarter
from baodao.residents.queries.files import readings_of, stories_of
from baodao.statements.commands.statements import confirm_statements
from tests.helpgroups import steps
from tests.residents import steps as files
from tests.teams.steps import team as team_of
from tests.world import World


def test_who_is_in_a_group_reads_what_helps_and_no_more_and_the_household_sees_who(
    world: World,
) -> None:
    row, stand, member = steps.at_work(world)
    entry = read_helped_household(member, stand_id=stand.pk)
    assert (entry.name, entry.address) == (files.GAO.name, files.GAO.address)
    assert [one.text for one in entry.measures] == [files.PLAN]
    assert files.GAO.hardship not in repr(entry)
    [reading] = readings_of(HouseholdFile.objects.get())
    assert (reading.verb, reading.facts["reason"]) == ("household.aide-opened", row.name)
    for name in ("gu", "bao", "deng"):
        with pytest.raises(Absent):
            read_helped_household(world.actor(name), stand_id=stand.pk)
    told = " ".join(str(one.facts) for one in JournalEntry.objects.all())
    assert not [secret for secret in files.SECRETS if secret in told]


def test_whoever_leaves_reads_nothing_from_that_instant(world: World) -> None:
    row, stand, member = steps.at_work(world)
    aide = GroupAide.objects.get()
    remove_aide(world.actor("an"), aide_id=aide.pk, reason="工作调整")
    with pytest.raises(Absent):
        read_helped_household(member, stand_id=stand.pk)
    assert own_stands(member).answer() == []
    with pytest.raises(Refused):
        remove_aide(world.actor("an"), aide_id=aide.pk, reason="工作调整")
    again = steps.joined(world, row, member.person_id)
    assert len(own_stands(member).answer()) == 1
    leave_group(member, aide_id=again.pk)
    assert own_stands(member).answer() == []
    kinds = [one.kind for one in Notice.objects.filter(person=member.person_id)]
    assert kinds.count("help-group-joined") == 2
    assert kinds.count("help-group-left") == 2


def test_help_is_an_ordinary_record_and_stands_in_the_story_of_the_household(world: World) -> None:
    row, stand, member = steps.at_work(world)
    statement = steps.helped(member, stand, "一起包了饺子")
    done = confirm_statements(world.actor("an"), statement_ids=[statement.pk])
    assert done.done
    record = ServiceRecord.objects.get(id=done.done[0].record_id)
    assert (record.minutes, record.result) == (30, "上门看望；一起包了饺子")
    assert len(helps_of(row)) == 1
    [due] = stands_of(row)
    assert due.due_on == clock.today() + steps.later(15)
    words = [one.words for one in stories_of(world.actor("an"), HouseholdFile.objects.get())]
    assert "上门看望；一起包了饺子" in " ".join(words)
    assert row.name in " ".join(words)


@pytest.mark.parametrize(
    ("kind", "words", "minutes"),
    [("other", " ", 30), ("company", files.GAO.name, 30), ("nothing", "", 30)],
)
def test_help_says_what_was_done_and_names_nobody(
    world: World, kind: str, words: str, minutes: int
) -> None:
    _, stand, member = steps.at_work(world)
    facts = HelpFacts(kind, clock.today(), minutes, words)
    with pytest.raises(Refused):
        state_help(member, stand_id=stand.pk, help_given=facts)


def test_help_of_a_day_before_one_joined_is_refused(world: World) -> None:
    _, stand, member = steps.at_work(world)
    facts = HelpFacts("company", clock.today() - steps.later(1), 30)
    with pytest.raises(Refused):
        state_help(member, stand_id=stand.pk, help_given=facts)


def test_one_group_stands_by_a_household_until_it_hands_it_over_or_ends(world: World) -> None:
    row, stand, member = steps.at_work(world)
    file = HouseholdFile.objects.get()
    other = steps.group(world, "第二网格红色帮扶小组")
    with pytest.raises(Refused) as refused:
        steps.taken(world, other, file)
    assert refused.value.code == "help-group.taken"
    moved = reassign_household(
        world.actor("an"), stand_id=stand.pk, group_id=other.pk, reason="调整网格"
    )
    assert own_stands(member).answer() == []
    assert list(stands_now()) == [moved]
    end_stand(world.actor("an"), stand_id=moved.pk, ending="helped", reason="")
    with pytest.raises(Refused):
        end_stand(world.actor("an"), stand_id=moved.pk, ending="helped", reason="")
    assert list(steps_of(world, row)) == []
    assert steps.taken(world, row, file).group == row


def steps_of(world: World, row: object) -> list[object]:
    return list(stands_now().filter(group=row))


def test_the_end_of_the_file_ends_the_rights_of_the_group_at_once(world: World) -> None:
    row, stand, member = steps.at_work(world)
    file = HouseholdFile.objects.get()
    forget_household(world.actor("an"), file_id=file.pk, ending="wish", reason="本户要求")
    assert own_stands(member).answer() == []
    with pytest.raises(Absent):
        read_helped_household(member, stand_id=stand.pk)
    assert close_over(SYSTEM) == 1
    assert close_over(SYSTEM) == 0
    stand.refresh_from_db()
    assert (stand.ending, stand.household_id) == ("gone", None)
    assert row.ended_at is None


def test_a_file_that_another_community_keeps_is_not_the_groups_any_more(world: World) -> None:
    _, _, member = steps.at_work(world)
    HouseholdFile.objects.update(community=world.bridge)
    assert own_stands(member).answer() == []
    assert close_over(SYSTEM) == 1


def test_somebody_without_account_is_in_it_by_name_and_only_who_may_joins(world: World) -> None:
    row, _, member = steps.at_work(world)
    police = AideFacts("police", name="民警小赵")
    assert join_group(world.actor("an"), group_id=row.pk, aide=police).name == "民警小赵"
    chen = member.person_id
    for facts in (
        AideFacts("police"),
        AideFacts("police", person_id=chen, name="小赵"),
        AideFacts("boss", name="小赵"),
        AideFacts("backbone", person_id=chen),
    ):
        with pytest.raises(Refused):
            join_group(world.actor("an"), group_id=row.pk, aide=facts)
    with pytest.raises(Absent):
        join_group(world.actor("bao"), group_id=row.pk, aide=AideFacts("police", name="民警小钱"))


def test_a_team_joins_as_long_as_each_is_in_it(world: World) -> None:
    files.on(world)
    row = steps.group(world)
    first, second = team_of(world, 2)
    join_team(world.actor("an"), group_id=row.pk, team_id=world.team.pk)
    assert {one.person_id for one in aides_now()} == {first.person_id, second.person_id}
    with pytest.raises(Refused):
        join_team(world.actor("an"), group_id=row.pk, team_id=world.team.pk)
    Registration.objects.filter(person=first.person_id).update(team=None)
    assert [one.person_id for one in aides_now()] == [second.person_id]
    assert close_over(SYSTEM) == 1


def test_a_group_dissolved_lets_everybody_and_every_household_go(world: World) -> None:
    row, stand, member = steps.at_work(world)
    dissolve_group(world.actor("an"), group_id=row.pk, reason="网格调整")
    assert own_stands(member).answer() == []
    with pytest.raises(Refused):
        steps.joined(world, row, member.person_id)
    stand.refresh_from_db()
    assert stand.ending == "over"


def test_visits_are_due_by_the_grade_and_the_group_is_reminded_once(world: World) -> None:
    start = clock.now()
    row, stand, member = steps.at_work(world)
    an = world.actor("an")
    assert due_visits(an, world.willow).answer() == 0
    assert to_remind() == []
    with clock.at(start + steps.later(13)):
        assert to_remind() == [stand.pk]
        assert tell_aides(SYSTEM, stand_id=stand.pk) == 1
        assert to_remind() == []
    with clock.at(start + steps.later(17)):
        [file] = with_group(visits_due(an, world.willow, clock.today()))
        assert (file.group_name, file.visited_on) == (row.name, None)
        assert due_visits(an, world.willow).answer() == 1
        steps.helped(member, stand)
        assert due_visits(an, world.willow).answer() == 0
        assert due_visits(world.actor("bao"), world.willow).answer() == 0


def test_above_the_community_only_steps_of_five_are_told(world: World) -> None:
    steps.at_work(world)
    [willow] = [
        one
        for one in group_counts(world.actor("fan"), world.willow.parent, last_quarter())
        if one.place == world.willow
    ]
    assert (willow.groups, willow.households, willow.helps) == (1, 0, 0)
    assert list(grids_without(world.actor("fan"), world.willow)) == []
