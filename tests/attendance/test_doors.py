"""What the button of a scanned page sends: the key of whose page it was, and no session."""

from datetime import timedelta

import pytest
from django.test import Client

from baodao.accounts.models import Account
from baodao.attendance.commands.check_ins import CodeScan, answers_to
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import code_now
from baodao.attendance.queries.doors import own_key
from baodao.attendance.rules.check_ins import CheckSide
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.offers.models import Offer
from tests.offers import steps
from tests.world import World

Coming = tuple[Offer, Actor, Client]


@pytest.fixture
def coming(world: World) -> Coming:
    offer = steps.published(world)
    (member,) = steps.registered(world, 1)
    client = Client(enforce_csrf_checks=True)
    assert member.account_id is not None
    client.force_login(Account.objects.get(pk=member.account_id))
    return offer, member, client


def test_one_tap_on_the_scanned_page_is_written_without_a_session(coming: Coming) -> None:
    offer, member, client = coming
    with clock.at(steps.hour(at=9)):
        code = code_now(offer)
        page = client.get(f"/here/{code}/").content.decode()
        key = own_key(member, code)
        assert f'name="key" value="{key}"' in page
        stranger = Client(enforce_csrf_checks=True)
        for _tap in range(2):
            sent = stranger.post(f"/came/{code}/", {"side": "arrival", "key": key})
            assert sent["Location"] == f"/offers/{offer.pk}/there/"
        assert not sent.cookies
        assert "09:00 已签到，感谢您来。" in client.get(sent["Location"]).content.decode()
    row = CheckIn.objects.get()
    assert (row.person_id, row.scanned_at) == (member.person_id, steps.hour(at=9))
    entry = JournalEntry.objects.get(verb="offer.attended")
    assert (entry.account_id, entry.actor_name) == (member.account_id, member.name)


def test_the_session_that_comes_along_is_neither_read_nor_ended(
    coming: Coming, django_assert_max_num_queries: object
) -> None:
    offer, member, client = coming
    with clock.at(steps.hour(at=9)):
        code = code_now(offer)
        form = {"side": "arrival", "key": own_key(member, code)}
        with django_assert_max_num_queries(9) as asked:  # type: ignore[operator]
            sent = client.post(f"/came/{code}/", form)
        assert not [one for one in asked.captured_queries if "session" in one["sql"]]
        assert client.get(sent["Location"]).status_code == 200


@pytest.mark.parametrize("wrong", ["of another code", "changed", "of who was stopped"])
def test_a_key_that_does_not_hold_leads_back_to_the_scanned_page(
    coming: Coming, wrong: str
) -> None:
    offer, member, client = coming
    with clock.at(steps.hour(at=9) - timedelta(minutes=1)):
        before = code_now(offer)
    with clock.at(steps.hour(at=9)):
        code = code_now(offer)
        key = own_key(member, before if wrong == "of another code" else code)
        if wrong == "changed":
            key = ("b" if key[0] == "a" else "a") + key[1:]
        if wrong == "of who was stopped":
            Account.objects.filter(person=member.person_id).update(is_active=False)
        sent = client.post(f"/came/{code}/", {"side": "arrival", "key": key})
    assert sent["Location"] == f"/here/{code}/"
    assert not CheckIn.objects.exists()


def test_nobody_sees_the_times_of_an_activity_to_which_they_did_not_come(coming: Coming) -> None:
    offer, _member, client = coming
    assert client.get(f"/offers/{offer.pk}/there/").status_code == 404


def test_a_group_is_answered_as_each_would_be_alone(world: World) -> None:
    """Two offers, a double tap, a code made up, an old one, and one who belongs elsewhere."""
    first, second = steps.published(world), steps.published(world)
    member, other = steps.registered(world, 2)
    chen = world.actor("chen")
    with clock.at(steps.hour(at=9) - timedelta(minutes=5)):
        old = code_now(first)
    with clock.at(steps.hour(at=9)):
        here, there = code_now(first), code_now(second)
        sent = [
            (member, here), (member, here), (other, there), (other, "a" * len(here)),
            (other, old), (chen, here), (world.actor("an"), here), (other, here),
        ]  # fmt: skip
        scans = [CodeScan(actor, code, CheckSide.ARRIVAL) for actor, code in sent]
        answers = answers_to(scans)
        alone = [answers_to([scan])[0] for scan in scans]
    assert [told(one) for one in answers] == [told(one) for one in alone]
    assert [told(one) for one in answers[3:7]] == [
        "check-in.forged", "check-in.expired", "check-in.elsewhere", "absent",
    ]  # fmt: skip
    assert answers[0] is answers[1]
    assert (
        CheckIn.objects.count() == JournalEntry.objects.filter(verb="offer.attended").count() == 3
    )


def told(answer: CheckIn | Refused | Absent) -> object:
    """What somebody is answered, as far as two answers can be the same."""
    match answer:
        case Refused():
            return answer.code
        case Absent():
            return "absent"
    return answer.id
