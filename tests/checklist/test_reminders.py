"""Reminders: to whom, at what hour, how often."""

from datetime import datetime, timedelta

import pytest

from baodao.accounts.models import Account
from baodao.checklist import commands
from baodao.kernel import batch, clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent
from baodao.notices.models import Notice
from baodao.notices.queries.notices import own_notices
from baodao.people.models import Membership
from baodao.people.rules.standing import Standing
from baodao.registration.commands import arrivals, letters, presentations
from tests import factories
from tests.registration import steps
from tests.registration.browsing import browser, text
from tests.world import World


def noon() -> datetime:
    return clock.midnight(clock.today()) + timedelta(hours=12)


def reminded(world: World, name: str = "deng") -> batch.Batch[Notice]:
    return commands.remind(world.actor(name), person_ids=[world.people["chen"].pk])


def code(batch: batch.Batch[Notice]) -> str:
    assert batch.done == []
    [(_, no)] = batch.refused
    return no.code


def test_who_has_a_letter_and_did_not_present_it_is_reminded(world: World) -> None:
    steps.issued(world)
    at = noon()
    with clock.at(at):
        [notice] = reminded(world).done
        assert (notice.kind, notice.show_at) == ("reminder-present", at)
        assert notice in own_notices(world.actor("chen"))


def test_the_branch_secretary_may_remind_and_others_may_not(world: World) -> None:
    steps.issued(world)
    for key, branch in [("first", world.first), ("second", world.second)]:
        world.accounts[key] = factories.account(key, Role.BRANCH_SECRETARY, branch)
    for name in ("an", "bao", "fan", "chen", "gu", "second"):
        with pytest.raises(Absent):
            reminded(world, name)
    assert reminded(world, "first").done


@pytest.mark.parametrize(("hour", "shown"), [(7, 8), (8, 8), (20, 20), (21, 32), (23, 32)])
def test_in_quiet_hours_it_waits_for_eight(world: World, hour: int, shown: int) -> None:
    steps.issued(world)
    midnight = clock.midnight(clock.today())
    with clock.at(midnight + timedelta(hours=hour)):
        [notice] = reminded(world).done
        assert notice.show_at == midnight + timedelta(hours=shown)
        visible = own_notices(world.actor("chen")).filter(pk=notice.pk).exists()
    assert visible is (hour == shown)


def test_two_in_seven_days_are_enough(world: World) -> None:
    today = noon()
    with clock.at(today - timedelta(days=1)):
        steps.issued(world)
    codes = []
    for days in (0, 1, 2, 6, 7.5):
        with clock.at(today + timedelta(days=days)):
            batch = reminded(world)
            codes.append([no.code for _, no in batch.refused])
    assert codes == [[], [], ["reminder.limit"], ["reminder.limit"], []]


def test_who_turned_reminders_off_gets_none(world: World) -> None:
    steps.issued(world)
    Account.objects.filter(person=world.people["chen"]).update(reminders=False)
    assert code(reminded(world)) == "reminder.off"


def test_who_has_nothing_to_do_is_named_with_the_reason(world: World) -> None:
    assert code(reminded(world)) == "reminder.no-letter"
    registration = steps.submitted(world)
    assert code(reminded(world)) == "reminder.not-due"
    arrivals.return_to_member(world.actor("an"), registration_id=registration.pk, reason="地址不符")
    assert reminded(world).done[0].kind == "reminder-returned"
    presentations.present(world.actor("chen"), registration_id=registration.pk)
    arrivals.accept(world.actor("an"), registration_ids=[registration.pk])
    assert code(reminded(world)) == "reminder.registered"


def test_who_is_not_in_service_is_asked_for_nothing(world: World) -> None:
    Membership.objects.filter(person=world.people["chen"]).update(standing=Standing.RETIRED)
    batch = reminded(world)
    assert code(batch) == "reminder.not-asked"
    assert [no.facts["standing"] for _, no in batch.refused] == [Standing.RETIRED.words]


def test_some_of_many_are_reminded_and_the_others_named(world: World) -> None:
    people = steps.members(world, 3)
    deng = world.actor("deng")
    letters.issue_letters(deng, person_ids=[people[0].pk, people[1].pk])
    batch = commands.remind(deng, person_ids=[person.pk for person in people])
    assert [notice.person for notice in batch.done] == people[:2]
    assert [no.code for _, no in batch.refused] == ["reminder.no-letter"]


@pytest.mark.parametrize("page", ["roster", "letters"])
def test_the_ticked_of_roster_and_letters_are_reminded_which_can_be_undone(
    world: World, page: str
) -> None:
    letter, other = steps.issued(world), steps.members(world, 1)[0]
    own = {row.person_id: row.pk for row in Membership.objects.all()}
    ids = [letter.pk] if page == "letters" else [own[letter.person_id], own[other.pk]]
    shown = "/letters/" if page == "letters" else "/people/?q="
    clerk = browser(world, "dai")
    address = f"/check-list/remind/{page}/"
    assert address in clerk.get(shown).content.decode()
    told = text(clerk.post(address, {"ids": ids, "back": shown}, follow=True))
    assert "将提醒 1 人" in told
    assert ("还没有介绍信，请先开具" in told) is (page == "roster")
    assert "撤销" in told
    assert browser(world, "an").post(address, {"ids": ids}).status_code == 404
    assert clerk.post(address, {"ids": [letter.person_id]}).status_code == 404


def test_letters_of_the_ticked_are_printed_from_the_roster(world: World) -> None:
    letter, other = steps.issued(world), steps.members(world, 1)[0]
    own = {row.person_id: row.pk for row in Membership.objects.all()}
    clerk, address = browser(world, "dai"), "/people/letters/"
    assert address in clerk.get("/people/").content.decode()
    ids = {"ids": [own[letter.person_id], own[other.pk]], "format": "pdf"}
    assert clerk.post(address, ids)["Location"] == f"/letters/print/?format=pdf&ids={letter.pk}"
    none = clerk.post(address, {"ids": [own[other.pk]], "format": "pdf"})
    assert "都没有介绍信" in text(none)
    assert browser(world, "an").post(address, ids).status_code == 404
