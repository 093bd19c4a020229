"""Letters and reminders for many are taken back: as far as nobody used, printed or read them."""

import re
from uuid import UUID, uuid4

import pytest

from baodao.checklist import commands
from baodao.documents.models import Issue
from baodao.kernel import clock, journal
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.undo import WINDOW, take_back
from baodao.notices.commands.notices import mark_read
from baodao.notices.models import Channel, Delivery, Notice
from baodao.notices.rules.deliveries import DeliveryState
from baodao.registration.commands import letters, presentations
from baodao.registration.models import Registration
from baodao.registration.rules.states import State
from tests.registration import steps
from tests.registration.browsing import browser, text
from tests.world import World


def issued(world: World, count: int) -> tuple[list[Registration], UUID]:
    """Letters of Deng's unit for so many, and the id under which they are taken back."""
    ids = [person.pk for person in steps.members(world, count)]
    batch = letters.issue_letters(world.actor("deng"), person_ids=ids)
    assert batch.undo_id
    return batch.done, batch.undo_id


def states(rows: list[Registration]) -> list[str]:
    return [steps.fresh(row).state for row in rows]


def test_letters_issued_together_are_withdrawn_and_their_numbers_stay_used(world: World) -> None:
    rows, undo_id = issued(world, 3)
    with pytest.raises(Absent):
        take_back(world.actor("an"), undo_id=undo_id)
    batch = take_back(world.actor("deng"), undo_id=undo_id)
    assert (len(batch.done), batch.refused) == (3, [])
    assert states(rows) == [State.WITHDRAWN] * 3
    papers = Issue.objects.filter(about__in=[row.letter_id for row in rows])
    assert papers.filter(revoked_at=None).count() == 0
    told = Notice.objects.filter(kind="registration-withdrawn")
    assert set(told.values_list("person", flat=True)) == {row.person_id for row in rows}
    again = letters.issue_letters(
        world.actor("deng"), person_ids=[row.person_id for row in rows]
    ).done
    used = {row.letter.number for row in rows}
    assert used.isdisjoint(row.letter.number for row in again)


def test_what_was_used_or_printed_by_somebody_else_stays_and_is_named(world: World) -> None:
    rows, undo_id = issued(world, 4)
    deng, (presented, theirs, own, _) = world.actor("deng"), rows
    presentations.present_group(deng, registration_ids=[presented.pk])
    unit, form = presented.letter.unit_id, {"form": "letter"}
    journal.write_many(
        world.actor("an"), [journal.Act("paper.printed", theirs.pk, unit, dict(form))]
    )
    letters.note_print(deng, registration_ids=[own.pk], form="letter")
    batch = take_back(deng, undo_id=undo_id)
    codes = {name: no.code for name, no in batch.refused}
    assert sorted(codes.values()) == ["letter.printed", "letter.used"]
    assert states(rows) == [State.SUBMITTED, State.ISSUED, State.WITHDRAWN, State.WITHDRAWN]


def test_letters_are_not_taken_back_twice_nor_late(world: World) -> None:
    _, undo_id = issued(world, 1)
    take_back(world.actor("deng"), undo_id=undo_id)
    with pytest.raises(Refused, match="undone already"):
        take_back(world.actor("deng"), undo_id=undo_id)
    _, later = issued(world, 1)
    with clock.at(clock.now() + WINDOW * 2), pytest.raises(Refused, match="minute"):
        take_back(world.actor("deng"), undo_id=later)


def reminded(world: World, count: int) -> tuple[list[Notice], UUID]:
    rows, _ = issued(world, count)
    batch = commands.remind(world.actor("deng"), person_ids=[row.person_id for row in rows])
    assert batch.undo_id
    return batch.done, batch.undo_id


def test_reminders_that_nobody_read_are_taken_back_and_count_no_longer(world: World) -> None:
    notices, undo_id = reminded(world, 2)
    read = notices[0]
    Notice.objects.filter(pk=read.pk).update(read_at=clock.now())
    batch = take_back(world.actor("deng"), undo_id=undo_id)
    assert [notice.person_id for notice in batch.done] == [notices[1].person_id]
    [(name, no)] = batch.refused
    assert (no.code, "党员" in name) == ("reminder.reached", True)
    assert list(Notice.objects.filter(kind=read.kind)) == [read]
    assert notices[1].about
    verbs = [entry.verb for entry in journal.timeline(notices[1].about)]
    assert verbs[-2:] == ["registration.reminded", "registration.reminder-undone"]


@pytest.mark.parametrize("left", [False, True])
def test_a_reminder_on_its_way_outside_is_stopped_and_one_that_left_is_not(
    world: World, left: bool
) -> None:
    channel = Channel.objects.create(
        account=world.accounts["chen"],
        schema="mail",
        label="a",
        outline="a",
        address_sealed=b"",
        added_by="a",
    )
    steps.issued(world)
    mark_read(world.actor("chen"))
    Delivery.objects.all().delete()
    chen = world.people["chen"].pk
    batch = commands.remind(world.actor("deng"), person_ids=[chen])
    assert batch.undo_id
    rows = Delivery.objects.filter(channel=channel)
    assert rows.get().notices.count() == 1
    if left:
        rows.update(state=DeliveryState.SENT, sent_at=clock.now())
    undone = take_back(world.actor("deng"), undo_id=batch.undo_id)
    assert [no.code for _, no in undone.refused] == (["reminder.reached"] if left else [])
    state = DeliveryState.SENT if left else DeliveryState.GIVEN_UP
    assert (rows.get().state, rows.get().notices.exists()) == (state, left)


def test_the_pages_offer_to_undo_letters_and_reminders(world: World) -> None:
    person = steps.members(world, 1)[0]
    deng = browser(world, "deng")
    for address in ("/letters/issue/", "/check-list/remind/"):
        body = {"client_id": uuid4(), "ids": [person.pk], "all": "1", "everybody": "1"}
        page = deng.post(address, body, follow=True).content.decode()
        found = re.findall(r'action="(/undo/[^"]+)"', page)
        assert found, address
    after = text(deng.post(found[0], {"client_id": uuid4(), "back": "/check-list/"}, follow=True))
    assert "已撤销 2 项。" in after
    assert not Notice.objects.filter(kind="reminder-present").exists()
