"""Members without an identity card: entered by hand with another document, and found by it."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.people.commands.departures import end_membership
from baodao.people.commands.memberships import NewMember, add_member
from baodao.people.commands.proofs import StatedIdentity
from baodao.people.models import Person
from baodao.people.queries.search import matching
from baodao.people.rules.departures import Ending
from baodao.people.rules.identity_documents import (
    OTHER_DOCUMENTS,
    IdentityDocument,
    document_number,
    document_of,
)
from baodao.spreadsheets.cells import Cell
from tests import factories
from tests.people import steps
from tests.world import World

PASSPORT = StatedIdentity(IdentityDocument.PASSPORT, "f", date(1985, 3, 12))


@pytest.mark.parametrize(
    ("cell", "document"),
    [
        ("H0812345601", "home-return"),
        ("m12345678", "home-return"),
        ("H 0812 3456", "home-return"),
        ("0123456789", "taiwan"),
        (12345678.0, "taiwan"),
        ("1234567890(B)", "taiwan"),
        ("E12345678", "passport"),
        ("ea1234567", "passport"),
        ("Ｅ１２３４５６７８", "passport"),
        ("军字第2019345号", "officer"),
        ("武字第1234567号", "officer"),
        ("CHN310085031201", "resident"),
        ("", None),
        ("补办中", None),
        ("12345", None),
        ("990000198005011234", None),
        ("99000019800501123", None),
        ("850312001", None),
    ],
)
def test_a_number_tells_of_which_document_it_seems_to_be(cell: Cell, document: str | None) -> None:
    assert document_of(cell) == document


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (" e 1234 5678 ", "E12345678"),
        ("军字第2019345号", "2019345"),
        ("1234567890(B)", "1234567890B"),
        ("12345", ""),
        ("无", ""),
    ],
)
def test_the_number_of_a_document_is_kept_in_one_way(typed: str, number: str) -> None:
    assert document_number(typed) == number


def member(world: World, number: str, stated: StatedIdentity | None = PASSPORT) -> NewMember:
    return NewMember(number, steps.yesterday(), steps.facts(world.first), stated=stated)


def add(world: World, new: NewMember) -> Person:
    return add_member(world.actor("dai"), unit_id=world.bureau.pk, member=new)


def test_a_member_is_kept_with_their_passport_and_found_by_it(world: World) -> None:
    person = Person.objects.get(pk=add(world, member(world, "e1234 5678")).pk)
    assert (person.id_document, person.id_number) == ("passport", "E12345678")
    assert (person.sex, person.born_on) == ("f", date(1985, 3, 12))
    assert Person.objects.get(matching("E12345678")) == person
    assert Person.objects.get(matching("5678")) == person


def test_who_has_a_card_is_added_with_it(world: World) -> None:
    with pytest.raises(Refused) as refused:
        add(world, member(world, factories.id_number()))
    assert refused.value.code == "identity.is-card"


@pytest.mark.parametrize(
    ("number", "born_today", "code"),
    [("123", False, "identity.document"), ("E12345678", True, "identity.born")],
)
def test_what_no_document_can_say_is_refused(
    world: World, number: str, born_today: bool, code: str
) -> None:
    born = {"born_on": clock.today()} if born_today else {}
    with pytest.raises(Refused) as refused:
        add(world, member(world, number, replace(PASSPORT, **born)))
    assert refused.value.code == code


def test_the_same_document_twice_is_one_person(world: World) -> None:
    add(world, member(world, "E12345678"))
    with pytest.raises(Refused) as refused:
        add(world, member(world, "E1234 5678"))
    assert refused.value.code == "member.here"


OFFICER = replace(PASSPORT, document=IdentityDocument.OFFICER)


def test_a_number_is_unique_within_its_document_and_issuer(world: World) -> None:
    stated = [
        ("军字第12345678号", OFFICER),
        ("武字第12345678号", OFFICER),
        ("12345678", replace(PASSPORT, document=IdentityDocument.TAIWAN)),
        ("E12345678", PASSPORT),
        ("E12345678", replace(PASSPORT, country="越南")),
    ]
    people = []
    for number, identity in stated:
        facts = steps.facts(world.first, name=f"罗{'新旧高低平'[len(people)]}", phone="")
        people.append(add(world, NewMember(number, steps.yesterday(), facts, stated=identity)))
    assert len({person.pk for person in people}) == len(stated)
    issuers = [Person.objects.get(pk=person.pk).id_issuer for person in people]
    assert issuers == ["军", "武", "", "中国", "越南"]
    assert set(Person.objects.filter(matching("E12345678"))) == set(people[3:])
    again = replace(PASSPORT, country=" 中华人民共和国 ")
    facts = steps.facts(world.first, name="罗低", phone="")
    with pytest.raises(Refused) as refused:
        add(world, NewMember("e 1234 5678", steps.yesterday(), facts, stated=again))
    assert refused.value.code == "member.here"


def test_the_number_of_an_officer_says_who_issued_it(world: World) -> None:
    with pytest.raises(Refused) as refused:
        add(world, member(world, "2019345", OFFICER))
    assert refused.value.code == "identity.issuer"


@pytest.mark.parametrize("other", [{"born_on": date(1979, 1, 2)}, {"sex": "m"}])
def test_two_of_one_name_and_one_number_stay_two(world: World, other: dict[str, object]) -> None:
    first = add(world, member(world, "军字第2019345号", OFFICER))
    end_membership(world.actor("dai"), person_id=first.pk, ending=Ending.LEFT, on=steps.yesterday())
    stated = replace(OFFICER, **other)
    second = add(world, member(world, "军字第2019345号", stated))
    assert (second == first, second.contested_at is None) == (False, False)
    assert add(world, member(world, "军 字 第 ２０１９３４５ 号", OFFICER)) == first


def form(world: World, **changes: object) -> dict[str, object]:
    values = steps.facts(world.first, id_number="E12345678", from_on=clock.today())
    more = {"document": "passport", "sex": "f", "born_on": "1985-03-12", "home_community": ""}
    return {**values, **more, "branch": world.first.pk, "joined_on": "2007-07-01", **changes}


def as_clerk(world: World) -> Client:
    client = Client()
    client.force_login(world.accounts["dai"])
    return client


def test_a_clerk_adds_who_has_no_card_from_the_same_page(world: World) -> None:
    client = as_clerk(world)
    assert "/people/add/document/" in client.get("/people/add/").content.decode()
    page = client.get("/people/add/document/").content.decode()
    assert all(f'value="{document}"' in page for document in OTHER_DOCUMENTS)
    assert 'value="card"' not in page
    assert page.count('<option value="" selected>') == 2, "neither document nor sex is guessed"
    answer = client.post("/people/add/document/", form(world))
    person = Person.objects.get(name="罗新")
    assert answer.headers["Location"] == f"/persons/{person.pk}/"
    assert "护照" in client.get(f"/persons/{person.pk}/").content.decode()


def test_what_is_missing_stands_beside_the_form(world: World) -> None:
    answer = as_clerk(world).post("/people/add/document/", form(world, born_on="", sex=""))
    assert answer.status_code == 422
    assert not Person.objects.filter(name="罗新").exists()
