"""A wrong identity number is put right by two, with a reason and what it was read from."""

import pytest
from django.test import Client

from baodao.identities.commands.corrections import confirm_number, decline_number, propose_number
from baodao.identities.models import IdentityCorrection
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.people.models import Person
from tests import factories
from tests.world import World


def proposed(world: World, number: str, name: str = "dai") -> IdentityCorrection:
    return propose_number(
        world.actor(name),
        person_id=world.people["chen"].pk,
        id_number=number,
        reason="名册录入错误",
        evidence="本人身份证原件",
    )


def test_two_put_a_number_right_and_sex_and_birthday_follow(world: World) -> None:
    before = world.people["chen"].id_number
    number = factories.id_number(sex="f")
    correction = proposed(world, f" {number[:6]} {number[6:]} ")
    chen = Person.objects.get(pk=world.people["chen"].pk)
    assert chen.id_number == before
    confirm_number(world.actor("deng"), correction_id=correction.pk, id_number=number)
    chen.refresh_from_db()
    assert (chen.id_number, chen.sex) == (number, "f")
    assert Person.objects.filter(Person.id_number.ends(number[-4:]), pk=chen.pk).exists()
    correction.refresh_from_db()
    assert (correction.before, correction.decided_by) == (before, "邓敏")
    entry = JournalEntry.objects.get(about=chen.pk, verb="identity.confirmed")
    assert entry.facts == {"reason": "名册录入错误", "evidence": "本人身份证原件"}


def test_who_proposed_it_does_not_confirm_it(world: World) -> None:
    number = factories.id_number()
    correction = proposed(world, number)
    with pytest.raises(Refused, match=r"second\.same"):
        confirm_number(world.actor("dai"), correction_id=correction.pk, id_number=number)


def test_the_second_reads_the_card_too(world: World) -> None:
    correction = proposed(world, factories.id_number())
    other = factories.id_number()
    with pytest.raises(Refused, match=r"correction\.differs"):
        confirm_number(world.actor("deng"), correction_id=correction.pk, id_number=other)


def test_a_number_that_somebody_of_another_name_has_is_put_in_and_contested(world: World) -> None:
    number = factories.id_number()
    holder = factories.member("郝二鸣", world.office, id_number=number)
    correction = proposed(world, number)
    confirm_number(world.actor("deng"), correction_id=correction.pk, id_number=number)
    chen = Person.objects.get(pk=world.people["chen"].pk)
    holder.refresh_from_db()
    assert chen.id_number == holder.id_number == number
    assert (chen.contested_at is None, holder.contested_at) == (False, None)


def test_the_number_that_is_kept_and_what_is_none_are_refused(world: World) -> None:
    with pytest.raises(Refused, match=r"correction\.same"):
        proposed(world, world.people["chen"].id_number)
    with pytest.raises(Refused, match=r"identity\.invalid"):
        proposed(world, "123")


def test_who_proposes_alone_learns_of_no_number_whether_somebody_has_it(world: World) -> None:
    taken = factories.id_number()
    factories.member("郝二鸣", world.office, id_number=taken)
    for number in (taken, factories.id_number()):
        decline_number(world.actor("dai"), correction_id=proposed(world, number).pk)


def test_the_number_of_a_namesake_asks_whether_they_are_one(world: World) -> None:
    number = factories.id_number()
    factories.member("陈晓宇", world.office, id_number=number)
    correction = proposed(world, number)
    with pytest.raises(Refused, match=r"correction\.twice"):
        confirm_number(world.actor("deng"), correction_id=correction.pk, id_number=number)


@pytest.mark.parametrize("name", ["an", "qin", "fan", "chen", "gu", "sun"])
def test_others_put_no_number_right(world: World, name: str) -> None:
    with pytest.raises(Absent):
        proposed(world, factories.id_number(), name)
    correction = proposed(world, factories.id_number())
    with pytest.raises(Absent):
        decline_number(world.actor(name), correction_id=correction.pk)


def test_the_pages_lead_from_proposal_to_confirmation(world: World) -> None:
    chen, number = world.people["chen"], factories.id_number()
    first, second = Client(), Client()
    first.force_login(world.accounts["dai"])
    second.force_login(world.accounts["deng"])
    path = f"/people/{chen.pk}/identity/"
    assert path in first.get(f"/persons/{chen.pk}/").content.decode()
    assert first.get(path).status_code == 200
    facts = {"id_number": number, "reason": "录入错误", "evidence": "身份证"}
    shown = first.post(path, facts)
    assert shown.status_code == 422
    assert [line[0] for line in shown.context["lines"]] == ["身份证号", "性别", "出生年月"]
    assert not IdentityCorrection.objects.exists()
    facts["compared"] = shown.context["form"]["compared"].value()
    assert first.post(path, facts).status_code == 422
    answer = first.post(path, facts | {"evidence": "身份证原件"})
    assert answer.headers["Location"] == "/people/corrections/"
    assert "/people/corrections/" in second.get("/people/").content.decode()
    correction = IdentityCorrection.objects.get()
    confirm = f"/people/corrections/{correction.pk}/confirm/"
    assert confirm not in first.get("/people/corrections/").content.decode()
    page = second.get("/people/corrections/").content.decode()
    assert confirm in page
    assert number not in page
    assert second.get(confirm).status_code == 200
    second.post(confirm, {"id_number": number})
    chen.refresh_from_db()
    assert chen.id_number == number
    other = Client()
    other.force_login(world.accounts["an"])
    assert other.get("/people/corrections/").status_code == 404
    assert other.get(path).status_code == 404
