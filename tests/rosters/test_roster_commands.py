"""A roster taken over once: what is written, what is left alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from baodao.accounts.queries import actor_of
from baodao.kernel import clock, crypto
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Membership, Person
from baodao.rosters.commands import roster as commands
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import Examination, examine, rosters
from baodao.rosters.rules.policies import MOST_PEOPLE
from baodao.rosters.rules.roster import Corrections
from baodao.rostersheets.rules.roster import PLAIN
from tests import factories
from tests.orgs.test_reorganisations import done
from tests.people.steps import clerk_elsewhere
from tests.registration import steps as road
from tests.rosters import sheets
from tests.world import World


def take_over(world: World, content: bytes, name: str = "deng") -> Examination:
    return commands.import_file(
        world.actor(name), unit_id=world.bureau.pk, file_name="名册.xlsx", content=content
    )


def ten() -> list[list[sheets.Value]]:
    return [sheets.person(order) for order in range(10)]


def test_it_writes_persons_who_can_be_found_and_read(world: World) -> None:
    take_over(world, sheets.roster(sheets.person(1, 姓名="曾 晓宇", 手机="１９９0000 1111")))
    person = Person.objects.get(name="曾晓宇")
    ring = crypto.ring()
    assert (person.pinyin, person.initials) == ("zeng xiao yu", "zxy")
    assert person.name_bigrams == ["曾晓", "晓宇"]
    assert ring.unseal(bytes(person.id_sealed), "id-number") == sheets.id_number(1)
    assert bytes(person.id_tail_blind) == ring.blind(sheets.id_number(1)[-4:], "id-tail")
    assert ring.unseal(bytes(person.phone_sealed), "phone") == "19900001111"
    assert bytes(person.phone_tail_blind) == ring.blind("1111", "phone-tail")
    assert person.sex == "m"
    assert f"{person.joined_on}" == "2005-07-01"


def test_the_same_file_again_changes_nothing(world: World) -> None:
    content = sheets.roster(*ten())
    assert len(take_over(world, content).differences.new) == 10
    before = list(Person.objects.order_by("pk").values())
    periods = Membership.objects.count()
    again = take_over(world, content).differences
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 10)
    assert list(Person.objects.order_by("pk").values()) == before
    assert Membership.objects.count() == periods


def test_a_changed_row_closes_one_period_and_opens_another(world: World) -> None:
    take_over(world, sheets.roster(*ten()))
    rows = ten()
    rows[3] = sheets.person(3, 人员状态="退休")
    rows[4] = sheets.person(4, 手机="19900009999")
    found = take_over(world, sheets.roster(*rows)).differences
    assert [(c.row.name, c.facts) for c in found.changed] == [
        (sheets.name(3), ("standing",)),
        (sheets.name(4), ("phone",)),
    ]
    person = Person.objects.get(name=sheets.name(3))
    closed, live = Membership.objects.filter(person=person).order_by("closed_at")
    assert closed.closed_at is not None
    assert (closed.standing, live.standing, live.closed_at) == ("in-service", "retired", None)
    assert Membership.objects.filter(person__name=sheets.name(4)).count() == 1
    other = Person.objects.get(name=sheets.name(4))
    assert crypto.ring().unseal(bytes(other.phone_sealed), "phone") == "19900009999"


def test_what_a_file_leaves_empty_stays_as_it_is(world: World) -> None:
    take_over(world, sheets.roster(sheets.person(1)))
    emptied = sheets.person(1, 手机="", 人员状态="", 入党时间="")
    assert take_over(world, sheets.roster(emptied)).differences.unchanged == 1


def test_somebody_not_in_the_file_is_asked_about_and_kept(world: World) -> None:
    take_over(world, sheets.roster(*ten()))
    found = take_over(world, sheets.roster(*ten()[1:])).differences
    assert {held.name for held in found.gone} == {sheets.name(0), "陈晓宇"}
    assert Membership.objects.filter(person__name=sheets.name(0), closed_at=None).exists()


def test_a_row_with_an_unreadable_number_does_not_make_its_person_gone(world: World) -> None:
    take_over(world, sheets.roster(*ten()))
    rows = [sheets.person(0, 身份证号=4.2e17), *ten()[1:]]
    found = take_over(world, sheets.roster(*rows))
    assert [held.name for held in found.differences.gone] == ["陈晓宇"]
    assert [problem.kind for problem in found.judgement.problems] == ["id-precision-lost"]


def test_a_member_of_another_unit_is_left_alone_and_no_stranger_is_named(world: World) -> None:
    factories.member(sheets.name(5), world.office, id_number=sheets.id_number(5))
    factories.member("郝二鸣", world.office, id_number=sheets.id_number(6))
    examination = take_over(world, sheets.roster(*ten()))
    [problem] = examination.judgement.problems
    assert (problem.kind, problem.row) == ("duplicate-held", 7)
    words = f"{problem}"
    assert "郝" not in words.replace(sheets.name(5), "")
    assert "发展委" not in words
    assert len(examination.differences.new) == 9
    assert Person.objects.get(name="郝二鸣").memberships.get().branch == world.office
    assert JournalEntry.objects.get(verb="roster.met-others").facts == {"rows": 1}


def test_a_file_of_guessed_numbers_is_read_no_further_than_a_handful(world: World) -> None:
    for order in range(7):
        factories.member(sheets.name(order), world.office, id_number=sheets.id_number(order))
    examination = take_over(world, sheets.roster(*ten()))
    kinds = [problem.kind for problem in examination.judgement.problems]
    assert kinds == ["duplicate-held"] * 5 + ["reading-stopped"]
    assert examination.differences.new == []
    assert JournalEntry.objects.get(verb="roster.met-others").facts == {"rows": 5}


def test_a_handful_of_other_units_members_is_told_a_day_over_all_files(world: World) -> None:
    for order in range(7):
        factories.member(sheets.name(order), world.office, id_number=sheets.id_number(order))

    def read_in(*orders: int, days: int = 0) -> list[str]:
        content = sheets.roster(*(sheets.person(order) for order in orders))
        deng = world.actor("deng")
        with clock.at(clock.now() + timedelta(days=days)):
            held = commands.upload(deng, unit_id=world.bureau.pk, file_name="x", content=content)
            held = commands.read(deng, held.pk)
        return [one["kind"] for one in held.report["problems"]]

    assert read_in(0, 1, 2) == ["duplicate-held"] * 3
    assert read_in(3, 4, 5, 8) == ["duplicate-held"] * 2 + ["reading-stopped"]
    assert read_in(6) == ["reading-stopped"]
    assert read_in(9) == [], "who is nobody's member is taken all the same"
    assert read_in(0, 9) == ["duplicate-held"]
    assert read_in(6, 9, days=1) == ["duplicate-held"]


def test_a_roster_applied_after_the_handful_was_told_takes_whom_its_reading_took(
    world: World,
) -> None:
    for order in range(5):
        factories.member(sheets.name(order), world.office, id_number=sheets.id_number(order))
    deng = world.actor("deng")

    def read_in(*orders: int) -> RosterImport:
        content = sheets.roster(*(sheets.person(order) for order in orders))
        held = commands.upload(deng, unit_id=world.bureau.pk, file_name="x", content=content)
        return commands.read(deng, held.pk)

    first, second, late = read_in(7), read_in(0, 1, 2, 3, 4, 8), read_in(9)
    before = Membership.objects.count()
    for held, added in ((first, 1), (second, 1), (late, 1)):
        commands.apply(deng, roster_id=held.pk, rows=None)
        assert Membership.objects.count() == before + added
        before += added


def test_a_number_that_differs_while_the_rest_agrees_is_asked_about(world: World) -> None:
    take_over(world, sheets.roster(*ten()))
    people = Person.objects.count()
    rows = ten()
    rows[3] = sheets.person(3, 身份证号=sheets.id_number(333))
    examination = take_over(world, sheets.roster(*rows))
    assert [problem.kind for problem in examination.judgement.problems] == ["same-person"]
    assert Person.objects.count() == people


def test_several_numbers_that_differ_are_asked_about_and_the_others_taken_over(
    world: World,
) -> None:
    take_over(world, sheets.roster(*ten()))
    rows = ten()
    for order in (2, 5, 8):
        rows[order] = sheets.person(order, 身份证号=sheets.id_number(330 + order))
    rows[4] = sheets.person(4, 人员状态="退休")
    examination = take_over(world, sheets.roster(*rows))
    kinds = [problem.kind for problem in examination.judgement.problems]
    assert kinds == ["same-person"] * 3
    found = examination.differences
    assert (len(found.new), len(found.changed), found.unchanged) == (0, 1, 6)


def test_members_of_a_closed_unit_come_over_with_the_roster(world: World) -> None:
    old = factories.member(sheets.name(5), world.office, id_number=sheets.id_number(5))
    world.commission.closed_at = clock.now()
    world.commission.save()
    take_over(world, sheets.roster(*ten()))
    before, now = Membership.objects.filter(person=old).order_by("recorded_at")
    assert (before.ending, now.closed_at) == ("transferred", None)
    assert now.branch.path.startswith(world.bureau.path)


def test_who_left_by_the_roster_is_registered_no_more(world: World) -> None:
    chen = world.people["chen"]
    registration = road.accepted(world)
    content = sheets.roster(*ten())
    roster = commands.upload(
        world.actor("deng"), unit_id=world.bureau.pk, file_name="名册.xlsx", content=content
    )
    commands.read(world.actor("deng"), roster.pk)
    commands.apply(world.actor("deng"), roster_id=roster.pk, rows=None, left=[chen.pk])
    assert Membership.objects.get(person=chen).ending == "left"
    row = road.fresh(registration)
    assert (row.state, row.ended_reason) == ("ended", "moved")


def test_a_unit_uploads_no_more_than_a_days_files(world: World) -> None:
    for _ in range(20):
        commands.upload(
            world.actor("deng"), unit_id=world.bureau.pk, file_name="a.csv", content=b"x"
        )
    with pytest.raises(Refused, match=r"table\.files"):
        commands.upload(
            world.actor("deng"), unit_id=world.bureau.pk, file_name="a.csv", content=b"x"
        )


def test_a_roster_read_again_is_one_more_of_the_days_files(world: World) -> None:
    deng, content = world.actor("deng"), sheets.roster(*ten())
    roster = commands.upload(deng, unit_id=world.bureau.pk, file_name="a.xlsx", content=content)
    for _ in range(19):
        commands.read(deng, roster.pk)
        commands.choose_columns(deng, roster_id=roster.pk, corrections=Corrections({}), scope=PLAIN)
    commands.read(deng, roster.pk)
    with pytest.raises(Refused, match=r"table\.files"):
        commands.choose_columns(deng, roster_id=roster.pk, corrections=Corrections({}), scope=PLAIN)
    with pytest.raises(Refused, match=r"table\.files"):
        commands.upload(deng, unit_id=world.bureau.pk, file_name="a.csv", content=b"x")


def test_a_file_far_larger_than_its_unit_is_refused(world: World) -> None:
    set_policy(world.actor("sun"), organisation_id=world.city.pk, policy=MOST_PEOPLE, value=200)
    rows = [sheets.person(order) for order in range(201)]
    roster = commands.upload(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        file_name="名册.xlsx",
        content=sheets.roster(*rows),
    )
    roster = commands.read(world.actor("deng"), roster.pk)
    assert roster.state == "refused"
    assert roster.report["refused"]["facts"] == {"people": 201, "most": 200}


def test_somebody_who_left_comes_back_as_the_same_person(world: World) -> None:
    back = factories.person(sheets.name(5), id_number=sheets.id_number(5))
    take_over(world, sheets.roster(sheets.person(5)))
    assert Membership.objects.get(person=back).branch == world.first


def test_a_number_that_somebody_of_another_name_had_makes_them_nobody_else(world: World) -> None:
    """Wherever they were a member before: services of one are not another's."""
    before = factories.person("郝三鸣", id_number=sheets.id_number(5))
    examination = take_over(world, sheets.roster(*ten()))
    assert examination.judgement.problems == []
    before.refresh_from_db()
    assert before.name == "郝三鸣"
    assert not Membership.objects.filter(person=before).exists()
    assert len(examination.differences.new) == 10
    assert Person.objects.get(name=sheets.name(5)).pk != before.pk


