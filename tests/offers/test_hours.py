"""The hours of an offer: nights, years that cannot be meant, moves, and what has begun."""

import re
from datetime import date, datetime, time, timedelta
from html import unescape

import pytest

from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.claims import tasks
from baodao.claims.commands import claims, decisions
from baodao.claims.commands.offers import ELSEWHERE
from baodao.claims.models import Seat
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.notices.models import Notice
from baodao.offers.commands import hours, offers
from baodao.offers.models import Offer
from baodao.offers.rules.offers import check_near, hours_of
from baodao.registration.commands.departures import end
from baodao.registration.models import Registration
from baodao.ui.wording import hours_words, span_words, unbroken_hours
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.world import World

SATURDAY = date(2026, 7, 4)


def at(hour: int, day: int = 4) -> datetime:
    return datetime(2026, 7, day, hour, tzinfo=clock.ZONE)


@pytest.mark.parametrize(
    ("begins", "ends", "result"),
    [
        (time(9), time(11), (at(9), at(11))),
        (time(22), time(2), (at(22), at(2, 5))),
        (time(22), time(0), (at(22), at(0, 5))),
        (time(20), time(8), (at(20), at(8, 5))),
        (time(11), time(9), "offer.hours-order"),
        (time(9), time(9), "offer.hours-order"),
    ],
)
def test_an_end_before_the_start_is_of_the_next_day_where_that_is_a_night(
    begins: time, ends: time, result: object
) -> None:
    answer: object
    try:
        answer = hours_of(SATURDAY, begins, ends)
    except Refused as no:
        answer = no.code
    assert answer == result


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("2026年7月5日 星期日 19:00–21:00", ["19:00–21:00"]),
        ("每周六 9:00–11:00，周日 14:30 - 16:00", ["9:00–11:00", "14:30 - 16:00"]),
        ("<b>每晚8：00至9：30</b>", ["8：00至9：30"]),
        ("随叫随到，7:30 起", []),
    ],
)
def test_hours_stay_on_one_line_of_a_page_and_what_is_typed_stays_text(
    words: str, kept: list[str]
) -> None:
    written = unbroken_hours(words)
    assert re.findall(r'<span class="text-nowrap hours">(.*?)</span>', written) == kept
    assert unescape(re.sub(r"</?span.*?>", "", written)) == words
    assert "<b>" not in written


def test_a_night_is_told_as_one(world: World) -> None:
    assert span_words(at(22), at(0, 5)).endswith("22:00–24:00")
    assert span_words(at(22), at(2, 5)).endswith("22:00 – 2026年7月5日 02:00")
    assert hours_words(time(22), time(0)) == "22:00–24:00"


