"""Messages outside: planned with their notices, sent once by a real worker to a real server."""

import logging
import os
import shutil
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from baodao.kernel import clock, crypto, keys
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.commands import deliveries
from baodao.notices.commands.channels import (
    ChannelDraft,
    add_channel,
    remove_channel,
    try_channel,
)
from baodao.notices.commands.deliveries import deliver, forget_deliveries
from baodao.notices.commands.notices import Message, announce
from baodao.notices.commands.preferences import choose_topics, mute_by_link, say_again
from baodao.notices.models import Channel, Delivery
from baodao.notices.queries.channels import channels, inherited_channels
from baodao.notices.rules.deliveries import DeliveryState, Failure
from tests.concurrency import at_once
from tests.notices.receiver import Receiver
from tests.world import World

TEN_PAST = datetime(2026, 7, 1, 10, 10, tzinfo=clock.ZONE)
ELEVEN = TEN_PAST.replace(hour=11, minute=0)
NIGHT = TEN_PAST.replace(hour=23)
MORNING = TEN_PAST.replace(day=2, hour=8, minute=0)
SECRET = "geheim-9931"


def of_willow(world: World, receiver: Receiver, place: str = "willow") -> Channel:
    """A webhook of the community (or above it), set by the system administrator."""
    typed = ChannelDraft("社区工作群", receiver.url)
    return add_channel(world.actor("sun"), draft=typed, organisation_id=world.places[place].pk)


def of_chen(world: World, receiver: Receiver) -> Channel:
    return add_channel(world.actor("chen"), draft=ChannelDraft("我的", receiver.url))


def presented(world: World, place: str = "willow", count: int = 5) -> Message:
    facts: dict[str, str | int] = {"unit": "区城建局机关党委", "count": count}
    return Message("group-presented", organisation_id=world.places[place].pk, facts=facts)


def accepted(world: World) -> Message:
    facts: dict[str, str | int] = {"community": "柳荫社区", "number": "〔2026〕001号"}
    return Message("registration-accepted", person_id=world.people["chen"].pk, facts=facts)


def waiting() -> list[tuple[datetime, dict[str, str]]]:
    rows = ProcrastinateJob.objects.filter(task_name="notices.deliver").order_by("id")
    return [(row.scheduled_at, row.args) for row in rows if row.scheduled_at]


def test_an_organisation_s_notices_of_an_hour_leave_as_one_message(
    world: World, receiver: Receiver
) -> None:
    of_willow(world, receiver)
    with clock.at(TEN_PAST):
        announce([presented(world)])
        facts: dict[str, str | int] = {"name": "陈晓宇", "community": "x", "reason": "照片不清"}
        announce([Message("member-ended", organisation_id=world.willow.pk, facts=facts)])
        announce([Message("member-returned", organisation_id=world.willow.pk, facts=facts)])
        announce([presented(world, "bridge")])
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.planned_at) == (DeliveryState.COLLECTING, ELEVEN)
    assert waiting() == [(ELEVEN, {"delivery_id": str(delivery.pk)})]
    with clock.at(ELEVEN):
        deliver(delivery.pk)
        deliver(delivery.pk)
    [text] = receiver.texts
    assert text.splitlines()[0] == "柳荫社区："
    assert "区城建局机关党委统一报到5人" in text
    assert "一位同志" in text
    assert "陈晓宇" not in text
    assert "照片不清" not in text
    assert f"/n/{delivery.token}/off/" in text
    assert "/notices/" in text
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.sent_at) == (DeliveryState.SENT, 1, ELEVEN)


def test_what_comes_after_the_message_left_goes_into_the_next(
    world: World, receiver: Receiver
) -> None:
    of_willow(world, receiver)
    for hour in (0, 1):
        with clock.at(TEN_PAST + timedelta(hours=hour)):
            announce([presented(world, count=hour + 1)])
            deliver(Delivery.objects.get(state=DeliveryState.COLLECTING).pk)
    assert ["报到1人" in text for text in receiver.texts] == [True, False]
    assert ["报到2人" in text for text in receiver.texts] == [False, True]