def test_branches_of_the_first_file_are_made(world: World) -> None:
    unit = factories.organisation("unit", "区档案局党总支", world.east, code="U1003")
    row = sheets.person(1, 姓名="郑涛", 所在党支部="第1党支部")
    other = sheets.person(2, 姓名="白洁", 所在党支部="第一支部")
    third = sheets.person(3, 姓名="安宁", 所在党支部="老干部党支部")
    actor = world.actor("deng")
    with pytest.raises(Absent):
        commands.import_file(actor, unit_id=unit.pk, file_name="a", content=sheets.roster(row))
    clerk = actor_of(factories.account("方", Role.UNIT_CLERK, unit, username="fang"))
    content = sheets.roster(row, other, third)
    commands.import_file(clerk, unit_id=unit.pk, file_name="a", content=content)
    branch, last = unit.children.order_by("code")
    assert [branch.name, last.name] == ["第1党支部", "老干部党支部"], "in the order of the file"
    assert Membership.objects.filter(branch=branch).count() == 2


def test_it_tells_the_journal_without_numbers(world: World) -> None:
    take_over(world, sheets.roster(*ten()))
    entry = JournalEntry.objects.get(verb="roster.applied")
    assert entry.facts == {"new": 10, "changed": 0, "ended": 0}
    assert entry.scope_id == world.bureau.pk
    assert RosterImport.objects.get(pk=entry.about).state == "applied"
    told = str(list(JournalEntry.objects.values_list("facts", flat=True)))
    assert sheets.id_number(3) not in told
    assert sheets.id_number(3) not in str(RosterImport.objects.get().report)


