"""One number under two names: the authority above both units sees both entries and settles it."""

import pytest

from baodao.identities.commands.corrections import confirm_number, propose_number
from baodao.identities.commands.merges import confirm_merge, propose_merge, undo_merge
from baodao.identities.models import IdentityCorrection, PersonMerge
from baodao.identities.queries.contests import contests
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.people.commands.departures import end_membership
from baodao.people.models import Membership, Person
from baodao.people.queries.members import current
from baodao.people.queries.numbers import entries_of
from baodao.people.rules.departures import Ending
from tests import factories
from tests.identities.steps import WHY, Entries, corrected, entries_under_one_number
from tests.people import steps
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.world import World


@pytest.fixture
def pair(world: World) -> Entries:
    return entries_under_one_number(world)


def pairs(actor: Actor) -> list[tuple[str, str]]:
    return [(row.person.name, row.holder.name) for row in contests(actor)]


def merged(world: World, kept: Person, gone: Person) -> PersonMerge:
    merge = propose_merge(world.actor("lu"), person_id=kept.pk, number=gone.number, **WHY)
    return confirm_merge(world.actor("he"), merge_id=merge.pk)


def holders(number: str) -> list[str]:
    return [person.name for person in entries_of(number) if person.contested_at is None]


@pytest.mark.parametrize("name", ["dai", "deng", "qin", "fan", "chen", "an", "sun", "shen", "su"])
def test_it_stands_with_who_is_above_both_and_with_nobody_else(
    world: World, pair: Entries, name: str
) -> None:
    assert pairs(world.actor("lu")) == [("罗新", "郝二鸣")]
    assert pairs(world.actor(name)) == []


def test_a_district_settles_what_is_of_its_own_units(world: World, pair: Entries) -> None:
    world.places["office"].parent = world.bureau
    Membership.objects.filter(person=pair[1]).update(branch=world.second)
    assert pairs(world.actor("fan")) == [("罗新", "郝二鸣")]


def test_the_number_of_the_one_put_right_closes_it(world: World, pair: Entries) -> None:
    mine, _ = pair
    number, right = mine.id_number, factories.id_number()
    corrected(world, mine, right)
    assert (holders(number), holders(right)) == (["郝二鸣"], ["罗新"])
    assert pairs(world.actor("lu")) == []


def test_the_number_of_the_holder_put_right_gives_it_to_the_other(
    world: World, pair: Entries
) -> None:
    mine, holder = pair
    number = mine.id_number
    corrected(world, holder, factories.id_number())
    assert holders(number) == ["罗新"]
    assert pairs(world.actor("lu")) == []


def test_a_number_that_stands_on_the_card_is_held_by_who_has_the_card(
    world: World, pair: Entries
) -> None:
    mine, holder = pair
    number = mine.id_number
    with pytest.raises(Refused, match=r"correction\.same"):
        propose_number(world.actor("dai"), person_id=mine.pk, id_number=number, **WHY)
    corrected(world, mine, number)
    assert holders(number) == ["罗新"]
    assert pairs(world.actor("lu")) == [("郝二鸣", "罗新")]
    corrected(world, holder, factories.id_number())
    assert pairs(world.actor("lu")) == []


def test_the_unit_may_be_the_second_and_learns_of_its_own_member_alone(
    world: World, pair: Entries
) -> None:
    mine, _ = pair
    right = factories.id_number()
    propose_number(world.actor("lu"), person_id=mine.pk, id_number=right, **WHY)
    page = text(browser(world, "dai").get("/people/corrections/"))
    assert "罗新" in page
    assert "郝" not in page
    correction = IdentityCorrection.objects.get()
    confirm_number(world.actor("dai"), correction_id=correction.pk, id_number=right)
    assert pairs(world.actor("lu")) == []


def test_two_of_two_units_are_merged_by_two_and_two_again_for_thirty_days(
    world: World, pair: Entries
) -> None:
    mine, holder = pair
    number = mine.id_number
    Person.objects.filter(pk=mine.pk).update(home_community=world.willow)
    registration = road.accepted(world, mine)
    merge = merged(world, holder, mine)
    registration.refresh_from_db()
    assert registration.person == holder
    assert pairs(world.actor("lu")) == []
    assert not current().filter(person=mine).exists()
    for name in ("dai", "deng"):
        with pytest.raises(Absent):
            undo_merge(world.actor(name), merge_id=merge.pk)
    undo_merge(world.actor("lu"), merge_id=merge.pk)
    registration.refresh_from_db()
    assert registration.person == mine
    assert (steps.branch_of(mine), holders(number)) == (world.first, ["郝二鸣"])
    assert pairs(world.actor("lu")) == [("罗新", "郝二鸣")]


def test_the_entry_that_stays_holds_the_number_until_the_merge_is_undone(
    world: World, pair: Entries
) -> None:
    mine, holder = pair
    merge = merged(world, mine, holder)
    assert holders(mine.id_number) == ["罗新"]
    undo_merge(world.actor("he"), merge_id=merge.pk)
    assert holders(mine.id_number) == ["郝二鸣"]
    assert pairs(world.actor("lu")) == [("罗新", "郝二鸣")]