@pytest.mark.parametrize("year", [26, 2020, 2126])
def test_a_year_that_cannot_be_meant_is_refused(world: World, year: int) -> None:
    an, starts_at = world.actor("an"), datetime(year, 7, 4, 9, tzinfo=clock.ZONE)
    assert refusal(check_near, starts_at, clock.now()) == "offer.far"
    facts = steps.facts(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    assert refusal(offers.draft, an, community_id=world.willow.pk, facts=facts) == "offer.far"
    draft = offers.draft(an, community_id=world.willow.pk, facts=steps.facts())
    assert refusal(offers.edit, an, offer_id=draft.pk, facts=facts) == "offer.far"
    offer = offers.publish(an, offer_id=draft.pk)
    new = {"starts_at": facts.starts_at, "ends_at": facts.ends_at}
    assert refusal(hours.reschedule, an, offer_id=offer.pk, **new) == "offer.far"


def test_a_night_is_offered_changed_and_moved_on_its_pages(world: World) -> None:
    an, day = browser(world, "an"), steps.hour().date()
    typed = {
        "title": "夜间巡逻", "category": "patrol", "on": f"{day}", "begins": "22:00",
        "ends": "02:00", "places": "5", "organiser": world.willow.pk,
    }  # fmt: skip
    an.post("/offers/new/activity/", typed)
    offer = Offer.objects.get()
    assert offer.ends_at == steps.hour(8, 2)
    an.post(f"/offers/{offer.pk}/edit/", typed | {"title": "平安巡逻"})
    offer.refresh_from_db()
    assert (offer.title, offer.ends_at) == ("平安巡逻", steps.hour(8, 2))
    an.post(f"/offers/{offer.pk}/publish/")
    moved = {"on": f"{day}", "begins": "21:00", "ends": "24:00"}
    an.post(f"/offers/{offer.pk}/reschedule/", moved)
    offer.refresh_from_db()
    assert (offer.starts_at, offer.ends_at) == (steps.hour(at=21), steps.hour(8, 0))
    assert "21:00–24:00" in text(an.get(f"/offers/{offer.pk}/"))
    far = an.post(f"/offers/{offer.pk}/reschedule/", moved | {"on": "2126-07-04"})
    assert far.status_code == 422
    assert "请核对年份" in text(far)


def test_days_that_the_fields_cannot_say_are_kept_when_a_draft_is_changed(world: World) -> None:
    an = browser(world, "an")
    facts = steps.facts(ends_at=steps.hour(9, 11))
    draft = offers.draft(world.actor("an"), community_id=world.willow.pk, facts=facts)
    typed = {
        "title": "三天值守", "category": "environment", "on": f"{steps.hour():%Y-%m-%d}",
        "begins": "09:00", "ends": "11:00", "places": "3", "organiser": world.willow.pk,
    }  # fmt: skip
    an.post(f"/offers/{draft.pk}/edit/", typed)
    draft.refresh_from_db()
    assert (draft.title, draft.ends_at) == ("三天值守", steps.hour(9, 11))


def test_whoever_has_a_place_elsewhere_at_the_new_time_gives_this_one_back(world: World) -> None:
    moved = steps.published(world, title="清扫", places=1)
    other = steps.published(
        world, title="义诊", starts_at=steps.hour(at=14), ends_at=steps.hour(at=16)
    )
    here, waiting = steps.registered(world, 2)
    claim, _ = steps.claimed(moved, here, waiting)
    steps.claimed(other, here)
    new = {"starts_at": steps.hour(at=15), "ends_at": steps.hour(at=17)}
    hours.reschedule(world.actor("an"), offer_id=moved.pk, **new)
    assert steps.states(moved) == ["left", "invited"]
    assert steps.states(other) == ["active"]
    assert steps.fresh(claim).reason == ELSEWHERE
    notice = Notice.objects.get(person=here.person_id, kind="claim-elsewhere")
    assert (notice.facts["title"], notice.facts["other"]) == ("清扫", "义诊")
    told = Notice.objects.filter(kind="offer-rescheduled")
    assert [row.person_id for row in told] == [waiting.person_id]


def test_whoever_only_waits_elsewhere_keeps_the_place_and_is_not_seated_twice(
    world: World,
) -> None:
    moved = steps.published(world, title="清扫")
    afternoon = {"starts_at": steps.hour(at=14), "ends_at": steps.hour(at=16)}
    full = steps.published(world, title="义诊", places=1, **afternoon)
    asked = steps.published(
        world, title="维修", approval=True,
        starts_at=steps.hour(at=16), ends_at=steps.hour(at=18),
    )  # fmt: skip
    first, second = steps.registered(world, 2)
    _, waiting = steps.claimed(full, first, second)
    (applied,) = steps.claimed(asked, second)
    steps.claimed(moved, second)
    new = {"starts_at": steps.hour(at=15), "ends_at": steps.hour(at=17)}
    hours.reschedule(world.actor("an"), offer_id=moved.pk, **new)
    assert steps.states(moved) == ["active"]
    claims.withdraw_claim(
        first, claim_id=steps.fresh(Seat.objects.get(person=first.person_id).claim).pk
    )
    assert steps.states(full) == ["left", "invited"]
    assert refusal(claims.confirm_invitation, second, claim_id=waiting.pk) == "claim.overlap"
    batch = decisions.decide_claims(world.actor("an"), claim_ids=[applied.pk], approve=True)
    assert [no.code for _, no in batch.refused] == ["claim.overlap"]


def test_a_place_that_is_given_without_asking_passes_over_who_is_elsewhere(world: World) -> None:
    noon = {"starts_at": steps.hour(days=1, at=12), "ends_at": steps.hour(days=1, at=14)}
    evening = {"starts_at": steps.hour(days=1, at=18), "ends_at": steps.hour(days=1, at=20)}
    full = steps.published(world, title="清扫", places=1, **noon)
    moved = steps.published(world, title="义诊", **evening)
    first, busy, free = steps.registered(world, 3)
    claim, *_ = steps.claimed(full, first, busy, free)
    steps.claimed(moved, busy)
    new = {"starts_at": steps.hour(days=1, at=13), "ends_at": steps.hour(days=1, at=15)}
    hours.reschedule(world.actor("an"), offer_id=moved.pk, **new)
    with clock.at(noon["starts_at"] - timedelta(minutes=30)):
        claims.withdraw_claim(first, claim_id=claim.pk)
    assert steps.states(full) == ["left", "waiting", "active"]
    assert steps.states(moved) == ["active"]


def test_two_claims_at_hours_that_met_meanwhile_are_not_both_approved(world: World) -> None:
    afternoon = {"starts_at": steps.hour(at=14), "ends_at": steps.hour(at=16)}
    offered = [
        steps.published(world, title="清扫", approval=True),
        steps.published(world, title="义诊", approval=True, **afternoon),
    ]
    (member,) = steps.registered(world, 1)
    rows = [steps.claimed(offer, member)[0] for offer in offered]
    an = world.actor("an")
    new = {"starts_at": steps.hour(at=15), "ends_at": steps.hour(at=17)}
    hours.reschedule(an, offer_id=offered[0].pk, **new)
    assert "这段时间已在“清扫”" in text(browser(world, "an").get("/offers/claims/"))
    batch = decisions.decide_claims(an, claim_ids=[row.pk for row in rows], approve=True)
    assert [no.code for _, no in batch.refused] == ["claim.overlap"]
    assert [steps.fresh(row).state for row in rows] == ["active", "applied"]


def test_what_has_begun_is_not_moved_and_its_end_is_put_right_until_it_is_recorded(
    world: World,
) -> None:
    offer, an = steps.published(world), world.actor("an")
    members = steps.registered(world, 2)
    steps.claimed(offer, *members)
    begins, later = steps.hour(), {"starts_at": steps.hour(8), "ends_at": steps.hour(8, 11)}
    noon, afternoon = steps.hour(at=12), steps.hour(at=13)
    with clock.at(steps.hour(at=10)):
        assert refusal(hours.reschedule, an, offer_id=offer.pk, **later) == "offer.begun"
        page = browser(world, "an").get(f"/offers/{offer.pk}/")
        assert "更正结束时间" in text(page)
        typed = {"ends": "12:00"}
        browser(world, "an").post(f"/offers/{offer.pk}/reschedule/", typed)
        offer.refresh_from_db()
        assert (offer.starts_at, offer.ends_at) == (begins, noon)
        assert not Notice.objects.filter(kind="offer-rescheduled").exists()
    with clock.at(afternoon):
        turnout = Turnout([members[0].person_id], 180, more=True)
        record_roll(an, offer_id=offer.pk, turnout=turnout)
        longer = {"starts_at": begins, "ends_at": afternoon}
        assert refusal(hours.reschedule, an, offer_id=offer.pk, **longer) == "offer.recorded"
        assert "/reschedule/" not in text(browser(world, "an").get(f"/offers/{offer.pk}/"))


def test_what_is_half_recorded_is_not_cancelled_and_what_did_not_take_place_is(
    world: World,
) -> None:
    an = world.actor("an")
    half, rained_off = steps.published(world), steps.published(world, starts_at=steps.hour(at=10))
    members = steps.registered(world, 2)
    steps.claimed(half, *members)
    with clock.at(steps.hour(at=12)):
        turnout = Turnout([members[0].person_id], 60, more=True)
        record_roll(an, offer_id=half.pk, turnout=turnout)
        assert refusal(offers.cancel, an, offer_id=half.pk, reason="下雨") == "offer.took-place"
        assert "取消" not in text(browser(world, "an").get(f"/offers/{half.pk}/"))
        record_roll(an, offer_id=half.pk, turnout=Turnout([], 60))
        assert steps.states(half) == ["done", "absent"]
        assert offers.cancel(an, offer_id=rained_off.pk, reason="下雨").state == "cancelled"


def ended(world: World, *persons: object) -> None:
    for row in Registration.objects.filter(person__in=persons):
        end(world.actor("an"), registration_id=row.pk, reason="moved", ended_on=clock.today())


def test_who_had_a_place_when_it_began_stays_on_the_list_though_they_moved_on(
    world: World,
) -> None:
    offer = steps.published(world, places=2)
    later = steps.published(world, starts_at=steps.hour(9), ends_at=steps.hour(9, 11))
    members = steps.registered(world, 3)
    rows = steps.claimed(offer, *members)
    steps.claimed(later, members[0])
    claims.withdraw_claim(members[1], claim_id=rows[1].pk)
    assert steps.states(offer) == ["active", "left", "invited"]
    with clock.at(steps.hour(at=10)):
        ended(world, members[0].person_id)
        tasks.end_claims_of_departed()
        tasks.lapse_overdue()
        assert steps.states(offer) == ["active", "left", "invited"]
        assert steps.states(later) == ["left"]


def test_a_post_cannot_be_left_by_asking_twice(world: World) -> None:
    offer = steps.published(world, "post", approval=False)
    member = steps.registered(world, 1)[0]
    claim = steps.claimed(offer, member)[0]
    claims.request_exit(member, claim_id=claim.pk, reason="调动")
    assert refusal(claims.withdraw_claim, member, claim_id=claim.pk) == "claim.exit-requested"


def test_a_day_after_which_no_day_comes_is_a_slip_of_the_finger(world: World) -> None:
    typed = {"title": "夜间巡查", "category": "safety", "places": "3", "organiser": world.willow.pk,
             "on": "9999-12-31", "begins": "22:00", "ends": "02:00"}  # fmt: skip
    answer = browser(world, "an").post("/offers/new/activity/", typed)
    assert answer.status_code == 422
    assert "请填写 1900 年至 2999 年间的日期。" in text(answer)