def test_the_steps_from_upload_to_report(world: World) -> None:
    actor = world.actor("deng")
    roster = commands.upload(
        actor, unit_id=world.bureau.pk, file_name="名册.xlsx", content=sheets.roster(*ten())
    )
    assert sheets.name(1).encode() not in bytes(roster.file_sealed)
    commands.read(world.actor("deng"), roster.id)
    roster.refresh_from_db()
    assert (roster.state, roster.report["new"], roster.report["gone"]) == ("read", 10, 1)
    chen = world.people["chen"]
    commands.apply(actor, roster_id=roster.id, rows=[("Sheet1", 2), ("Sheet1", 3)], left=[chen.pk])
    roster.refresh_from_db()
    assert roster.state == "applied"
    assert roster.file_sealed is None
    assert roster.report["applied"] == {"new": 2, "changed": 0, "ended": 1, "by": "邓敏"}
    assert not Membership.objects.filter(person=chen, closed_at=None).exists()
    commands.apply(actor, roster_id=roster.id, rows=None)
    assert Membership.objects.filter(closed_at=None, branch__parent=world.bureau).count() == 2


def test_a_corrected_column_is_remembered_for_the_unit(world: World) -> None:
    header = ["序号", "人名", "身份证号", "手机", "所在党支部", "人员状态", "入党时间"]
    content = sheets.roster(*ten(), header=header)
    actor = world.actor("deng")
    roster = commands.upload(actor, unit_id=world.bureau.pk, file_name="a.xlsx", content=content)
    commands.read(world.actor("deng"), roster.id)
    roster.refresh_from_db()
    assert roster.report["problem_counts"] == {"column-missing": 1}
    words = Corrections({"人名": "name", "手机": ""})
    commands.choose_columns(actor, roster_id=roster.id, corrections=words, scope=PLAIN)
    commands.read(world.actor("deng"), roster.id)
    roster.refresh_from_db()
    assert (roster.report["good"], roster.report["problem_counts"]) == (10, {})
    assert "phone" not in roster.columns
    assert examine(world.bureau, content).judgement.columns["name"] == "人名"
    assert "name" not in examine(world.commission, content).judgement.columns


