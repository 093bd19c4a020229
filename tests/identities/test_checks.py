"""The authority above two entries asks their units to compare the number with the card."""

import pytest

from baodao.identities.commands.checks import answer_check, ask_units
from baodao.identities.commands.corrections import confirm_number, propose_number
from baodao.identities.commands.merges import confirm_merge, propose_merge, undo_merge
from baodao.identities.models import NumberCheck
from baodao.identities.queries.checks import waiting_checks
from baodao.identities.queries.contests import contests
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.queries.notices import notices_to, sentence_of
from baodao.notices.queries.pending import with_closed
from baodao.orgs.models import Organisation
from baodao.people.models import Membership, Person
from tests import factories
from tests.identities.steps import WHY, Entries, corrected, entries_under_one_number
from tests.people import steps
from tests.registration.browsing import browser, text
from tests.world import World

PROOF = "本人身份证原件"


@pytest.fixture
def pair(world: World) -> Entries:
    return entries_under_one_number(world)


@pytest.fixture
def check(world: World, pair: Entries) -> NumberCheck:
    """Lu asks Dai's unit about Luo, and Lin's about Hao's colleague; that of Luo."""
    steps.clerk_elsewhere(world)
    ask_units(world.actor("lu"), person_id=pair[0].pk)
    return NumberCheck.objects.get(person=pair[0])


def sentences(world: World, name: str, place: Organisation | None = None) -> list[str]:
    rows = notices_to(world.actor(name), place).order_by("show_at", "pk")
    return [sentence_of(row) for row in rows]


@pytest.mark.usefixtures("check")
def test_each_unit_is_asked_about_its_own_member_and_learns_of_nobody_else(
    world: World, pair: Entries
) -> None:
    mine, holder = pair
    for name, place, own, other in (
        ("dai", world.bureau, mine, holder),
        ("lin", world.commission, holder, mine),
    ):
        [sentence] = sentences(world, name, place)
        page = text(browser(world, name).get("/people/corrections/"))
        for words in (sentence, page):
            assert own.name in words
            assert other.name not in words
        assert other.number not in page
        assert mine.id_number not in page
        assert "/people/corrections/" in browser(world, name).get("/people/").text
    entries = JournalEntry.objects.filter(verb="identity.asked")
    assert {entry.about: entry.scope_id for entry in entries} == {
        mine.pk: world.first.pk,
        holder.pk: world.office.pk,
    }


def test_a_unit_answers_that_it_stands_and_the_other_corrects_its_own(
    world: World, pair: Entries, check: NumberCheck
) -> None:
    mine, holder = pair
    number, right = mine.id_number, factories.id_number()
    answer_check(world.actor("dai"), check_id=check.pk, evidence=PROOF)
    page = text(browser(world, "lu").get("/people/contests/"))
    assert PROOF in page
    assert sentences(world, "lu") == ["区城建局机关党委已核对罗新的身份证号：与证件一致。"]
    correction = propose_number(world.actor("lin"), person_id=holder.pk, id_number=right, **WHY)
    confirm_number(world.actor("he"), correction_id=correction.pk, id_number=right)
    assert contests(world.actor("lu")) == []
    assert Person.objects.get(pk=mine.pk).contested_at is None
    assert Person.objects.get(pk=mine.pk).id_number == number
    assert sentences(world, "lu")[1:] == ["您请市发展委机关党委核对的郝二鸣的身份证号已更正。"]
    assert sentences(world, "lin", world.commission)[1:] == ["上级已更正郝二鸣的身份证号。"]


def test_what_was_asked_closes_with_the_answer_and_with_the_contest(
    world: World, pair: Entries, check: NumberCheck
) -> None:
    def closed(name: str, place: Organisation) -> list[bool]:
        return [row.closed for row in with_closed(notices_to(world.actor(name), place))]

    assert (closed("dai", world.bureau), closed("lin", world.commission)) == ([False], [False])
    answer_check(world.actor("dai"), check_id=check.pk, evidence=PROOF)
    assert (closed("dai", world.bureau), closed("lin", world.commission)) == ([True], [False])
    corrected(world, pair[0], factories.id_number())
    assert True in closed("lin", world.commission)
    assert not waiting_checks(world.actor("lin")).exists()


