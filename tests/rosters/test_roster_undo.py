"""A roster applied by mistake is put back as a whole, or it says who and what stands in the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.departures import end_membership, retire
from baodao.people.models import Membership, Person
from baodao.people.queries.members import belonged, current, known_numbers
from baodao.people.queries.periods import belongings_of
from baodao.people.rules.departures import Ending
from baodao.rosters.commands import roster as commands
from baodao.rosters.commands.effects import undo_roster
from baodao.rosters.models import RosterImport
from tests import factories
from tests.ledger import steps as served
from tests.registration import steps as road
from tests.rosters import sheets
from tests.world import World


def applied(world: World, *people: Any, left: tuple[Person, ...] = ()) -> RosterImport:
    deng = world.actor("deng")
    content = sheets.roster(*people)
    roster = commands.upload(deng, unit_id=world.bureau.pk, file_name="名册.xlsx", content=content)
    commands.read(world.actor("deng"), roster.pk)
    gone = [person.pk for person in left]
    return commands.apply(deng, roster_id=roster.pk, rows=None, left=gone)


def ten(**changes: Any) -> list[Any]:
    return [sheets.person(order, **changes) for order in range(10)]


def members() -> set[tuple[str, int, str]]:
    return set(current().values_list("person__name", "branch", "standing"))


def test_what_a_roster_changed_is_put_back(world: World) -> None:
    applied(world, *ten())
    before, phones = members(), {row.pk: row.phone for row in Person.objects.all()}
    chen = world.people["chen"]
    mistake = [*ten(人员状态="退休", 手机="19911112222"), sheets.person(11)]
    roster = applied(world, *mistake, left=(chen,))
    assert members() != before
    undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert members() == before
    assert {row.pk: row.phone for row in Person.objects.filter(pk__in=phones)} == phones
    roster.refresh_from_db()
    assert roster.state == "undone"
    assert JournalEntry.objects.get(verb="roster.undone").facts == {"people": 12}
    assert Membership.objects.filter(person__name=sheets.name(11)).get().ending == "undone"
    assert Membership.objects.filter(person=chen).count() == 2


def test_the_right_roster_comes_in_afterwards(world: World) -> None:
    roster = applied(world, *ten())
    undo_roster(world.actor("deng"), roster_id=roster.pk)
    people = Person.objects.count()
    applied(world, *ten())
    assert Person.objects.count() == people
    assert current().filter(branch__path__startswith=world.bureau.path).count() == 11


def test_it_says_who_and_what_stands_in_the_way(world: World) -> None:
    roster = applied(world, *ten())
    first, second = (Person.objects.get(name=sheets.name(order)) for order in (0, 1))
    Person.objects.filter(pk=first.pk).update(home_community=world.willow)
    road.issued(world, first)
    with clock.at(clock.now() + timedelta(days=1)):
        retire(world.actor("deng"), person_id=second.pk, on=clock.today())
        with pytest.raises(Refused, match=r"roster\.built-on") as refusal:
            undo_roster(world.actor("deng"), roster_id=roster.pk)
    words = refusal.value.text()
    assert first.name in words
    assert "介绍信" in words
    assert second.name in words
    assert current().filter(person=first).exists()


def refusal(world: World, roster: RosterImport) -> str:
    with pytest.raises(Refused, match=r"roster\.built-on") as no:
        undo_roster(world.actor("deng"), roster_id=roster.pk)
    return no.value.text()


def test_a_letter_of_who_came_back_by_the_roster_stands_in_the_way(world: World) -> None:
    chen = world.people["chen"]
    applied(world, *ten(), left=(chen,))
    row = sheets.person(1, 姓名=chen.name, 身份证号=chen.id_number)
    assert not current().filter(person=chen).exists()
    roster = applied(world, row)
    road.issued(world, chen)
    words = refusal(world, roster)
    assert chen.name in words
    assert "介绍信" in words
    assert current().filter(person=chen).exists()


def test_a_service_in_the_branch_into_which_a_roster_moved_somebody_stands_in_the_way(
    world: World,
) -> None:
    applied(world, *ten())
    first, second = (Person.objects.get(name=sheets.name(order)) for order in (0, 1))
    Person.objects.filter(pk__in=[first.pk, second.pk]).update(home_community=world.willow)
    rows = [sheets.person(0, 所在党支部="第一党支部"), sheets.person(1, 手机="19911112222")]
    roster = applied(world, *rows)
    for person in (first, second):
        served.record(world, person)
    words = refusal(world, roster)
    assert first.name in words
    assert second.name not in words, "who stayed where they were"


def test_a_later_roster_is_undone_first(world: World) -> None:
    first = applied(world, *ten())
    second = applied(world, *ten(人员状态="退休"))
    with pytest.raises(Refused, match=r"roster\.overlaid"):
        undo_roster(world.actor("deng"), roster_id=first.pk)
    undo_roster(world.actor("deng"), roster_id=second.pk)
    with pytest.raises(Refused, match=r"roster\.not-undoable"):
        undo_roster(world.actor("deng"), roster_id=second.pk)


@pytest.mark.parametrize("name", ["an", "qin", "fan", "chen", "gu"])
def test_others_undo_nothing(world: World, name: str) -> None:
    roster = applied(world, *ten())
    with pytest.raises(Absent):
        undo_roster(world.actor(name), roster_id=roster.pk)


def test_the_page_of_a_roster_offers_it_and_tells_afterwards(world: World) -> None:
    roster = applied(world, *ten())
    client = Client()
    client.force_login(world.accounts["deng"])
    page, undo = f"/people/rosters/{roster.pk}/", f"/people/rosters/{roster.pk}/undo/"
    assert undo in client.get(page).content.decode()
    assert client.get(undo).status_code == 200
    assert client.post(undo).headers["Location"] == page
    words = client.get(page).content.decode()
    assert undo not in words
    assert "已撤销" in words


def test_an_undone_roster_says_nothing_of_where_anybody_belonged(world: World) -> None:
    applied(world, *ten())
    back, left = Person.objects.get(name=sheets.name(3)), clock.today() - timedelta(days=60)
    Membership.objects.filter(person=back).update(from_on=left)
    end_membership(world.actor("deng"), person_id=back.pk, ending=Ending.LEFT, on=left)
    people = [*ten(), sheets.person(11)]
    undo_roster(world.actor("deng"), roster_id=applied(world, *people).pk)
    fresh = Person.objects.get(name=sheets.name(11))
    belongings = belongings_of([back.pk, fresh.pk])
    assert {person: one.left_on for person, one in belongings.items()} == {back.pk: left}
    assert not belonged(world.bureau).filter(person=fresh).exists()
    assert known_numbers([back.number, fresh.number]) == {back.number: back.pk}


def test_the_branches_of_a_first_roster_go_with_it(world: World) -> None:
    bureau = factories.organisation(Kind.UNIT, "区水务局机关党委", world.east)
    world.accounts["deng"] = factories.account("邓敏", Role.UNIT_SECRETARY, bureau)
    world.places["bureau"] = bureau
    wrong = applied(world, *ten(所在党支部="水库党支部"))
    undo_roster(world.actor("deng"), roster_id=wrong.pk)
    assert Organisation.objects.get(name="水库党支部").closed_at is not None
    applied(world, *ten(所在党支部="河道党支部"))
    assert Organisation.objects.get(parent=bureau, closed_at=None).name == "河道党支部"
