"""A community's offers: drafted, published, changed, moved, closed, cancelled, offered again."""

from datetime import timedelta

import pytest

from baodao.agenda.commands import calendars as themes
from baodao.agenda.models import Theme
from baodao.attendance.commands.rolls import DayService, record_day
from baodao.attendance.queries.rolls import rolls_to_record
from baodao.claims.commands import claims, decisions
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.offers.commands import hours, offers
from baodao.offers.models import Offer
from baodao.offers.queries.offers import short_here
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.offers.answers import answered, offer_of
from tests.world import World


def test_a_draft_is_for_the_community_alone_until_it_is_published(world: World) -> None:
    an = world.actor("an")
    draft = offers.draft(an, community_id=world.willow.pk, facts=steps.facts())
    for name in ("bao", "deng", "fan", "gu", "chen"):
        with pytest.raises(Absent):
            offers.publish(world.actor(name), offer_id=draft.pk)
        with pytest.raises(Absent):
            offers.draft(world.actor(name), community_id=world.willow.pk, facts=steps.facts())
    assert offers.publish(an, offer_id=draft.pk).state == "published"
    assert refusal(offers.publish, an, offer_id=draft.pk) == "offer.published"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("offer.title", {"title": "  "}),
        ("offer.places", {"places": 0}),
        ("offer.unknown-word", {"category": "parade"}),
        ("offer.hours", {"starts_at": None}),
        ("offer.hours-order", {"ends_at": timedelta(hours=-1)}),
        ("offer.hours-long", {"ends_at": timedelta(days=5)}),
        ("offer.organiser", {"organiser_id": 0}),
    ],
)
def test_what_cannot_be_offered_is_refused(
    world: World, code: str, told: dict[str, object]
) -> None:
    an, begins = world.actor("an"), steps.hour()
    told = {key: begins + one if isinstance(one, timedelta) else one for key, one in told.items()}
    facts = steps.facts(**{"starts_at": begins} | told)
    assert refusal(offers.draft, an, community_id=world.willow.pk, facts=facts) == code


def test_a_post_has_no_hours_and_the_past_is_neither_written_down_nor_published(
    world: World,
) -> None:
    an, here = world.actor("an"), world.willow.pk
    hours = {"starts_at": steps.hour(), "ends_at": steps.hour(at=11)}
    code = refusal(offers.draft, an, community_id=here, facts=steps.facts("post", **hours))
    assert code == "offer.untimed"
    past = steps.facts(starts_at=steps.hour(-1), ends_at=steps.hour(-1, 11))
    assert refusal(offers.draft, an, community_id=here, facts=past) == "offer.past"
    draft = offers.draft(an, community_id=here, facts=steps.facts())
    assert refusal(offers.edit, an, offer_id=draft.pk, facts=past) == "offer.past"
    with clock.at(steps.hour(8)):
        assert refusal(offers.publish, an, offer_id=draft.pk) == "offer.past"
        facts = steps.facts(starts_at=draft.starts_at, ends_at=draft.ends_at, title="大扫除")
        assert offers.edit(an, offer_id=draft.pk, facts=facts).title == "大扫除"


def test_more_places_go_to_who_waits_and_taken_ones_stay(world: World) -> None:
    offer = steps.published(world, places=2)
    steps.claimed(offer, *steps.registered(world, 4))
    an = world.actor("an")
    offers.edit(an, offer_id=offer.pk, facts=steps.facts(places=3, title="大扫除"))
    assert steps.states(offer) == ["active", "active", "invited", "waiting"]
    code = refusal(offers.edit, an, offer_id=offer.pk, facts=steps.facts(places=2))
    assert code == "offer.fewer"
    assert Offer.objects.get(pk=offer.pk).title == "大扫除"


def test_moving_an_activity_tells_both_times_and_lets_people_leave(world: World) -> None:
    offer, chen = steps.published(world), steps.chen(world)
    held = steps.claimed(offer, chen)[0]
    new = {"starts_at": steps.hour(8, 14), "ends_at": steps.hour(8, 16)}
    hours.reschedule(world.actor("an"), offer_id=offer.pk, **new)
    told = Notice.objects.get(kind="offer-rescheduled").facts
    assert "09:00" in str(told["old"])
    assert "14:00" in str(told["new"])
    assert claims.withdraw_claim(chen, claim_id=held.pk).state == "left"
    past = {"starts_at": steps.hour(-1), "ends_at": steps.hour(-1, 11)}
    code = refusal(hours.reschedule, world.actor("an"), offer_id=offer.pk, **past)
    assert code == "offer.past"