def test_the_first_page_of_a_unit_says_how_many_numbers_to_compare_until_they_are(
    world: World, check: NumberCheck
) -> None:
    def card(name: str) -> str:
        return browser(world, name).get("/unit/").text.partition("<main")[2]

    for name in ("dai", "lin"):
        assert "1 名党员的身份证号待与证件核对" in card(name)
        assert 'href="/people/corrections/"' in card(name)
    answer_check(world.actor("dai"), check_id=check.pk, evidence=PROOF)
    assert "/people/corrections/" not in card("dai")
    corrected(world, check.person, factories.id_number())
    assert "/people/corrections/" not in card("lin")


def test_nobody_is_asked_twice_and_who_is_no_member_not_at_all(world: World, pair: Entries) -> None:
    mine, holder = pair
    Membership.objects.filter(person=holder).update(closed_at=mine.contested_at)
    lu = world.actor("lu")
    assert [check.person_id for check in ask_units(lu, person_id=mine.pk)] == [mine.pk]
    with pytest.raises(Refused, match=r"check\.waiting"):
        ask_units(lu, person_id=mine.pk)


@pytest.mark.parametrize("name", ["dai", "deng", "fan", "an", "chen", "gu", "sun", "shen"])
def test_only_who_settles_asks_and_only_the_unit_answers(
    world: World, pair: Entries, name: str
) -> None:
    with pytest.raises(Absent):
        ask_units(world.actor(name), person_id=pair[0].pk)
    ask_units(world.actor("lu"), person_id=pair[0].pk)
    check = NumberCheck.objects.get(person=pair[0])
    if name in ("dai", "deng"):
        with pytest.raises(Refused, match=r"correction\.evidence"):
            answer_check(world.actor(name), check_id=check.pk, evidence="看")
    else:
        with pytest.raises(Absent):
            answer_check(world.actor(name), check_id=check.pk, evidence=PROOF)


def test_the_units_are_told_of_a_merge_from_above_and_of_its_undoing(
    world: World, pair: Entries
) -> None:
    mine, holder = pair
    steps.clerk_elsewhere(world)
    lu, he = world.actor("lu"), world.actor("he")
    merge = propose_merge(lu, person_id=holder.pk, number=mine.number, **WHY)
    confirm_merge(he, merge_id=merge.pk)
    undo_merge(lu, merge_id=merge.pk)
    away, back = sentences(world, "dai", world.bureau)
    assert "罗新曾重复登记" in away
    assert "不再属于贵单位" in away
    assert "已回到贵单位" in back
    here, gone = sentences(world, "lin", world.commission)
    assert "并入贵单位" in here
    assert "已退回" in gone
    for words in (away, back):
        assert "郝" not in words
    for words in (here, gone):
        assert "罗" not in words


def test_the_pages_ask_and_answer(world: World, pair: Entries) -> None:
    lu, dai = browser(world, "lu"), browser(world, "dai")
    path = f"/people/contests/{pair[0].pk}/ask/"
    assert path in lu.get("/people/contests/").text
    assert lu.post(path).headers["Location"] == "/people/contests/"
    assert path not in lu.get("/people/contests/").text
    check = NumberCheck.objects.get(person=pair[0])
    answer = f"/people/checks/{check.pk}/"
    assert answer in dai.get("/people/corrections/").text
    assert "罗新" in text(dai.get(answer))
    assert dai.post(answer, {"evidence": "看"}).status_code == 422
    assert dai.post(answer, {"evidence": PROOF}).headers["Location"] == "/people/corrections/"
    assert dai.get(answer).status_code == 404
    for name in ("an", "chen", "gu", "deng"):
        assert browser(world, name).post(path).status_code == 404
