"""What a community does with a pairing: the register, publishing, handing over, ending."""

import pytest
from django.utils import translation

from baodao.attendance.commands.rolls import DayService, record_day
from baodao.claims.commands.decisions import line_up
from baodao.home.queries.compliance import points
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused
from baodao.kernel.models import JournalEntry
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from baodao.orgs.queries.reorganisations import work_since
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.pairings.commands import pairings as commands
from baodao.pairings.queries.stories import stories_of
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done, undone
from tests.pairings import steps
from tests.programs import code_of, program
from tests.registration.browsing import browser, text
from tests.world import World


def test_the_register_shows_no_name_and_every_helper_with_their_days(world: World) -> None:
    first, second = offered.registered(world, 2)
    offer, an = steps.pairing(world), world.actor("an")
    former = steps.paired(world, offer, first)
    commands.pass_on(an, claim_id=former.pk, reason="出差半年")
    steps.paired(world, offer, second)
    page = text(browser(world, "an").get("/offers/pairings.html"))
    assert "王桂兰" not in page
    assert "王**" in page
    day = steps.days(0)
    on = f"{day.year}年{day.month}月{day.day}日"
    assert f"{first.name}（{on}至{on}）" in page
    assert f"{second.name}（{on}起）" in page
    assert day.isoformat() not in page
    [story] = stories_of(an, world.willow)
    assert story.paired_on == day


def test_in_the_register_a_helper_whose_pairing_is_over_has_an_end(world: World) -> None:
    helper, offer, an = offered.chen(world), steps.pairing(world), world.actor("an")
    claim = steps.paired(world, offer, helper)
    record_day(an, claim_ids=[claim.pk], service=DayService(steps.days(0), 60))
    commands.end_pairing(an, offer_id=offer.pk, reason="moved")
    assert offered.fresh(claim).state == "done"
    [story] = stories_of(an, world.willow)
    assert [one.until for one in story.supporters] == [steps.days(0)]


def draft(world: World) -> Offer:
    facts = offered.facts("pairing", places=1, particulars=steps.FORTNIGHT)
    return offers.draft(world.actor("an"), community_id=world.willow.pk, facts=facts)


def test_a_pairing_is_not_published_before_it_is_written_down_who_is_helped(world: World) -> None:
    row, an = draft(world), world.actor("an")
    with pytest.raises(Refused, match=r"offer\.nobody"):
        offers.publish(an, offer_id=row.pk)
    page = browser(world, "an")
    address = f"/offers/pairings/{row.pk}/"
    assert f"/offers/{row.pk}/publish/" not in text(page.get(address))
    commands.describe_household(an, offer_id=row.pk, entry=steps.WANG)
    assert f"/offers/{row.pk}/publish/" in text(page.get(address))
    assert offers.publish(an, offer_id=row.pk).state == "published"


def test_the_list_of_offers_leads_to_the_form_of_a_pairing_and_its_page_to_its_end(
    world: World,
) -> None:
    an, offer = browser(world, "an"), steps.pairing(world)
    assert an.get("/offers/new/pairing/")["Location"] == "/offers/pairings/new/"
    page = text(an.get(f"/offers/{offer.pk}/"))
    assert f"/offers/pairings/{offer.pk}/end/" in page
    assert f"/offers/{offer.pk}/close/" not in page
    assert an.get(f"/offers/{offer.pk}/close/")["Location"] == f"/offers/pairings/{offer.pk}/end/"


def test_a_pairing_in_force_is_ended_with_a_reason_and_never_cancelled(world: World) -> None:
    helper, offer, an = offered.chen(world), steps.pairing(world), browser(world, "an")
    cancel = f"/offers/{offer.pk}/cancel/"
    assert cancel in text(an.get(f"/offers/{offer.pk}/"))
    claim = steps.paired(world, offer, helper)
    assert cancel not in text(an.get(f"/offers/{offer.pk}/"))
    record_day(world.actor("an"), claim_ids=[claim.pk], service=DayService(steps.days(0), 60))
    told = text(an.post(cancel, {"reason": "换一种方式"}))
    assert "已有服务记录，不能取消" in told
    assert "勾选" not in told, "a list of who came is none of its"


