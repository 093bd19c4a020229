"""A form into which a number is typed does not tell whose it is, nor that it is somebody's."""

from dataclasses import dataclass

import pytest
from django.test import Client

from baodao.identities.commands.corrections import propose_number
from baodao.kernel.models import JournalEntry
from baodao.orgs.commands.policies import set_policy
from baodao.people.commands.searches import MISMATCH
from baodao.people.models import Person
from baodao.people.rules.policies import MISMATCHES
from tests import factories
from tests.people import steps
from tests.world import World


@dataclass
class Answer:
    """What a form said: the status, and its refusals without markup around them."""

    status: int
    text: str


def tried(world: World, number: str, form: str = "", **values: str) -> Answer:
    """What Dai reads who adds a member of this number by the form, or by that of documents."""
    client = Client()
    client.force_login(world.accounts["dai"])
    typed = {
        "name": "罗新",
        "id_number": number,
        "phone": "",
        "branch": str(world.first.pk),
        "from_on": steps.yesterday().isoformat(),
        "grade": "full",
        "standing": "in-service",
    }
    answer = client.post(f"/people/add/{form}", typed | values)
    return Answer(answer.status_code, answer.content.decode())


@pytest.fixture
def taken(world: World) -> str:
    number = factories.id_number()
    factories.member("郝二鸣", world.office, id_number=number)
    return number


def entries() -> int:
    return JournalEntry.objects.filter(verb=MISMATCH).count()


def test_a_try_is_written_down_once_and_names_nobody(world: World, taken: str) -> None:
    for _ in range(3):
        answer = tried(world, taken)
        assert answer.status == 422
        assert "郝" not in answer.text
        assert "不能登记" in answer.text
    entry = JournalEntry.objects.get(verb=MISMATCH)
    assert entry.scope_id == world.bureau.pk
    assert taken not in str(entry.facts)
    assert not Person.objects.filter(pk=entry.about).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"phone": "12"}, {"name": "12"}, {"joined_on": "1850-01-01"}, {"from_on": "2190-01-01"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_form_that_is_wrong_otherwise_says_the_same_of_any_number(
    world: World, taken: str, wrong: dict[str, str]
) -> None:
    people = Person.objects.count()
    same = [tried(world, number, **wrong).text for number in (taken, factories.id_number())]
    assert "不能登记" not in "".join(same)
    assert Person.objects.count() == people


def test_who_seems_to_be_a_member_is_asked_about_whoever_holds_the_number(
    world: World, taken: str
) -> None:
    own = Person.objects.get(number=steps.added(world).number)
    holder = Person.objects.get(Person.id_number.equals(taken))
    Person.objects.filter(pk=holder.pk).update(born_on=own.born_on)
    number = factories.id_number()
    answers = [tried(world, one, phone="13900001111").text for one in (taken, number)]
    assert ["同名" in text or "同一" in text for text in answers] == [True, True]


def test_after_a_few_such_numbers_none_is_answered_that_day(world: World) -> None:
    set_policy(world.actor("sun"), organisation_id=world.city.pk, policy=MISMATCHES, value=3)
    numbers = [factories.id_number() for _ in range(4)]
    for number in numbers:
        factories.member("郝二鸣", world.office, id_number=number)
    people = Person.objects.count()
    answers = [tried(world, number).text for number in [*numbers, factories.id_number()]]
    assert ["明天" in text for text in answers] == [False, False, True, True, True]
    assert (Person.objects.count(), entries()) == (people, 4)


def test_confirming_a_number_counts_too(world: World, taken: str) -> None:
    correction = propose_number(
        world.actor("dai"),
        person_id=world.people["chen"].pk,
        id_number=taken,
        reason="名册录入错误",
        evidence="本人身份证原件",
    )
    client = Client()
    client.force_login(world.accounts["deng"])
    path = f"/people/corrections/{correction.pk}/confirm/"
    answer = client.post(path, {"id_number": taken})
    assert (answer.status_code, entries()) == (422, 1)
    assert "郝" not in answer.content.decode()


def test_the_number_of_another_document_counts_like_that_of_a_card(world: World) -> None:
    holder = factories.member("郝二鸣", world.office)
    holder.id_document, holder.id_issuer = "passport", "中国"
    holder.id_number = "E12345678"
    holder.save()
    stated = {"document": "passport", "sex": "f", "born_on": "1985-03-12"}
    for typed in ("E12345678", "e1234 5678"):
        answer = tried(world, typed, "document/", **stated)
        assert (answer.status, "不能登记" in answer.text) == (422, True)
    assert entries() == 1