def test_a_channel_above_holds_until_one_nearer_has_its_own(
    world: World, receiver: Receiver
) -> None:
    above = of_willow(world, receiver, "east")
    assert inherited_channels(world.willow) == [above]
    own = of_willow(world, receiver)
    assert inherited_channels(world.willow) == [own]
    assert inherited_channels(world.bridge) == [above]
    assert inherited_channels(world.cloud) == []
    with clock.at(TEN_PAST):
        announce([presented(world), presented(world, "bridge"), presented(world, "cloud")])
    planned = {row.channel: row for row in Delivery.objects.all()}
    assert set(planned) == {above, own}
    deliver(planned[above].pk)
    assert "石桥社区：" in receiver.texts[0]
    assert "柳荫社区：" not in receiver.texts[0]
    remove_channel(world.actor("sun"), channel_id=own.pk)
    assert inherited_channels(world.willow) == [above]


def test_a_member_is_told_outside_at_once_by_day_and_in_the_morning_after_a_night(
    world: World, receiver: Receiver
) -> None:
    of_chen(world, receiver)
    with clock.at(NIGHT):
        announce([accepted(world), presented(world)])
        announce([Message("letter-issued", person_id=world.people["chen"].pk,
                          facts={"number": "1", "community": "c"})])  # fmt: skip
    assert Delivery.objects.get().planned_at == MORNING
    with clock.at(MORNING):
        deliver(Delivery.objects.get().pk)
        announce([accepted(world)])
    assert Delivery.objects.latest("planned_at").planned_at == MORNING
    [text] = receiver.texts
    assert "柳荫社区已接收您的报到" in text
    assert "统一报到" not in text


def test_the_job_that_waits_is_one_the_worker_knows(world: World, receiver: Receiver) -> None:
    of_willow(world, receiver)
    announce([presented(world)])
    job = ProcrastinateJob.objects.get()
    app.tasks[job.task_name](**job.args)
    assert len(receiver.bodies) == 1
    assert "notices.forget_deliveries" in app.tasks


def test_who_has_no_channel_costs_no_job(world: World) -> None:
    announce([accepted(world), presented(world)])
    assert not Delivery.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_it_exists_exactly_when_its_notices_do(committed_world: World, receiver: Receiver) -> None:
    of_willow(committed_world, receiver)

    @command
    def act(actor: object) -> None:
        announce([presented(committed_world)])
        raise RuntimeError("undone")

    with pytest.raises(RuntimeError):
        act(committed_world.actor("an"))
    assert not Delivery.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_topic_turned_off_outside_is_said_in_the_app_alone(
    world: World, receiver: Receiver
) -> None:
    of_chen(world, receiver)
    chen = world.actor("chen")
    choose_topics(chen, app=["registration"], outside=[])
    assert len(announce([accepted(world)])) == 1
    assert not Delivery.objects.exists()
    choose_topics(chen, app=[], outside=["registration"])
    announce([accepted(world)])
    assert Delivery.objects.count() == 1


def test_the_link_of_a_message_ends_its_topics_on_that_channel_until_its_owner_says_again(
    world: World, receiver: Receiver
) -> None:
    channel = of_willow(world, receiver)
    announce([presented(world)])
    token = Delivery.objects.get().token
    mute_by_link(world.actor("gu"), token=token, topics=["claims"])
    announce([presented(world)])
    assert Delivery.objects.get().notices.count() == 2
    mute_by_link(world.actor("gu"), token=token, topics=["registration", "claims"])
    announce([presented(world)])
    assert Delivery.objects.get().notices.count() == 2
    quieted = JournalEntry.objects.get(verb="channel.quieted")
    assert quieted.facts["topics"] == ["registration"]
    with pytest.raises(Absent):
        say_again(world.actor("an"), channel_id=channel.pk, topic="registration")
    say_again(world.actor("sun"), channel_id=channel.pk, topic="registration")
    announce([presented(world)])
    assert Delivery.objects.get().notices.count() == 3
    with pytest.raises(Absent):
        mute_by_link(world.actor("gu"), token="x" * 22, topics=["registration"])


