"""Notices: to whom they are shown, in whose language, and when they count as read."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.notices.commands.notices import Message, announce, mark_read
from baodao.notices.queries.notices import of_organisation, own_notices, sentence_of, unread_of
from baodao.notices.queries.reminders import Reminders
from tests.world import World


def evening() -> datetime:
    return clock.midnight(clock.today()) + timedelta(hours=22)


def accepted(world: World) -> Message:
    return Message(
        "registration-accepted",
        person_id=world.people["chen"].pk,
        facts={"community": "柳荫社区", "number": "〔2026〕001号"},
    )


def test_a_notice_to_a_person_is_theirs_alone(world: World) -> None:
    [notice] = announce([accepted(world)])
    assert own_notices(world.actor("chen")).get() == notice
    for name in ("an", "deng", "gu"):
        assert not own_notices(world.actor(name)).exists()


def test_a_notice_to_an_organisation_is_read_by_who_acts_for_it(world: World) -> None:
    [notice] = announce(
        [Message("unit-presented", organisation_id=world.willow.pk, facts={"unit": "局"})]
    )
    assert of_organisation(world.actor("an"), world.willow).get() == notice
    assert unread_of(world.actor("an"), world.willow) == 1
    for name in ("bao", "deng", "chen", "gu"):
        with pytest.raises(Absent):
            of_organisation(world.actor(name), world.willow)
        assert unread_of(world.actor(name), world.willow) == 0


def test_it_speaks_the_readers_language(world: World) -> None:
    [notice] = announce([accepted(world)])
    with translation.override("en"):
        assert sentence_of(notice) == "柳荫社区 has received you; receipt 〔2026〕001号."
    with translation.override("zh-hans"):
        assert sentence_of(notice) == "柳荫社区已接收您的报到，回执〔2026〕001号。"


def test_an_answer_comes_at_once_a_reminder_waits_for_the_morning(world: World) -> None:
    reminder = Message("reminder-present", person_id=world.people["chen"].pk)
    late = evening()
    with clock.at(late):
        answer, reminded = announce([accepted(world), reminder])
        assert answer.show_at == late
        assert own_notices(world.actor("chen")).count() == 1
    assert reminded.show_at == late + timedelta(hours=10)
    with clock.at(late + timedelta(hours=10)):
        assert own_notices(world.actor("chen")).count() == 2


def test_only_reminders_of_the_last_seven_days_are_counted(world: World) -> None:
    chen = world.people["chen"].pk
    reminder = Message("reminder-present", person_id=chen)
    for days in (8, 6, 1):
        with clock.at(clock.now() - timedelta(days=days)):
            announce([reminder, accepted(world)])
    assert Reminders([chen]).sent == {chen: 2}


def test_reading_marks_what_was_shown_and_nothing_else(world: World) -> None:
    late = evening()
    with clock.at(late):
        announce([accepted(world), Message("reminder-present", person_id=world.people["chen"].pk)])
        assert mark_read(world.actor("chen")) == 1
        assert unread_of(world.actor("chen")) == 0
    with clock.at(late + timedelta(days=1)):
        assert unread_of(world.actor("chen")) == 1
        assert mark_read(world.actor("gu")) == 0


def test_a_kind_without_a_sentence_is_a_mistake_of_the_programmer(world: World) -> None:
    with pytest.raises(KeyError):
        announce([Message("nonsense", person_id=world.people["chen"].pk)])
