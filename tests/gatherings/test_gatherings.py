"""党员之家: who is told of a gathering, once; birthdays; what a member finds; organisations that
are over."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from baodao.gatherings import queries
from baodao.gatherings.commands import gatherings as commands
from baodao.gatherings.commands.mornings import tell_of_tomorrow, wish_well
from baodao.gatherings.models import Gathering
from baodao.gatherings.rules.gatherings import GatheringFacts, GatheringKind, GatheringState
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.ids import new_id
from baodao.notices.commands.preferences import mute_topic
from baodao.notices.models import Notice
from baodao.notices.queries.notices import own_notices, sentence_of
from baodao.notices.rules.catalogue import Topic
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Person
from tests.gatherings.steps import gathering, material
from tests.orgs.test_reorganisations import done, undone
from tests.registration.browsing import browser
from tests.registration.steps import accepted
from tests.world import World

A_WEEK = timedelta(days=7)


def told(kind: str) -> set[str]:
    rows = Notice.objects.filter(kind=kind).select_related("person")
    return {row.person.name for row in rows if row.person}


def test_a_unit_speaks_to_its_members_and_a_community_to_who_is_registered(world: World) -> None:
    chen, lecture = world.actor("chen"), gathering(world, "deng", world.bureau)
    assert told("gathering-announced") == {"陈晓宇"}
    gathering(world, "an", world.willow)
    assert list(queries.own_gatherings(chen)) == [lecture]
    accepted(world)
    clean_up = gathering(world, "an", world.willow, after=A_WEEK)
    assert [row.pk for row in queries.own_gatherings(chen)][-1] == clean_up.pk
    assert Notice.objects.filter(about=clean_up.pk).count() == 1


@pytest.mark.parametrize("who", ["bao", "qin", "fan", "sun", "chen"])
def test_who_does_not_keep_an_organisation_calls_nobody_together(world: World, who: str) -> None:
    row = gathering(world, "deng", world.bureau)
    with pytest.raises(Absent):
        gathering(world, who, world.bureau)
    with pytest.raises(Absent):
        commands.cancel_gathering(world.actor(who), gathering_id=row.pk, reason="改期")


def test_members_are_reminded_once_the_day_before_and_not_of_what_was_cancelled(
    world: World,
) -> None:
    row = gathering(world, "deng", world.bureau)
    assert tell_of_tomorrow(SYSTEM, gathering_id=row.pk) > 0
    assert tell_of_tomorrow(SYSTEM, gathering_id=row.pk) == 0
    commands.cancel_gathering(world.actor("deng"), gathering_id=row.pk, reason="另行通知")
    assert told("gathering-cancelled") == told("gathering-announced")
    with pytest.raises(Absent):
        tell_of_tomorrow(SYSTEM, gathering_id=row.pk)
    with pytest.raises(Refused, match=r"gathering\.cancelled"):
        commands.cancel_gathering(world.actor("deng"), gathering_id=row.pk, reason="另行通知")


def test_a_gathering_is_moved_its_members_are_told_and_reminded_of_its_new_hour(
    world: World,
) -> None:
    """What to bring is no news; what was cancelled, or has begun, is changed no more."""
    row, deng = gathering(world, "deng", world.bureau), world.actor("deng")
    assert tell_of_tomorrow(SYSTEM, gathering_id=row.pk) > 0
    known = GatheringFacts(GatheringKind(row.kind), row.title, row.starts_at, row.spot)
    commands.edit_gathering(deng, gathering_id=row.pk, facts=replace(known, text="请带笔记本"))
    assert not told("gathering-moved")
    noon = datetime.combine(clock.local(row.starts_at).date(), time(12, 34), tzinfo=clock.ZONE)
    later = replace(known, starts_at=noon, spot="会议室")
    commands.edit_gathering(deng, gathering_id=row.pk, facts=later)
    assert told("gathering-moved") == told("gathering-announced")
    words = sentence_of(Notice.objects.filter(kind="gathering-moved").first())
    assert row.spot in words.partition("改为")[0]
    assert "会议室" in words.partition("改为")[2]
    assert tell_of_tomorrow(SYSTEM, gathering_id=row.pk) > 0, "of the hour at which it is now"
    assert tell_of_tomorrow(SYSTEM, gathering_id=row.pk) == 0
    with pytest.raises(Absent):
        commands.edit_gathering(world.actor("qin"), gathering_id=row.pk, facts=later)
    past = replace(later, starts_at=clock.now())
    with pytest.raises(Refused, match=r"gathering\.over"):
        commands.edit_gathering(deng, gathering_id=row.pk, facts=past)
    with clock.at(later.starts_at), pytest.raises(Refused, match=r"gathering\.begun"):
        commands.edit_gathering(deng, gathering_id=row.pk, facts=later)
    desk, address = browser(world, "deng"), f"/gatherings/{row.pk}/edit/"
    shown = desk.get(address).content.decode()
    assert 'value="会议室"' in shown
    typed = {"kind": row.kind, "title": "党课", "spot": "会议室", "hour": "20:00"}
    typed |= {"on": f"{noon:%Y-%m-%d}", "client_id": str(new_id())}
    assert desk.post(address, typed).status_code == 302
    row.refresh_from_db()
    assert (row.title, clock.local(row.starts_at).hour) == ("党课", 20)
    commands.cancel_gathering(deng, gathering_id=row.pk, reason="另行通知")
    assert desk.get(address).status_code == 404


def test_the_two_birthdays_are_told_once_and_can_be_turned_off(world: World) -> None:
    chen = world.actor("chen")
    Person.objects.filter(pk=chen.person_id).update(
        born_on=date(1990, 7, 1), joined_on=date(2011, 7, 1)
    )
    day = date(2026, 7, 1)
    assert wish_well(SYSTEM, day=day) == 2
    assert wish_well(SYSTEM, day=day) == 0
    assert wish_well(SYSTEM, day=day + timedelta(days=1)) == 0
    kinds = {row.kind: row.facts for row in own_notices(chen)}
    assert kinds["party-birthday"]["years"] == 15
    mute_topic(chen, topic=Topic.BIRTHDAYS)
    assert not {"birthday", "party-birthday"} & {row.kind for row in own_notices(chen)}


def test_what_is_shared_is_found_until_it_is_taken_back(world: World) -> None:
    row = material(world, "deng", world.bureau)
    chen = world.actor("chen")
    assert list(queries.own_materials(chen)) == [row]
    commands.withdraw_material(world.actor("deng"), material_id=row.pk)
    assert list(queries.own_materials(chen)) == []
    with pytest.raises(Absent):
        commands.withdraw_material(world.actor("deng"), material_id=row.pk)


def test_what_is_ahead_goes_on_with_who_takes_over_and_comes_back(world: World) -> None:
    ahead = gathering(world, "deng", world.second, after=A_WEEK)
    shared = material(world, "deng", world.second)
    chen = world.actor("chen")
    assert list(queries.own_gatherings(chen)) == []
    act = done(world, world.second, Aim(Reform.MERGED, successor_id=world.first.pk))
    assert list(queries.own_gatherings(chen)) == [ahead]
    assert list(queries.own_materials(chen)) == [shared]
    undone(world, act)
    assert list(queries.own_gatherings(chen)) == []


def test_what_a_dissolved_branch_called_to_is_cancelled_and_what_was_stays(world: World) -> None:
    ahead = gathering(world, "deng", world.second, after=A_WEEK)
    past = gathering(world, "deng", world.second)
    Gathering.objects.filter(pk=past.pk).update(starts_at=clock.now() - A_WEEK)
    done(world, world.second, Aim(Reform.DISSOLVED))
    states = dict(queries.gatherings(world.actor("deng")).values_list("pk", "state"))
    assert states == {ahead.pk: GatheringState.CANCELLED, past.pk: GatheringState.ANNOUNCED}
    with pytest.raises((Absent, Refused)):
        gathering(world, "deng", world.second)


def test_pages_show_what_is_ahead_to_who_keeps_it_and_to_members(world: World) -> None:
    row = gathering(world, "deng", world.bureau)
    material(world, "deng", world.bureau)
    desk, phone = browser(world, "deng"), browser(world, "chen")
    page = desk.get("/gatherings/").content.decode()
    assert "接下来有 1 项组织生活" in page
    assert "学习社区治理" in page
    home = phone.get("/me/home/").content.decode()
    assert "学习社区治理" in home
    assert "https://www.example.org/a" in home
    assert phone.get("/gatherings/").status_code == 404
    assert desk.get("/me/home/").status_code == 404
    sent = desk.post(f"/gatherings/{row.pk}/cancel/", {"reason": "改期", "client_id": new_id()})
    assert sent.status_code == 302
    assert "已取消：改期" in phone.get("/me/home/").content.decode()