def test_a_failure_is_tried_again_with_growing_pauses_and_given_up_after_a_day(
    world: World, receiver: Receiver
) -> None:
    of_willow(world, receiver)
    receiver.status = 503
    with clock.at(TEN_PAST):
        announce([presented(world)])
    row = Delivery.objects.get()
    now, moments = ELEVEN, []
    while row.next_at is not None:
        now = row.next_at
        moments.append(now)
        with clock.at(now):
            deliver(row.pk)
        row.refresh_from_db()
        assert (row.failure, row.answer) == (Failure.ANSWERED, "503")
    assert moments[:3] == [ELEVEN, ELEVEN + timedelta(minutes=1), ELEVEN + timedelta(minutes=6)]
    assert [moment for moment, _ in waiting()] == moments
    assert row.state == DeliveryState.GIVEN_UP
    assert row.attempts == len(moments) == len(receiver.bodies)
    assert moments[-1] <= ELEVEN + timedelta(days=1)
    receiver.status = 200
    deliver(row.pk)
    assert len(receiver.bodies) == row.attempts


def test_what_failed_arrives_when_the_other_side_is_back(world: World, receiver: Receiver) -> None:
    of_willow(world, receiver)
    announce([presented(world)])
    row = Delivery.objects.get()
    receiver.status = 500
    deliver(row.pk)
    announce([presented(world, count=7)])
    assert Delivery.objects.filter(state=DeliveryState.COLLECTING).count() == 1
    receiver.status = 200
    deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure, row.attempts) == (DeliveryState.SENT, "", 2)
    assert "报到7人" not in receiver.texts[-1]


def test_nobody_there_is_said_in_plain_words(world: World, receiver: Receiver) -> None:
    typed = ChannelDraft("空", "http://127.0.0.1:9/hook")
    channel = add_channel(
        world.actor("sun"), draft=typed, organisation_id=world.willow.pk
    )  # fmt: skip
    made = try_channel(world.actor("sun"), channel_id=channel.pk)
    deliver(made.pk)
    made.refresh_from_db()
    assert (made.state, made.failure) == (DeliveryState.GIVEN_UP, Failure.UNREACHABLE)


def test_no_redirect_is_followed(world: World, receiver: Receiver) -> None:
    channel = of_willow(world, receiver)
    receiver.status, receiver.moved_to = 307, f"http://127.0.0.1:{receiver.port}/elsewhere"
    made = try_channel(world.actor("sun"), channel_id=channel.pk)
    deliver(made.pk)
    made.refresh_from_db()
    assert (made.failure, made.answer) == (Failure.ANSWERED, "307")
    assert len(receiver.paths) == 1


@pytest.mark.parametrize("name", ["webhook", "mail"])
def test_a_name_that_leads_inside_is_stopped_where_it_connects(
    world: World, receiver: Receiver, settings: Settings, name: str
) -> None:
    """The address was allowed when it was typed; what its name means is seen when it is used."""
    typed = {
        "webhook": receiver.url,
        "mail": f"mailtos://a:b@example.cn:{receiver.port}?smtp=127.0.0.1&to=a@example.cn",
    }[name]
    channel = add_channel(
        world.actor("sun"), draft=ChannelDraft("内", typed), organisation_id=world.willow.pk
    )
    settings.CHANNEL_HOSTS = frozenset()
    made = try_channel(world.actor("sun"), channel_id=channel.pk)
    deliver(made.pk)
    made.refresh_from_db()
    assert (made.state, made.failure) == (DeliveryState.GIVEN_UP, Failure.INSIDE)
    assert receiver.bodies == []


