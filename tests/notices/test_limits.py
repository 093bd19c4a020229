"""Reminders: announce itself holds the weekly limit and every switch, and tells its caller."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from baodao.accounts.models import Account
from baodao.checklist import commands as checklist
from baodao.kernel import clock
from baodao.kernel.command import command
from baodao.notices.commands.notices import Announcement, Message, announce
from baodao.notices.commands.preferences import choose_topics, mute_topic
from baodao.notices.models import Notice
from baodao.notices.queries.notices import notices_to, own_notices, unread_of
from baodao.notices.rules.catalogue import Topic
from baodao.registration.commands import letters
from tests.concurrency import at_once
from tests.world import World

NOON = datetime(2026, 7, 1, 12, tzinfo=clock.ZONE)
FACTS: dict[str, str | int] = {"number": "〔2026〕1号", "community": "柳荫社区"}


def reminder(world: World, name: str = "chen") -> Message:
    return Message("reminder-present", person_id=world.people[name].pk, facts=FACTS)


def told(world: World) -> Message:
    return Message("letter-issued", person_id=world.people["chen"].pk, facts=FACTS)


def codes(announced: Announcement) -> list[str]:
    return [refused.code for _message, refused in announced.refused]


def test_a_reminder_over_the_limit_is_not_made_and_the_caller_learns_it(world: World) -> None:
    with clock.at(NOON):
        for _ in range(2):
            assert len(announce([reminder(world)])) == 1
        over = announce([reminder(world), told(world), reminder(world, "hao")])
    assert [notice.kind for notice in over] == ["letter-issued", "reminder-present"]
    assert codes(over) == ["reminder.limit"]
    assert over.refused[0][0].person_id == world.people["chen"].pk


def test_several_in_one_call_count_too(world: World) -> None:
    made = announce([reminder(world)] * 3)
    assert (len(made), codes(made)) == (2, ["reminder.limit"])


def test_the_limit_ends_after_seven_days(world: World) -> None:
    with clock.at(NOON):
        announce([reminder(world), reminder(world)])
    with clock.at(NOON + timedelta(days=7, minutes=-1)):
        assert codes(announce([reminder(world)])) == ["reminder.limit"]
    with clock.at(NOON + timedelta(days=7)):
        assert len(announce([reminder(world)])) == 1


def test_an_organisation_has_the_same_limit(world: World) -> None:
    message = Message("reminder-present", organisation_id=world.willow.pk, facts=FACTS)
    made = announce([message] * 3)
    assert (len(made), codes(made)) == (2, ["reminder.limit"])


def test_two_callers_at_once_do_not_pass_the_limit_together(committed_world: World) -> None:
    message = reminder(committed_world)

    def act() -> int:
        with transaction.atomic():
            return len(announce([message]))

    assert sum(made for made in at_once(*[act] * 6) if isinstance(made, int)) == 2


def test_who_turned_reminders_off_gets_none_and_all_the_rest(world: World) -> None:
    Account.objects.filter(username="chen").update(reminders=False)
    made = announce([reminder(world), told(world), reminder(world, "hao")])
    assert [notice.kind for notice in made] == ["letter-issued", "reminder-present"]
    assert codes(made) == ["reminder.off"]


def test_a_topic_turned_off_ends_its_reminders_and_hides_the_rest_but_decisions(
    world: World,
) -> None:
    chen = world.actor("chen")
    returned = Message(
        "registration-returned",
        person_id=world.people["chen"].pk,
        facts={"community": "柳荫社区", "reason": "照片不清"},
    )
    announce([told(world), returned])
    assert unread_of(chen) == 2
    mute_topic(chen, topic=Topic.REGISTRATION)
    mute_topic(chen, topic=Topic.REGISTRATION)
    assert codes(announce([reminder(world)])) == ["reminder.off"]
    assert [notice.kind for notice in own_notices(chen)] == ["registration-returned"]
    assert unread_of(chen) == 1
    choose_topics(chen, app=["registration"], outside=[])
    assert unread_of(chen) == 2
    assert len(announce([reminder(world)])) == 1


def test_one_reader_of_an_organisation_turns_off_for_themselves_alone(world: World) -> None:
    announce([Message("unit-presented", organisation_id=world.willow.pk, facts={"unit": "局"})])
    an, fan = world.actor("an"), world.actor("fan")
    mute_topic(an, topic=Topic.REGISTRATION)
    assert not notices_to(an, world.willow).exists()
    assert notices_to(fan, world.willow).exists()


def test_a_unit_s_reminder_names_who_turned_the_topic_off(world: World) -> None:
    deng, chen = world.actor("deng"), world.people["chen"]
    letters.issue_letters(deng, person_ids=[chen.pk], community_id=world.willow.pk)
    mute_topic(world.actor("chen"), topic=Topic.REGISTRATION)
    batch = checklist.remind(deng, person_ids=[chen.pk])
    assert list(batch.done) == []
    assert [refused.code for _label, refused in batch.refused] == ["reminder.off"]


def test_what_is_undone_was_never_told(committed_world: World) -> None:
    @command
    def act(actor: object) -> None:
        announce([told(committed_world)])
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError):
        act(committed_world.actor("deng"))
    assert not Notice.objects.exists()
