"""A number that is kept under another name is taken like any other: who types it learns nothing."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from baodao.accounts.models import Account
from baodao.identities.models import IdentityCorrection
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.models import JournalEntry
from baodao.people.commands.numbers import CONTESTED
from baodao.people.models import Membership, Person
from baodao.people.queries.members import current
from baodao.registration.models import Letter
from baodao.rosters.models import RosterImport
from tests import factories
from tests.people import steps
from tests.registration import steps as road
from tests.registration.browsing import CLIENT_ID, browser, client_id
from tests.rosters import sheets
from tests.rosters.test_roster_commands import take_over
from tests.world import World

NUMBER = sheets.id_number(1)
VARYING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\bV[0-9A-Z]{10}\b"
    r'|name="csrfmiddlewaretoken" value="[^"]+"|(?:/l/|%2Fl%2F)[0-9A-Za-z_-]+'
    r'|<path stroke="#000" d="[^"]+"'
)
"""Ids, volunteer numbers, tokens and their codes to be photographed: another each time."""
Answers = list[tuple[int, str, str]]
Story = Callable[[World], Iterator[HttpResponse]]


def typed(**values: str) -> dict[str, str]:
    """What Dai sends to add somebody."""
    usual = {
        "name": "罗新",
        "id_number": NUMBER,
        "phone": "13900001111",
        "from_on": steps.yesterday().isoformat(),
        "grade": "full",
        "standing": "in-service",
        "lives_in_city": "on",
    }
    return usual | values


def add(world: World, form: str = "", **values: str) -> HttpResponse:
    facts = typed(branch=str(world.first.pk), **values)
    return browser(world, "dai").post(f"/people/add/{form}", facts)


def by_hand(world: World) -> Iterator[HttpResponse]:
    """Added, looked at, searched by number and by its end, corrected, edited, read in full."""
    dai = browser(world, "dai")
    yield add(world)
    person = Person.objects.get(name="罗新")
    yield dai.get(f"/persons/{person.pk}/")
    for words in (NUMBER, NUMBER[-4:], "罗新"):
        yield dai.get("/people/", {"q": words})
        yield dai.get("/search/", {"q": words})
    facts = {"id_number": NUMBER, "reason": "录入错误", "evidence": "身份证原件"}
    yield (shown := dai.post(f"/people/{person.pk}/identity/", facts))
    compared = shown.context["form"]["compared"].value()
    yield dai.post(f"/people/{person.pk}/identity/", facts | {"compared": compared})
    yield dai.get(f"/people/{person.pk}/merge/")
    yield dai.get(f"/people/{person.pk}/edit/")
    yield dai.post(f"/people/{person.pk}/unmask/", {"field": "id-number", "reason": "核对证件"})
    yield add(world)
    for page in ("/people/", "/people/corrections/", "/people/merges/", "/notices/", "/unit/"):
        yield dai.get(page)


def by_document(world: World) -> Iterator[HttpResponse]:
    stated = {"document": "passport", "sex": "f", "born_on": "1985-03-12"}
    yield add(world, "document/", id_number="e1234 5678", **stated)
    yield browser(world, "dai").get("/people/", {"q": "E12345678"})
    yield add(world, "document/", id_number="E12345678", **stated)


def by_roster(world: World) -> Iterator[HttpResponse]:
    """Uploaded, applied, looked at, and uploaded once more."""
    dai = browser(world, "dai")
    content = sheets.roster(*[sheets.person(order) for order in range(4)])
    for _ in range(2):
        form = dai.get("/people/rosters/")
        file = SimpleUploadedFile("名册.xlsx", content)
        yield dai.post(
            "/people/rosters/", {"client_id": client_id(form), "file": file}, follow=True
        )
        roster = RosterImport.objects.latest("created_at", "pk")
        yield (page := dai.get(f"/people/rosters/{roster.pk}/"))
        if CLIENT_ID.search(page.text):
            body = {"client_id": client_id(page), "what": "all"}
            yield dai.post(f"/people/rosters/{roster.pk}/apply/", body, follow=True)
    for page in ("/people/rosters/", "/people/"):
        yield dai.get(page)


def by_correction(world: World) -> Iterator[HttpResponse]:
    """Proposed for Chen by one and confirmed by another."""
    chen, dai, deng = world.people["chen"], browser(world, "dai"), browser(world, "deng")
    facts = {"id_number": NUMBER, "reason": "录入错误", "evidence": "身份证原件"}
    yield (shown := dai.post(f"/people/{chen.pk}/identity/", facts))
    compared = shown.context["form"]["compared"].value()
    yield dai.post(f"/people/{chen.pk}/identity/", facts | {"compared": compared})
    correction = IdentityCorrection.objects.get()
    yield deng.post(f"/people/corrections/{correction.pk}/confirm/", {"id_number": NUMBER})
    yield deng.get(f"/persons/{chen.pk}/")
    yield deng.get("/people/", {"q": NUMBER})


def by_letter(world: World) -> Iterator[HttpResponse]:
    """The member of an entry proves themselves with the end of their number."""
    add(world)
    person = Person.objects.get(name="罗新")
    Person.objects.filter(pk=person.pk).update(home_community=world.willow)
    road.issued(world, person)
    token = Letter.objects.get(person=person).token
    stranger = Client()
    yield stranger.get(f"/l/{token}/")
    for tail in ("000000", NUMBER[-6:]):
        yield stranger.post(f"/l/{token}/identify/", {"tail": tail}, follow=True)


def answers(world: World, story: Story) -> Answers:
    """All that the browsers were told, without what is another each time; nothing of it stays."""
    before = transaction.savepoint()
    told = [
        (answer.status_code, _plain(answer.headers.get("Location", "")), _plain(answer.text))
        for answer in story(world)
    ]
    transaction.savepoint_rollback(before)
    return told


def _plain(words: str) -> str:
    return VARYING.sub("…", words)


def held(world: World) -> Person:
    """Hao's namesake next door, under the number and the passport that are typed here."""
    other = factories.member("郝三鸣", world.office)
    other.id_document, other.id_issuer, other.id_number = "passport", "中国", "E12345678"
    other.save()
    return factories.member("郝二鸣", world.office, id_number=NUMBER)