def test_a_removed_channel_forgets_its_address_and_says_nothing_more(
    world: World, receiver: Receiver
) -> None:
    channel = of_willow(world, receiver)
    announce([presented(world)])
    remove_channel(world.actor("sun"), channel_id=channel.pk)
    deliver(Delivery.objects.get().pk)
    assert receiver.bodies == []
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP
    assert bytes(Channel.objects.get().address_sealed) == b""


def test_channels_are_their_owners_alone(world: World, receiver: Receiver) -> None:
    willow, chen = of_willow(world, receiver), of_chen(world, receiver)
    assert list(channels(world.actor("sun"))) == [willow]
    assert list(channels(world.actor("chen"))) == [chen]
    for name in ("an", "bao", "deng", "dai", "fan", "gu", "shen", "su"):
        actor = world.actor(name)
        assert not channels(actor).exists()
        for act in (remove_channel, try_channel):
            with pytest.raises(Absent):
                act(actor, channel_id=willow.pk)
        with pytest.raises(Absent):
            add_channel(
                actor, draft=ChannelDraft("x", receiver.url), organisation_id=world.willow.pk
            )
    with pytest.raises(Absent):
        add_channel(world.actor("an"), draft=ChannelDraft("x", receiver.url))
    with pytest.raises(Absent):
        remove_channel(world.actor("sun"), channel_id=chen.pk)


def test_there_are_at_most_five_and_tests_keep_a_distance(world: World, receiver: Receiver) -> None:
    made = [of_willow(world, receiver) for _ in range(5)]
    with pytest.raises(Refused, match=r"channel\.too-many"):
        of_willow(world, receiver)
    sun = world.actor("sun")
    remove_channel(sun, channel_id=made[0].pk)
    of_willow(world, receiver)
    try_channel(sun, channel_id=made[1].pk)
    with pytest.raises(Refused, match=r"channel\.tested"):
        try_channel(sun, channel_id=made[1].pk)
    try_channel(sun, channel_id=made[2].pk)


