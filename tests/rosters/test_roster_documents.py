"""A roster that names people by another document than an identity card."""

from datetime import date

from baodao.kernel.crypto import ring
from baodao.people.commands.memberships import NewMember, add_member
from baodao.people.commands.proofs import StatedIdentity
from baodao.people.models import Person
from baodao.people.rules.identity_documents import IdentityDocument
from baodao.rosters.commands import roster as commands
from baodao.rosters.queries.roster import Examination, examine
from tests.people import steps
from tests.rosters import sheets
from tests.world import World

STATED = StatedIdentity(IdentityDocument.PASSPORT, "f", date(1985, 3, 12))


def entered(world: World, number: str = "E12345678") -> Person:
    new = NewMember(number, steps.yesterday(), steps.facts(world.first), stated=STATED)
    return add_member(world.actor("dai"), unit_id=world.bureau.pk, member=new)


def roster(world: World, **changes: sheets.Value) -> bytes:
    facts: dict[str, sheets.Value] = {
        "姓名": "罗新",
        "身份证号": "e1234 5678",
        "手机": "13900001111",
        "所在党支部": world.first.name,
        "入党时间": "2001.07",
    }
    return sheets.roster(sheets.person(1, **(facts | changes)))


def judged(world: World, content: bytes) -> Examination:
    return examine(world.bureau, content)


def test_somebody_new_is_told_with_the_way_to_enter_them(world: World) -> None:
    examination = judged(world, roster(world))
    assert [problem.kind for problem in examination.judgement.problems] == ["id-document"]
    assert (examination.judgement.people, examination.judgement.rows) == (1, [])


def test_who_was_entered_by_hand_is_the_same_person_in_the_next_roster(world: World) -> None:
    person = entered(world)
    examination = judged(world, roster(world))
    assert examination.judgement.problems == []
    assert (examination.differences.unchanged, examination.differences.new) == (1, [])
    assert person.name not in {member.name for member in examination.differences.gone}


def test_what_the_roster_says_else_of_them_is_taken_over(world: World) -> None:
    person = entered(world)
    content = roster(world, 手机="13900002222")
    commands.import_file(
        world.actor("deng"), unit_id=world.bureau.pk, file_name="名册.xlsx", content=content
    )
    after = Person.objects.get(pk=person.pk)
    assert after.phone == "13900002222"
    assert (after.id_document, after.id_number) == ("passport", "E12345678")
    assert (after.sex, after.born_on) == ("f", date(1985, 3, 12))
    assert bytes(after.id_blind) == ring().blind("E12345678", "id-number")


def test_another_problem_of_the_row_stays_one(world: World) -> None:
    entered(world)
    examination = judged(world, roster(world, 手机="12"))
    kinds = {problem.kind for problem in examination.judgement.problems}
    assert kinds == {"phone-invalid", "id-document"}