def left(world: World) -> Person:
    """Somebody who was a member once and is nobody's now."""
    person = held(world)
    Membership.objects.filter(person=person).update(closed_at=clock.now(), to_on=clock.today())
    return person


def merged(world: World) -> Person:
    """Somebody who was entered twice and goes on as another."""
    person = left(world)
    other = factories.member("郝二明", world.office)
    Person.objects.filter(pk=person.pk).update(merged_into=other)
    return person


@pytest.mark.parametrize("story", [by_hand, by_document, by_roster, by_correction, by_letter])
@pytest.mark.parametrize("keep", [held, left, merged])
def test_all_that_is_told_of_a_number_is_the_same_whoever_holds_it(
    world: World, story: Story, keep: Callable[[World], Person]
) -> None:
    with clock.at(clock.now()):
        free = answers(world, story)
        keep(world)
        taken = answers(world, story)
    for one, other in zip(free, taken, strict=True):
        assert one == other


@pytest.mark.parametrize(
    "wrong",
    [{"phone": "12"}, {"name": "12"}, {"joined_on": "1850-01-01"}, {"from_on": "2190-01-01"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_form_that_is_wrong_otherwise_says_the_same_of_any_number(
    world: World, wrong: dict[str, str]
) -> None:
    held(world)
    people = Person.objects.count()
    same = [add(world, **typed(id_number=n, **wrong)) for n in (NUMBER, sheets.id_number(2))]
    assert [answer.status_code for answer in same] == [422, 422]
    assert Person.objects.count() == people


def test_two_entries_stand_under_one_number_and_one_of_them_holds_it(world: World) -> None:
    holder = held(world)
    add(world)
    mine = Person.objects.get(name="罗新")
    holder.refresh_from_db()
    assert mine.pk != holder.pk
    assert (mine.contested_at is None, holder.contested_at) == (False, None)
    assert mine.id_number == holder.id_number == NUMBER
    assert current().get(person=holder).branch == world.office


def test_the_journal_counts_them_once_an_act_and_names_nobody(world: World) -> None:
    holder = held(world)
    factories.member("郝四鸣", world.office, id_number=sheets.id_number(2))
    add(world)
    [entry] = JournalEntry.objects.filter(verb=CONTESTED)
    assert (entry.facts, entry.scope_id) == ({"rows": 1}, world.first.pk)
    assert not Person.objects.filter(pk=entry.about).exists()
    take_over(world, sheets.roster(sheets.person(2), sheets.person(3)))
    entry = JournalEntry.objects.filter(verb=CONTESTED).latest("at", "id")
    assert (entry.facts, entry.scope_id) == ({"rows": 1}, world.bureau.pk)
    told = str(list(JournalEntry.objects.values_list("facts", flat=True)))
    assert NUMBER not in told
    assert holder.name not in told


def test_no_limit_tells_how_many_numbers_were_somebody_elses(world: World) -> None:
    for order in range(12):
        factories.member(f"郝{order:02d}", world.office, id_number=sheets.id_number(order))
    names = [f"罗{sheets.name(order)}" for order in range(13)]
    told = {
        add(world, name=name, id_number=sheets.id_number(order), phone="").status_code
        for order, name in enumerate(names)
    }
    assert told == {302}


def test_a_roster_makes_another_person_once_whoever_holds_the_number(world: World) -> None:
    holder = factories.member("郝二鸣", world.office, id_number=sheets.id_number(5))
    rows = sheets.roster(*[sheets.person(order) for order in range(10)])
    first = take_over(world, rows)
    assert (len(first.differences.new), first.judgement.problems) == (10, [])
    before = list(Person.objects.order_by("pk").values())
    again = take_over(world, rows).differences
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 10)
    assert list(Person.objects.order_by("pk").values()) == before
    assert current().get(person=holder).branch == world.office


def test_who_left_and_is_entered_again_is_the_same_person_though_contested(world: World) -> None:
    held(world)
    row = sheets.roster(sheets.person(1))
    take_over(world, row)
    mine = Person.objects.get(name=sheets.name(1))
    Membership.objects.filter(person=mine).update(closed_at=clock.now())
    take_over(world, row)
    assert Person.objects.get(name=sheets.name(1)).pk == mine.pk
    assert current().get(person=mine).branch == world.first


def test_a_third_unit_meets_the_entry_of_its_name_as_it_would_anywhere(world: World) -> None:
    held(world)
    steps.clerk_elsewhere(world)
    with pytest.raises(Refused, match=r"member\.elsewhere"):
        steps.added(world, NUMBER, name="郝二鸣")
    mine = steps.added(world, NUMBER)
    assert mine.contested_at is not None
    with pytest.raises(Refused, match=r"member\.here"):
        steps.added(world, NUMBER)


def test_a_member_of_ones_own_unit_is_told_whatever_name_is_typed(world: World) -> None:
    chen = world.people["chen"]
    with pytest.raises(Refused, match=r"member\.here-otherwise"):
        steps.added(world, chen.id_number, name="陈小宇")


def test_two_under_one_number_in_one_unit_keep_their_rows_apart(world: World) -> None:
    take_over(world, sheets.roster(sheets.person(1)))
    other = factories.member("郝二鸣", world.office, id_number=sheets.id_number(7))
    take_over(world, sheets.roster(sheets.person(1), sheets.person(7)))
    Membership.objects.filter(person=other).update(branch=world.second)
    for name in (sheets.name(7), "郝二鸣"):
        examination = take_over(world, sheets.roster(sheets.person(7, 姓名=name)))
        assert examination.differences.new == []
        assert {change.member.name for change in examination.differences.changed} <= {name}
    names = set(current().values_list("person__name", flat=True))
    assert {sheets.name(7), "郝二鸣"} <= names


def test_nobody_signs_in_as_another_by_a_number_that_is_contested(world: World) -> None:
    held(world)
    before = Account.objects.count()
    list(by_letter(world))
    assert Account.objects.exclude(person=None).exclude(person__name="陈晓宇").count() <= 1
    assert not Account.objects.filter(person__name="郝二鸣").exists()
    assert Account.objects.count() <= before + 1