def test_cancelling_ends_every_claim_tells_why_and_frees_the_needs(world: World) -> None:
    offer = steps.published(world, places=1)
    asked = answered(world, offer)
    steps.claimed(offer, *steps.registered(world, 2))
    an = world.actor("an")
    assert refusal(offers.cancel, an, offer_id=offer.pk, reason="") == "reason.missing"
    offers.cancel(an, offer_id=offer.pk, reason="暴雨")
    assert steps.states(offer) == ["left", "refused"]
    told = Notice.objects.filter(kind="offer-cancelled")
    assert [notice.facts["reason"] for notice in told] == ["暴雨", "暴雨"]
    asked.refresh_from_db()
    assert (asked.state, offer_of(asked)) == ("screened", None)
    assert refusal(offers.cancel, an, offer_id=offer.pk, reason="暴雨") == "offer.cancelled"


def test_publishing_opens_the_needs_it_answers(world: World) -> None:
    an = world.actor("an")
    draft = offers.draft(an, community_id=world.willow.pk, facts=steps.facts())
    asked = answered(world, draft, "screened")
    offers.publish(an, offer_id=draft.pk)
    asked.refresh_from_db()
    assert asked.state == "open"


def test_closing_a_post_thanks_who_served_and_lets_the_others_go(world: World) -> None:
    offer, an = steps.published(world, "post", approval=False), world.actor("an")
    rows = steps.claimed(offer, *steps.registered(world, 2))
    service = DayService(clock.today(), 90, "接待咨询 3 人")
    record_day(an, claim_ids=[rows[0].pk], service=service)
    offers.close(an, offer_id=offer.pk)
    assert steps.states(offer) == ["done", "left"]
    assert Notice.objects.filter(kind="offer-closed").count() == 2


def test_an_activity_with_people_on_its_list_is_closed_by_the_list(world: World) -> None:
    offer = steps.published(world)
    an = world.actor("an")
    held = steps.claimed(offer, steps.chen(world))[0]
    assert refusal(offers.close, an, offer_id=offer.pk) == "offer.list-first"
    claims.withdraw_claim(world.actor("chen"), claim_id=held.pk)
    assert offers.close(an, offer_id=offer.pk).state == "closed"


def test_offering_again_makes_a_draft_on_the_same_weekday_a_month_later(world: World) -> None:
    offer = steps.published(world)
    again = offers.copy(world.actor("an"), offer_id=offer.pk)
    assert again.starts_at == offer.starts_at + timedelta(weeks=4)
    assert (again.state, again.title, again.places) == ("draft", offer.title, 3)
    with clock.at(clock.now() + timedelta(days=200)):
        late = offers.copy(world.actor("an"), offer_id=offer.pk)
        assert clock.now() < late.starts_at <= clock.now() + timedelta(weeks=4)


def test_what_waits_to_be_recorded_and_what_lacks_people(world: World) -> None:
    an, bao = world.actor("an"), world.actor("bao")
    soon = steps.published(world, starts_at=steps.hour(1), ends_at=steps.hour(1, 11), places=1)
    steps.published(world)
    post = steps.published(world, "post")
    assert list(short_here(an, world.willow)) == [soon, post]
    assert not short_here(bao, world.willow).exists()
    steps.claimed(soon, steps.chen(world))
    assert list(short_here(an, world.willow)) == [post]
    with clock.at(steps.hour(2)):
        assert list(rolls_to_record(an, world.willow)) == [soon]
        assert not rolls_to_record(bao, world.willow).exists()


def test_a_theme_is_set_changed_and_taken_back_by_the_community(world: World) -> None:
    an, month = world.actor("an"), clock.today()
    themes.set_theme(an, community_id=world.willow.pk, month=month, title="垃圾分类月")
    themes.set_theme(an, community_id=world.willow.pk, month=month, title="敬老月")
    assert Theme.objects.get().title == "敬老月"
    assert Theme.objects.get().month.day == 1
    with pytest.raises(Absent):
        themes.set_theme(
            world.actor("bao"), community_id=world.willow.pk, month=month, title="敬老月"
        )
    themes.set_theme(an, community_id=world.willow.pk, month=month, title="")
    assert not Theme.objects.exists()


def test_deciding_after_the_end_is_refused_by_name(world: World) -> None:
    offer, an = steps.published(world, "post"), world.actor("an")
    held = steps.claimed(offer, steps.chen(world))[0]
    offers.close(an, offer_id=offer.pk)
    batch = decisions.decide_claims(an, claim_ids=[held.pk], approve=True)
    assert [no.code for _, no in batch.refused] == ["offer.closed"]
    assert isinstance(batch.refused[0][1], Refused)