def test_one_household_is_one_place(world: World) -> None:
    with pytest.raises(Refused, match=r"offer\.one-place"):
        steps.pairing(world, places=2)
    offer, an = steps.pairing(world), world.actor("an")
    facts = offered.facts("pairing", places=2, particulars=steps.FORTNIGHT)
    with pytest.raises(Refused, match=r"offer\.one-place"):
        offers.edit(an, offer_id=offer.pk, facts=facts)
    with pytest.raises(Refused, match=r"offer\.one-place"):
        offers.widen(an, offer_id=offer.pk, places=2)


def test_handed_over_while_somebody_waits_the_page_says_who_is_asked(world: World) -> None:
    first, second = offered.registered(world, 2)
    offer, an = steps.pairing(world), browser(world, "an")
    former = steps.paired(world, offer, first)
    [waiting] = offered.claimed(offer, second)
    assert line_up(world.actor("an"), claim_ids=[waiting.pk]).done
    sent = an.post(f"/offers/pairings/claims/{former.pk}/hand-over/", {"reason": "出差半年"})
    assert sent["Location"] == f"/offers/pairings/{offer.pk}/"
    page = text(an.get(sent["Location"]))
    assert f"排在候补首位的{second.name}" in page


def test_handed_over_with_nobody_in_line_it_goes_on_to_who_is_asked(world: World) -> None:
    helper, offer, an = offered.chen(world), steps.pairing(world), browser(world, "an")
    claim = steps.paired(world, offer, helper)
    sent = an.post(f"/offers/pairings/claims/{claim.pk}/hand-over/", {"reason": "出差半年"})
    assert sent["Location"].endswith(f"{offer.pk}/send/")


def test_why_it_ended_is_kept_in_chinese_whoever_ended_it(world: World) -> None:
    offer = steps.pairing(world)
    with translation.override("en"):
        commands.end_pairing(world.actor("an"), offer_id=offer.pk, reason="moved")
    assert steps.row_of(world, offer).ended_reason == "帮扶对象迁出"


def test_reading_who_is_helped_stands_in_no_way_and_is_counted(world: World) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)

    def readings() -> str:
        return next(point.fact for point in points() if "readings of a number" in point.fact)

    with translation.override("en"):
        before = readings()
        act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
        commands.read_own_household(helper, claim_id=claim.pk)
        commands.read_household(world.actor("bao"), offer_id=offer.pk, reason="接管后上门走访")
        assert (before[0], readings()[0]) == ("0", "1")
    assert not work_since(act.at).filter(verb__startswith="household").exists()
    assert JournalEntry.objects.filter(verb__startswith="household").count() == 3
    undone(world, act)


def test_who_may_only_decide_claims_hands_over_by_a_program(world: World) -> None:
    token = program(world, "an", "willow", Permission.CLAIM_DECIDE)
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    answer = token.post(f"/pairings/claims/{claim.pk}/hand-over/", {"reason": "出差"})
    assert (code_of(answer), answer.json()["stage"]) == ((200, ""), "open")


def test_a_program_ends_a_pairing_by_the_general_road_only_with_a_reason(world: World) -> None:
    offer, token = steps.pairing(world), program(world, "an", "willow", Permission.OFFER_EDIT)
    path = f"/offers/{offer.pk}/close/"
    assert code_of(token.post(path, {})) == (409, "reason.missing")
    named = token.post(path, {"reason": "王桂兰已搬走"})
    assert code_of(named) == (409, "offer.names")
    assert token.post(path, {"reason": "已由子女照料"}).status_code == 200
    assert steps.row_of(world, offer).stage == "over"
