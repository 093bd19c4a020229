"""What fits a person: what they can do, like and wish, and when they are free."""

from datetime import datetime, timedelta

import pytest

from baodao.agenda.rules.suggestions import Sought, Topics, Wisher, knows, reasons_for, shared
from baodao.agenda.rules.times import free_at, slots_in
from baodao.kernel import clock
from baodao.people.rules.choices import SPECIALTIES

SATURDAY = datetime(2026, 7, 4, 12, tzinfo=clock.ZONE)
TWO_HOURS = timedelta(hours=2)


def topics(text: str) -> Topics:
    return Topics(SPECIALTIES.within(text), SPECIALTIES.read(text).rest)


@pytest.mark.parametrize(
    ("text", "offer", "fact"),
    [
        ("法律", "法律咨询岗", "法律"),
        ("持有律师证、书法", "法律援助", "法律"),
        ("社区服务", "社区服务站值守", ""),
        ("书法、太极拳", "老年书法班", "书法"),
        ("医", "医疗义诊", ""),
        ("急救，护理", "急救知识讲座", "急救"),
        ("养猫", "养猫讲座", "养猫"),
        ("驾驶", "", ""),
        ("摄影", "拍摄社区照片", "摄影"),
        ("主任", "请联系社区主任", ""),
    ],
)
def test_what_one_can_do_meets_what_is_sought(text: str, offer: str, fact: str) -> None:
    offer_topics = Topics(SPECIALTIES.within(offer))
    if text == "主任":
        assert shared(Topics(SPECIALTIES.within(text)), offer_topics, offer) == fact
    else:
        assert shared(topics(text), offer_topics, offer) == fact


def test_a_specialty_that_an_offer_writes_freely_is_found_in_what_one_wrote() -> None:
    assert shared(topics("会操作无人机"), topics("无人机"), "航拍") == "无人机"


@pytest.mark.parametrize(
    ("free", "hours", "reason"),
    [
        ("周六上午", "每周六 9:00–11:00", "free at weekends"),
        ("周六下午", "每周六 9:00–11:00", ""),
        ("周末上午", "每周六 9:00–11:00", "free at weekends"),
        ("工作日晚上、周末", SATURDAY, "free at weekends"),
        ("星期天", SATURDAY, ""),
        ("随时", SATURDAY, "free at weekends"),
        ("", SATURDAY, ""),
        ("周末", "", ""),
        ("工作日晚上", SATURDAY.replace(day=7, hour=19), "free on weekday evenings"),
        ("工作日晚上", SATURDAY.replace(day=7, hour=9), ""),
        ("工作日上午", SATURDAY.replace(day=7, hour=11), ""),
        ("工作日上午、工作日下午", SATURDAY.replace(day=7, hour=11), "free on weekdays"),
        ("周末上午", SATURDAY.replace(month=10, day=1, hour=9), "free at weekends"),
        ("工作日上午", SATURDAY.replace(month=10, day=10, hour=9), "free on weekday mornings"),
        ("工作日晚上", "每晚 20:00–21:30", "free on weekday evenings"),
        ("周二、周四", "工作日 14:00", "free on weekday afternoons"),
    ],
)
def test_when_one_is_free_meets_when_it_is(free: str, hours: datetime | str, reason: str) -> None:
    when = (None, None, hours) if isinstance(hours, str) else (hours, hours + TWO_HOURS, "")
    assert free_at(slots_in(free), *when) == reason


def test_reasons_come_strongest_first_and_know_nothing_of_others() -> None:
    person = Wisher(
        skills=topics("法律"),
        wishes=Topics(frozenset({"法律咨询"})),
        interests=Topics(frozenset({"阅读"})),
        free=slots_in("周六"),
        home_community_id=1,
        community_id=1,
        grid="第一网格",
    )
    offer = Sought(
        "法律咨询岗",
        1,
        skills=topics("法律咨询岗"),
        wishes=frozenset({"法律咨询"}),
        place="第一网格活动室",
        schedule="每周六",
        free=2,
        short=True,
    )
    reasons = reasons_for(person, offer)
    assert [one.message for one in reasons] == [
        "you know about %(fact)s",
        "you wish to do %(fact)s",
        "in your grid",
        "free at weekends",
        "still short of people",
    ]
    assert knows(reasons)
    assert reasons_for(Wisher(), Sought("法律咨询岗", 1, skills=topics("法律"))) == []