def test_a_file_that_cannot_be_read_is_refused_and_forgotten(world: World) -> None:
    actor = world.actor("deng")
    roster = commands.upload(
        actor, unit_id=world.bureau.pk, file_name="a.xlsx", content=b"\x89PNG\r\n\x1a\n\x00"
    )
    commands.read(world.actor("deng"), roster.id)
    roster.refresh_from_db()
    assert (roster.state, roster.file_sealed) == ("refused", None)
    assert roster.report["refused"]["reason"] == "spreadsheet.not-a-spreadsheet"
    with pytest.raises(Refused):
        commands.apply(actor, roster_id=roster.id, rows=None)


def test_a_cancelled_roster_is_not_applied(world: World) -> None:
    actor = world.actor("deng")
    roster = commands.upload(
        actor, unit_id=world.bureau.pk, file_name="a.xlsx", content=sheets.roster(*ten())
    )
    RosterImport.objects.filter(pk=roster.id).update(state="reading")
    commands.discard(actor, roster_id=roster.id)
    commands.read(world.actor("deng"), roster.id)
    roster.refresh_from_db()
    assert (roster.state, roster.file_sealed) == ("cancelled", None)


def test_a_cancelled_roster_is_not_thrown_away_later(world: World) -> None:
    """Cancelled at an instant at which nobody looked any more, it is cancelled for good."""
    actor = world.actor("deng")
    header = ["序号", "人名", "证号", "手机", "所在党支部", "人员状态", "入党时间"]
    content = sheets.roster(["甲", "乙"], header=header)
    roster = commands.upload(actor, unit_id=world.bureau.pk, file_name="a.xlsx", content=content)
    RosterImport.objects.filter(pk=roster.id).update(state="reading")
    commands.discard(actor, roster_id=roster.id)
    assert commands.read(actor, roster.id).state == "cancelled"
    assert RosterImport.objects.get().file_sealed is None


