"""Entered at the window: members registered here, and others by their volunteer number."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Membership, Person
from baodao.registration.commands.departures import end
from baodao.registration.models import Registration
from baodao.rosters.commands.rows import close_memberships
from baodao.spreadsheets.fields import LengthField
from baodao.spreadsheets.lengths import minutes_of
from baodao.statements.commands import entries as commands
from tests.ledger.steps import at, entry, hosted, record, recorded, working_member
from tests.orgs.test_reorganisations import done
from tests.registration import steps as registration
from tests.registration.browsing import browser, text
from tests.world import World


def test_several_members_here_are_recorded_in_one_act_and_told(world: World) -> None:
    people = [hosted(world), hosted(world, registration.members(world, 1)[0])]
    batch = commands.enter(
        world.actor("an"), community_id=world.willow.pk, entries=[entry(p.pk) for p in people]
    )
    assert (len(batch.done), batch.refused) == (2, [])
    assert {row.origin for row in ServiceRecord.objects.all()} == {"office"}
    assert Notice.objects.filter(kind="record-entered").count() == 2


def test_who_is_not_registered_here_is_found_by_their_number_alone(world: World) -> None:
    hao, an = world.people["hao"], world.actor("an")
    told = [entry(hao.pk)]
    with pytest.raises(Absent):
        commands.enter(an, community_id=world.willow.pk, entries=told)
    with pytest.raises(Absent):
        commands.enter(an, community_id=world.willow.pk, entries=told, numbers=["V00000000"])
    batch = commands.enter(an, community_id=world.willow.pk, entries=told, numbers=[hao.number])
    assert len(batch.done) == 1


def test_a_refusal_opens_nothing_of_who_told_a_number_alone(world: World) -> None:
    hao, an = world.people["hao"], world.actor("an")
    record(world, hao)
    recorded(world, entry(hao.pk, began_at=at(9)), who="bao", where="bridge")

    def refusal(**told: object) -> tuple[str, Refused]:
        entries = [entry(hao.pk, **told)]
        [no] = commands.enter(
            an, community_id=world.willow.pk, entries=entries, numbers=[hao.number]
        ).refused
        return no

    refusals = [refusal(began_at=at(9, 30)), refusal(served_on=date(1997, 1, 1), long_ago=True)]
    assert [no.code for _, no in refusals] == ["record.unseen", "record.too-old"]
    Person.objects.filter(pk=hao.pk).update(joined_on=date(2026, 7, 5))
    young = refusal(began_at=at(15))
    assert (young[0], young[1].code) == (hao.number, "record.unseen")
    ours = refusal()
    Person.objects.filter(pk=hao.pk).update(joined_on=None)
    own = refusal()
    assert (ours[1].code, own[1].code) == ("record.unseen", "record.same")
    for number, no in (*refusals, young, ours, own):
        assert number == hao.number
        assert not any(word in no.text() for word in (hao.name, "石桥社区", "2026-07-05"))


def test_the_window_names_a_stranger_by_the_number_that_was_typed(world: World) -> None:
    hao, url = world.people["hao"], reverse("statements:enter")
    service = {"minutes": "60", "category": "environment", "way": "post", "served_on": "2999-01-01"}
    body = {**service, "served_on": "2026-07-04", "numbers": hao.number}
    recorded(world, entry(hao.pk), who="bao", where="bridge")
    told = text(browser(world, "an").post(url, body, follow=True))
    assert hao.number in told
    assert "用这个编号登记不了" in told
    assert hao.name not in told


def test_what_a_former_member_did_is_recorded_until_their_last_day(world: World) -> None:
    chen, an = hosted(world), world.actor("an")
    last = clock.today()
    close_memberships(list(Membership.objects.filter(person=chen).values_list("pk", flat=True)))
    with clock.at(clock.now() + timedelta(days=3)):
        batch = commands.enter(
            an,
            community_id=world.willow.pk,
            entries=[entry(chen.pk, served_on=last), entry(chen.pk, served_on=clock.today())],
        )
    assert [row.served_on for row in batch.done] == [last]
    [(name, no)] = batch.refused
    assert (name, no.code, no.facts["last"]) == ("陈晓宇", "record.after-leaving", last)


@pytest.mark.parametrize("who", ["bao", "deng", "fan", "chen", "gu"])
def test_only_a_worker_of_the_community_enters(world: World, who: str) -> None:
    chen = hosted(world)
    with pytest.raises(Absent):
        commands.enter(world.actor(who), community_id=world.willow.pk, entries=[entry(chen.pk)])
    batch = commands.enter(
        world.actor("an"), community_id=world.willow.pk, entries=[entry(chen.pk)]
    )
    assert batch.done


def test_who_cannot_be_recorded_is_named_and_the_others_are(world: World) -> None:
    people = [hosted(world), hosted(world, registration.members(world, 1)[0])]
    record(world, people[0], began_at=at(9))
    batch = commands.enter(
        world.actor("an"),
        community_id=world.willow.pk,
        entries=[entry(p.pk, began_at=at(9)) for p in people],
    )
    assert [(name, no.code) for name, no in batch.refused] == [("陈晓宇", "record.overlap")]
    assert [row.person_id for row in batch.done] == [people[1].pk]


def test_nobody_enters_their_own(world: World) -> None:
    chen = hosted(world)
    batch = commands.enter(
        working_member(world), community_id=world.willow.pk, entries=[entry(chen.pk)]
    )
    assert [no.code for _, no in batch.refused] == ["record.own"]
    assert ServiceRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1.5小时", 90),
        ("90分钟", 90),
        ("90", 90),
        ("2", 120),
        ("1小时30分", 90),
        ("一个半小时", 90),
        ("两小时半", 150),
        ("半小时", 30),
        ("半个小时", 30),
        ("1:30", 90),
        ("1：30", 90),
        ("２小时", 120),
        ("二十分钟", 20),
        ("2h", 120),
        ("1h30m", 90),
        ("0", None),
        ("0.5", 30),
        ("0.0625", None),
        ("", None),
        ("-1", None),
        ("很久", None),
        ("1:75", None),
        ("三刻钟", None),
        ("25", 25),
        ("4", 240),
        ("10小时", 600),
    ],
)
def test_time_is_read_as_people_write_it(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("text", "most", "told"),
    [
        ("15", 1440, "15小时或15分钟"),
        ("8", 720, "8小时或8分钟"),
        ("15", 240, 15),
        ("3", 240, 180),
        ("300", 240, "10 分钟到 4 小时"),
        ("5分钟", 240, "10 分钟到 4 小时"),
        ("很久", 240, "1.5 小时"),
        ("", 240, "填写"),
    ],
)
def test_a_length_says_its_unit_where_both_may_be_meant(
    text: str, most: int, told: int | str
) -> None:
    field = LengthField(least=10 if most == 240 else 1, most=most)
    if isinstance(told, int):
        assert field.clean(text) == told
        return
    with override("zh-hans"), pytest.raises(ValidationError) as wrong:
        field.clean(text)
    assert told in "".join(wrong.value.messages)


def test_minutes_that_are_known_stand_in_a_form_as_one_would_type_them() -> None:
    with override("zh-hans"):
        shown = LengthField().prepare_value(90)
    assert (shown, LengthField().clean(shown)) == ("1 小时 30 分钟", 90)


def test_who_left_before_a_merger_is_recorded_by_number_where_they_had_been_received(
    world: World,
) -> None:
    chen, today = hosted(world), clock.today()
    with clock.at(clock.now() + timedelta(days=1)):
        left = {"reason": "moved", "ended_on": clock.today()}
        end(world.actor("deng"), registration_id=Registration.objects.get().pk, **left)
        done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
        commands.enter(
            world.actor("bao"),
            community_id=world.bridge.pk,
            entries=[entry(chen.pk, served_on=today)],
            numbers=[chen.number],
        )
    assert ServiceRecord.objects.get().community == world.willow