def test_who_left_long_ago_under_another_name_is_merged_too(world: World, pair: Entries) -> None:
    mine, holder = pair
    Membership.objects.filter(person=holder).update(closed_at=clock.now(), to_on=clock.today())
    assert pairs(world.actor("lu")) == [("罗新", "郝二鸣")]
    merge = merged(world, mine, holder)
    assert holders(mine.id_number) == ["罗新"]
    undo_merge(world.actor("lu"), merge_id=merge.pk)
    assert not current().filter(person=holder).exists()


def test_two_of_whom_no_number_is_contested_are_not_merged_from_above(
    world: World, pair: Entries
) -> None:
    mine, holder = pair
    chen, hao = world.people["chen"], world.people["hao"]
    for kept, gone in ((mine, chen), (chen, hao), (holder, hao)):
        with pytest.raises((Refused, Absent)):
            propose_merge(world.actor("lu"), person_id=kept.pk, number=gone.number, **WHY)
    with pytest.raises(Absent):
        corrected(world, chen, factories.id_number())
    assert not PersonMerge.objects.exists()


def test_whoever_proposed_does_not_confirm(world: World, pair: Entries) -> None:
    mine, holder = pair
    with pytest.raises(Refused, match=r"second\.same"):
        corrected(world, mine, factories.id_number(), second="lu")
    merge = propose_merge(world.actor("lu"), person_id=mine.pk, number=holder.number, **WHY)
    with pytest.raises(Refused, match=r"second\.same"):
        confirm_merge(world.actor("lu"), merge_id=merge.pk)


def test_it_ends_with_the_membership_and_is_there_again_with_the_next(
    world: World, pair: Entries
) -> None:
    mine, _ = pair
    on = clock.today()
    end_membership(world.actor("dai"), person_id=mine.pk, ending=Ending.LEFT, on=on)
    assert pairs(world.actor("lu")) == []
    steps.added(world, mine.id_number)
    assert pairs(world.actor("lu")) == [("罗新", "郝二鸣")]


def test_of_several_the_first_holds_a_number_that_is_free_again(
    world: World, pair: Entries
) -> None:
    mine, holder = pair
    steps.clerk_elsewhere(world)
    third = steps.added(world, factories.id_number(), name="李三", phone="")
    corrected_by_unit(world, third, mine.id_number)
    assert sorted(pairs(world.actor("lu"))) == [("李三", "郝二鸣"), ("罗新", "郝二鸣")]
    corrected(world, holder, factories.id_number())
    assert pairs(world.actor("lu")) == [("李三", "罗新")]


def corrected_by_unit(world: World, person: Person, number: str) -> Person:
    correction = propose_number(world.actor("dai"), person_id=person.pk, id_number=number, **WHY)
    return confirm_number(world.actor("deng"), correction_id=correction.pk, id_number=number)


def test_the_right_number_of_the_mistaken_entry_is_given_to_the_one_that_stayed(
    world: World,
) -> None:
    chen = world.people["chen"]
    number = factories.id_number()
    twice = factories.member("陈晓宇", world.second, id_number=number)
    merge = propose_merge(world.actor("dai"), person_id=chen.pk, number=twice.number, **WHY)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert corrected_by_unit(world, chen, number).id_number == number
    assert [person.pk for person in entries_of(number) if person.contested_at is None] == [chen.pk]


def test_the_pages_lead_from_the_first_page_to_the_end(world: World, pair: Entries) -> None:
    mine, holder = pair
    lu, he = browser(world, "lu"), browser(world, "he")
    assert "/people/contests/" in lu.get("/overview/").text
    page = text(lu.get("/people/contests/"))
    for words in ("罗新", "郝二鸣", mine.number, holder.number, "区城建局机关党委", "一号两名"):
        assert words in page
    assert mine.id_number not in page
    path = f"/people/{mine.pk}/identity/"
    assert path in page
    facts = {"id_number": factories.id_number(), **WHY}
    shown = lu.post(path, facts)
    facts["compared"] = shown.context["form"]["compared"].value()
    assert lu.post(path, facts).headers["Location"] == "/people/contests/"
    correction = IdentityCorrection.objects.get()
    confirm = f"/people/corrections/{correction.pk}/confirm/"
    assert confirm not in lu.get("/people/contests/").text
    assert confirm in he.get("/people/contests/").text
    answer = he.post(confirm, {"id_number": facts["id_number"]})
    assert answer.headers["Location"] == "/people/contests/"
    assert "没有一号两名" in text(lu.get("/people/contests/"))
    rest = lu.get("/overview/").text
    assert rest.count("/people/contests/") == 1
    assert "处理" not in rest


def test_the_pages_merge_two_of_two_units(world: World, pair: Entries) -> None:
    mine, holder = pair
    lu, he = browser(world, "lu"), browser(world, "he")
    path = f"/people/{holder.pk}/merge/?number={mine.number}"
    assert path in lu.get("/people/contests/").text
    page = lu.get(path)
    facts = {"number": mine.number, "compared": page.context["form"]["compared"].value(), **WHY}
    assert lu.post(path, facts).headers["Location"] == "/people/contests/"
    merge = PersonMerge.objects.get()
    he.post(f"/people/merges/{merge.pk}/confirm/")
    assert f"/people/merges/{merge.pk}/undo/" in he.get("/people/contests/").text
    assert "/people/merges/" not in browser(world, "dai").get("/people/").text
    for name in ("dai", "an", "chen", "gu"):
        assert browser(world, name).get("/people/contests/").status_code == 404