def test_the_secret_stands_nowhere_in_clear(
    world: World, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the tables, not in the jobs, not in the logs at their most talkative."""
    caplog.set_level(logging.DEBUG)
    channel = of_willow(world, receiver)
    for status in (200, 500):
        receiver.status = status
        announce([presented(world)])
        deliver(Delivery.objects.get(state=DeliveryState.COLLECTING).pk)
    assert all(SECRET in path for path in receiver.paths)
    assert SECRET not in caplog.text
    with connection.cursor() as cursor:
        for table in ("notices_channel", "notices_delivery", "kernel_journalentry",
                      "procrastinate_jobs"):  # fmt: skip
            cursor.execute(f"SELECT string_agg(t::text, '') FROM {table} t")
            [text] = cursor.fetchone()
            assert text
            assert SECRET not in text
            assert SECRET.encode().hex() not in text
    assert SECRET in channel.address


@pytest.fixture
def own_key(settings: Settings, tmp_path: Path) -> Path:
    """A copy of the key file that this test alone changes."""
    settings.KEY_FILE = shutil.copyfile(settings.KEY_FILE, tmp_path / "keys.json")
    return Path(settings.KEY_FILE)


def test_a_new_key_seals_addresses_anew(own_key: Path, world: World, receiver: Receiver) -> None:
    channel = of_willow(world, receiver)
    ring = crypto.add_key(own_key)
    assert keys.reseal(lambda _done: None)["notices.channel"] == 1
    channel.refresh_from_db()
    assert bytes(channel.address_sealed)[0] == ring.current
    crypto.drop_old_keys(own_key)
    announce([presented(world)])
    deliver(Delivery.objects.get().pk)
    assert len(receiver.bodies) == 1


def test_an_address_that_cannot_be_opened_any_more_is_said(
    world: World, receiver: Receiver
) -> None:
    of_willow(world, receiver)
    Channel.objects.update(address_sealed=b"\x01" + b"x" * 60)
    announce([presented(world)])
    row = Delivery.objects.get()
    deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure) == (DeliveryState.WAITING, Failure.ADDRESS)


def test_old_messages_are_forgotten_with_their_links(world: World, receiver: Receiver) -> None:
    of_willow(world, receiver)
    with clock.at(TEN_PAST):
        announce([presented(world)])
        deliver(Delivery.objects.get().pk)
        announce([presented(world)])
    with clock.at(TEN_PAST + timedelta(days=183)):
        forget_deliveries(world.actor("gu"))
        assert Delivery.objects.count() == 2
    with clock.at(TEN_PAST + timedelta(days=186)):
        forget_deliveries(world.actor("gu"))
    assert Delivery.objects.get().state == DeliveryState.COLLECTING


def killed_during(act: Callable[[], object], step: str, after: bool = False) -> int:
    """Run `act` in a child that is killed with -9 before (or after) `step`; the signal it got."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        real = getattr(deliveries, step)

        def stop(*arguments: object, **named: object) -> None:
            if after:
                real(*arguments, **named)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(deliveries, step, stop)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


@pytest.mark.parametrize(
    ("step", "after", "came"), [("take_up", False, 0), ("say", False, 0), ("say", True, 1)]
)
def test_a_worker_killed_loses_no_message_and_doubles_only_what_left_unnoted(
    committed_world: World, receiver: Receiver, step: str, after: bool, came: int
) -> None:
    """The last row is the small window: it had left, and was not yet noted."""
    of_willow(committed_world, receiver)
    announce_committed(committed_world)
    pk: UUID = Delivery.objects.get().pk
    assert killed_during(lambda: deliver(pk), step, after) == -signal.SIGKILL
    assert len(receiver.bodies) == came
    assert Delivery.objects.get().state != DeliveryState.SENT
    deliver(pk)
    assert len(receiver.bodies) == came + 1
    deliver(pk)
    assert len(receiver.bodies) == came + 1
    assert Delivery.objects.get().state == DeliveryState.SENT


def announce_committed(world: World) -> None:
    with transaction.atomic():
        announce([presented(world)])


def test_two_workers_with_one_message_send_it_once(
    committed_world: World, receiver: Receiver
) -> None:
    of_willow(committed_world, receiver)
    announce_committed(committed_world)
    pk = Delivery.objects.get().pk
    assert at_once(*[lambda: deliver(pk)] * 4) == [None] * 4
    assert len(receiver.bodies) == 1


def test_the_worker_waits_for_what_is_just_being_added(
    committed_world: World, receiver: Receiver
) -> None:
    """Both are held at the dangerous moment: added, not yet committed, and the worker comes."""
    of_willow(committed_world, receiver)
    announce_committed(committed_world)
    pk = Delivery.objects.get().pk
    added, sent = threading.Event(), threading.Event()

    @command
    def add(actor: object) -> None:
        announce([presented(committed_world, count=7)])
        added.set()
        sent.wait(timeout=2)

    def send() -> None:
        added.wait(timeout=2)
        deliver(pk)
        sent.set()

    assert at_once(lambda: add(committed_world.actor("an")), send) == [None, None]
    assert "报到7人" in receiver.texts[0]


def test_whatever_is_told_while_messages_leave_is_in_one_of_them(
    committed_world: World, receiver: Receiver
) -> None:
    of_willow(committed_world, receiver)

    def tell() -> None:
        for _ in range(5):
            announce_committed(committed_world)

    def send() -> None:
        for _ in range(10):
            for pk in Delivery.objects.values_list("pk", flat=True):
                deliver(pk)

    answers = at_once(tell, tell, tell, send, send)
    assert answers == [None] * 5
    send()
    told = sum(text.count("统一报到5人") for text in receiver.texts)
    assert told == 15