def test_a_roster_of_a_unit_that_was_closed_meanwhile_is_neither_read_nor_applied(
    world: World,
) -> None:
    clerk_elsewhere(world)
    content, unit = sheets.roster(*ten()), world.bureau.pk
    deng = world.actor("deng")
    roster = commands.upload(deng, unit_id=unit, file_name="名册.xlsx", content=content)
    commands.read(deng, roster.pk)
    done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    people = Person.objects.count()
    lin = world.actor("lin")
    assert rosters(lin).get() == roster
    acts: list[Callable[[], object]] = [
        lambda: commands.apply(lin, roster_id=roster.pk, rows=None),
        lambda: commands.choose_columns(
            lin, roster_id=roster.pk, corrections=Corrections(), scope=PLAIN
        ),
    ]
    for act in acts:
        with pytest.raises(Refused, match=r"organisation\.succeeded"):
            act()
    assert Person.objects.count() == people


def test_the_unit_next_door_sees_no_roster_of_ours(world: World) -> None:
    take_over(world, sheets.roster(*ten()))
    other = factories.account("何", "unit-clerk", world.commission, username="he")
    world.accounts["he"] = other
    assert rosters(world.actor("deng")).count() == 1
    assert rosters(world.actor("he")).count() == 0
    assert rosters(world.actor("an")).count() == 0
    with pytest.raises(Absent):
        commands.discard(world.actor("he"), roster_id=RosterImport.objects.get().id)


@pytest.mark.parametrize("table", ["people_person", "rosters_rosterimport", "kernel_journalentry"])
def test_no_identity_number_is_in_clear_in_the_database(world: World, table: str) -> None:
    take_over(world, sheets.roster(*ten()))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", ["%19800501%"])
        assert cursor.fetchone() == (0,)
