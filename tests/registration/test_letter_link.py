"""The code on a letter: who sees what, and how a member without an account proves themselves."""

from datetime import timedelta

import pytest
from django.test import Client

from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import actor_of
from baodao.kernel import clock, crypto
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.people.models import Person
from baodao.registration.commands import access, arrivals, departures
from baodao.registration.models import Letter
from baodao.registration.queries.letters import registration_by_token
from tests import factories
from tests.registration import steps
from tests.registration.browsing import browser, text
from tests.world import World


def tail_of(person: Person) -> str:
    return crypto.ring().unseal(bytes(person.id_sealed), "id-number")[-6:]


@pytest.fixture
def letter(world: World) -> Letter:
    """A letter for somebody who has no account yet."""
    return steps.issued(world, steps.members(world, 1)[0]).letter


def test_the_member_their_community_and_anybody_see_different_things(world: World) -> None:
    registration = steps.issued(world)
    token = registration.letter.token
    seen = {
        name: registration_by_token(world.actor(name), token)
        for name in ("chen", "an", "bao", "deng", "fan", "gu")
    }
    assert {name: view.audience.value for name, view in seen.items()} == {
        "chen": "member",
        "an": "worker",
        "bao": "anyone",
        "deng": "anyone",
        "fan": "anyone",
        "gu": "anyone",
    }
    assert seen["an"].registration == seen["chen"].registration == registration
    for name in ("bao", "deng", "fan", "gu"):
        assert seen[name].registration is None
        assert (seen[name].masked_name, seen[name].unit) == ("陈**", "区城建局机关党委")


def test_a_stranger_learns_only_whether_it_is_valid(world: World) -> None:
    registration = steps.issued(world)
    token = registration.letter.token
    assert registration_by_token(NOBODY, token).valid
    departures.withdraw(world.actor("deng"), registration_id=registration.pk, reason="写错")
    assert not registration_by_token(NOBODY, token).valid


def test_a_letter_that_was_used_or_withdrawn_says_so_and_what_to_do(world: World) -> None:
    row = steps.issued(world)
    address, chen = f"/l/{row.letter.token}/", browser(world, "chen")
    assert "出示此码" in text(chen.get(address))
    arrivals.accept(world.actor("an"), registration_ids=[row.pk])
    page = text(chen.get(address))
    assert ("出示此码" in page, "letter-code" in page, "接收，回执" in page) == (False, False, True)
    other = steps.issued(world, steps.members(world, 1)[0])
    departures.withdraw(world.actor("deng"), registration_id=other.pk, reason="写错")
    page = text(Client().get(f"/l/{other.letter.token}/"))
    assert ("已失效" in page, "请开具单位重开" in page, "写错" in page) == (True, True, False)


def test_a_wrong_token_is_absent_for_everybody(world: World, letter: Letter) -> None:
    for name in ("an", "chen", "deng"):
        with pytest.raises(Absent):
            registration_by_token(world.actor(name), letter.token[:-1] + "!")
    with pytest.raises(Absent):
        access.open_by_letter(NOBODY, token="wrong", tail="123456")


def test_the_end_of_the_id_number_opens_an_account_once(world: World, letter: Letter) -> None:
    tail = tail_of(letter.person)
    account = access.open_by_letter(NOBODY, token=letter.token, tail=tail.lower())
    assert account.person == letter.person
    assert not account.has_usable_password()
    assert access.open_by_letter(NOBODY, token=letter.token, tail=tail) == account
    view = registration_by_token(actor_of(account), letter.token)
    assert view.audience == "member"
    assert JournalEntry.objects.filter(verb="letter.opened").count() == 2


def test_five_wrong_answers_close_the_letter_until_tomorrow(world: World, letter: Letter) -> None:
    told = []
    for _ in range(6):
        with pytest.raises(Refused) as no:
            access.open_by_letter(NOBODY, token=letter.token, tail="000000")
        told.append((no.value.code, no.value.facts.get("left")))
    assert told == [
        *(("letter.tail-wrong", left) for left in (4, 3, 2, 1, 0)),
        ("letter.tries", None),
    ]
    right = tail_of(letter.person)
    with pytest.raises(Refused, match=r"letter\.tries"):
        access.open_by_letter(NOBODY, token=letter.token, tail=right)
    with clock.at(clock.now() + timedelta(days=1)):
        assert access.open_by_letter(NOBODY, token=letter.token, tail=right)
    assert Account.objects.filter(person=letter.person).count() == 1


def test_the_end_of_somebody_elses_number_does_not_open_it(world: World, letter: Letter) -> None:
    with pytest.raises(Refused, match="tail-wrong"):
        access.open_by_letter(NOBODY, token=letter.token, tail=tail_of(world.people["hao"]))


def test_a_letter_that_is_over_opens_nothing(world: World, letter: Letter) -> None:
    departures.withdraw(world.actor("deng"), registration_id=letter.registration.pk, reason="写错")
    with pytest.raises(Refused, match=r"letter\.over"):
        access.open_by_letter(NOBODY, token=letter.token, tail=tail_of(letter.person))


def test_an_account_that_acts_for_an_organisation_or_has_a_password_signs_in(
    world: World,
) -> None:
    registration = steps.issued(world)
    token, tail = registration.letter.token, tail_of(registration.person)
    with pytest.raises(Refused, match=r"letter\.sign-in"):
        access.open_by_letter(NOBODY, token=token, tail=tail)
    chen = world.accounts["chen"]
    chen.must_change_password = True
    chen.save()
    assert access.open_by_letter(NOBODY, token=token, tail=tail) == chen
    Grant.objects.create(account=chen, role="unit-clerk", organisation=world.bureau)
    with pytest.raises(Refused, match=r"letter\.sign-in"):
        access.open_by_letter(NOBODY, token=token, tail=tail)


def test_a_stopped_account_stays_stopped(world: World, letter: Letter) -> None:
    factories.account(letter.person.name, person=letter.person, is_active=False)
    with pytest.raises(Refused, match=r"account\.stopped"):
        access.open_by_letter(NOBODY, token=letter.token, tail=tail_of(letter.person))
