"""A number put right that is no identity card's: a passport, a travel permit, a certificate."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from baodao.identities.commands.corrections import confirm_number, propose_number
from baodao.identities.models import IdentityCorrection
from baodao.kernel.errors import Refused
from baodao.people.commands.proofs import StatedIdentity
from baodao.people.models import Person
from baodao.people.rules.identity_documents import IdentityDocument
from tests import factories
from tests.registration.browsing import browser, text
from tests.world import World

PASSPORT = StatedIdentity(IdentityDocument.PASSPORT, "f", date(1985, 3, 12))
OFFICER = StatedIdentity(IdentityDocument.OFFICER, "m", date(1990, 7, 1))
PERMIT = StatedIdentity(IdentityDocument.HOME_RETURN, "f", date(1985, 3, 12))


def proposed(world: World, typed: str, stated: StatedIdentity | None) -> IdentityCorrection:
    return propose_number(
        world.actor("dai"),
        person_id=world.people["chen"].pk,
        id_number=typed,
        reason="录入错误",
        evidence="证件原件",
        stated=stated,
    )


def confirmed(world: World, typed: str, stated: StatedIdentity | None, again: str = "") -> Person:
    correction = proposed(world, typed, stated)
    return confirm_number(
        world.actor("deng"), correction_id=correction.pk, id_number=again or typed
    )


@pytest.mark.parametrize(
    ("typed", "again", "stated", "kept"),
    [
        ("E 1234 5678", "e12345678", PASSPORT, ("passport", "中国", "E12345678")),
        ("AB1234567", "", replace(PASSPORT, country="新加坡"), ("passport", "新加坡", "AB1234567")),
        ("军字第1234567号", "军 字第1234567号", OFFICER, ("officer", "军", "1234567")),
        ("H12345678", "h1234-5678", PERMIT, ("home-return", "", "H12345678")),
    ],
)
def test_sex_and_birthday_are_what_was_proposed_with_it(
    world: World, typed: str, again: str, stated: StatedIdentity, kept: tuple[str, str, str]
) -> None:
    person = confirmed(world, typed, stated, again)
    person.refresh_from_db()
    assert (person.id_document, person.id_issuer, person.id_number) == kept
    assert (person.sex, person.born_on) == (stated.sex, stated.born_on)


def test_a_birthday_alone_is_put_right_and_a_card_takes_the_place_of_a_passport(
    world: World,
) -> None:
    confirmed(world, "E12345678", PASSPORT)
    with pytest.raises(Refused, match="same"):
        proposed(world, "E12345678", PASSPORT)
    person = confirmed(world, "E12345678", replace(PASSPORT, born_on=date(1985, 12, 3)))
    assert person.born_on == date(1985, 12, 3)
    number = factories.id_number()
    person = confirmed(world, number, None)
    assert (person.id_document, person.id_issuer, person.id_number) == ("card", "", number)


@pytest.mark.parametrize(
    ("typed", "again", "stated"),
    [
        ("E12345678", "E12345679", PASSPORT),
        ("军字第1234567号", "武字第1234567号", OFFICER),
    ],
)
def test_what_the_second_types_must_be_the_same(
    world: World, typed: str, again: str, stated: StatedIdentity
) -> None:
    with pytest.raises(Refused, match="differs"):
        confirmed(world, typed, stated, again)


def test_a_number_of_another_country_is_free(world: World) -> None:
    other = factories.member("郝二鸣", world.office)
    other.id_document, other.id_issuer, other.id_number = "passport", "中国", "E12345678"
    other.save()
    assert confirmed(world, "E12345678", replace(PASSPORT, country="新加坡")).id_issuer == "新加坡"
    person = confirmed(world, "E12345678", PASSPORT)
    assert (person.id_issuer, person.contested_at is None) == ("中国", False)


@dataclass(frozen=True)
class Typed:
    """What is sent with the form of documents instead of what is right, and what is said of it."""

    values: dict[str, str]
    field: str
    words: str


RIGHT = {
    "document": "passport",
    "id_number": "E12345678",
    "country": "",
    "sex": "f",
    "born_on": "1985-03-12",
    "reason": "录入错误",
    "evidence": "护照原件",
}


@pytest.mark.parametrize(
    "typed",
    [
        Typed({"document": ""}, "document", "请填写此项"),
        Typed({"document": "licence"}, "document", "licence"),
        Typed({"id_number": ""}, "id_number", "请填写此项"),
        Typed({"id_number": "12"}, "", "6 至 18 位"),
        Typed({"id_number": "无" * 41}, "id_number", "40"),
        Typed({"id_number": "990000198005011230"}, "", "身份证"),
        Typed({"document": "officer", "id_number": "1234567"}, "", "军字第"),
        Typed({"sex": ""}, "sex", "请填写此项"),
        Typed({"born_on": "昨天"}, "born_on", "日期"),
        Typed({"born_on": "2190-01-01"}, "", "十八"),
        Typed({"reason": ""}, "reason", "请填写此项"),
        Typed({"evidence": "无"}, "", "依据"),
    ],
    ids=lambda typed: "-".join(f"{key}:{value[:12]}" for key, value in typed.values.items()),
)
def test_what_is_wrong_is_said_where_it_is(world: World, typed: Typed) -> None:
    chen = world.people["chen"]
    values = RIGHT | typed.values
    if values["id_number"].startswith("9900"):
        values["id_number"] = factories.id_number()
    client, path = browser(world, "dai"), f"/people/{chen.pk}/identity/document/"
    answer = client.post(path, values)
    if "lines" in answer.context:
        answer = client.post(path, answer.context["form"].data)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    shown = "".join(errors.get(typed.field or "__all__", []))
    assert any(word in shown for word in typed.words.split("|")), errors
    assert not IdentityCorrection.objects.exists()


def test_the_form_begins_with_the_document_that_is_kept(world: World) -> None:
    person = confirmed(world, "AB1234567", replace(PASSPORT, country="新加坡"))
    client = browser(world, "dai")
    page = client.get(f"/people/{person.pk}/identity/")
    assert f"/people/{person.pk}/identity/document/" in page.content.decode()
    form = client.get(f"/people/{person.pk}/identity/document/").context["form"]
    assert (form["document"].value(), form["country"].value()) == ("passport", "新加坡")
    proposed(world, "AB1234568", replace(PASSPORT, country="新加坡"))
    correction = IdentityCorrection.objects.latest("proposed_at")
    page = text(browser(world, "deng").get(f"/people/corrections/{correction.pk}/confirm/"))
    assert all(word in page for word in ("护照 · 新加坡", "女", "1985年3月12日"))
