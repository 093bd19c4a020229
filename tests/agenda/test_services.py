"""The page of a service for members, and its poster."""

from datetime import timedelta

import pytest

from baodao.attendance.commands.rolls import DayService, record_day
from baodao.claims.commands import claims
from baodao.kernel import clock
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.world import World


@pytest.fixture
def cleaning(world: World) -> Offer:
    world.willow.contact_name, world.willow.contact_phone = "安静", "010-8888"
    world.willow.save()
    return steps.published(
        world, text="清理楼道杂物，先在物业集合。", bring="手套、水杯", specialties="搬运"
    )


def test_a_member_reads_everything_about_a_service_and_claims_on_its_page(
    world: World, cleaning: Offer
) -> None:
    steps.claimed(cleaning, steps.registered(world, 1)[0])
    steps.chen(world)
    chen = browser(world, "chen")
    page = text(chen.get(f"/find/{cleaning.pk}/"))
    for words in ("先在物业集合", "3号楼前", "手套、水杯", "搬运", "柳荫社区", "安静", "010-8888",
                  "已认领 1 人，共需 3 人", "离家近"):  # fmt: skip
        assert words in page
    assert f"/find/{cleaning.pk}/claim/" in page
    assert f"/find/{cleaning.pk}/" in text(chen.get("/find/"))
    chen.post(f"/find/{cleaning.pk}/claim/")
    page = text(chen.get(f"/find/{cleaning.pk}/"))
    assert f"/find/{cleaning.pk}/claim/" not in page
    assert "放弃" in page


def test_what_is_over_says_so_to_who_could_claim_it_and_to_nobody_else(
    world: World, cleaning: Offer
) -> None:
    """A poster that still hangs leads there, whether one had a seat or not."""
    chen = steps.chen(world)
    [row] = steps.claimed(cleaning, chen)
    claims.withdraw_claim(chen, claim_id=row.pk)
    offers.cancel(world.actor("an"), offer_id=cleaning.pk, reason="暴雨")
    page = text(browser(world, "chen").get(f"/find/{cleaning.pk}/"))
    assert "暴雨" in page
    assert "/claim/" not in page
    assert "letter-code" not in page
    other = steps.published(world)
    offers.cancel(world.actor("an"), offer_id=other.pk, reason="大风")
    page = text(browser(world, "chen").get(f"/find/{other.pk}/"))
    assert ("大风" in page, "已取消" in page, "/claim/" in page) == (True, True, False)
    assert 'btn-primary" href="/find/"' in page
    for name in ("gu", "an"):
        assert browser(world, name).get(f"/find/{cleaning.pk}/").status_code == 404


def test_what_was_for_one_household_says_what_became_of_it_and_nothing_of_whom(
    world: World,
) -> None:
    """The poster of a wish that came true or was given up; who never had a place reads no more."""
    chen, other = steps.chen(world), steps.registered(world, 1)[0]
    told = {"particulars": {"situation": "elderly"}, "text": "老人爱听戏。", "places": 1}
    met = steps.published(world, "wish", **told)
    assert "老人爱听戏" in text(browser(world, "chen").get(f"/find/{met.pk}/"))
    [row] = steps.claimed(met, other)
    service = DayService(clock.today(), 30, "送去收音机一台")
    record_day(world.actor("an"), claim_ids=[row.pk], service=service)
    dropped = steps.published(world, "wish", **told)
    claims.withdraw_claim(chen, claim_id=steps.claimed(dropped, chen)[0].pk)
    ended = steps.published(world, "wish", **told)
    for offer in (dropped, ended):
        offers.cancel(world.actor("an"), offer_id=offer.pk, reason="老人已住院")
    pages = [text(browser(world, "chen").get(f"/find/{one.pk}/")) for one in (met, ended, dropped)]
    secrets = ("老人爱听戏", "老人已住院", "老年", met.place)
    for page, word in zip(pages, ("已有人帮忙办好", "已取消", "已取消"), strict=True):
        assert (met.title in page, word in page, "/claim/" in page) == (True, True, False)
        assert 'btn-primary" href="/find/"' in page
    assert not [secret for page in pages[:2] for secret in secrets if secret in page]
    assert "老人已住院" in pages[2]


def test_what_has_begun_says_so_and_is_put_on_no_poster(world: World, cleaning: Offer) -> None:
    steps.chen(world)
    with clock.at(cleaning.ends_at + timedelta(hours=1)):
        page = text(browser(world, "chen").get(f"/find/{cleaning.pk}/"))
        assert "已结束" in page
        assert "/claim/" not in page
        an = browser(world, "an")
        assert "poster.pdf" not in text(an.get(f"/offers/{cleaning.pk}/"))
        assert an.get(f"/offers/{cleaning.pk}/poster.pdf").status_code == 404


def test_a_service_out_of_reach_or_in_draft_has_no_page(world: World) -> None:
    steps.chen(world)
    draft = offers.draft(world.actor("an"), community_id=world.willow.pk, facts=steps.facts())
    post = steps.published(world, "post", where=world.bridge)
    for offer in (draft, post):
        assert browser(world, "chen").get(f"/find/{offer.pk}/").status_code == 404
    assert browser(world, "an").get(f"/offers/{draft.pk}/poster.pdf").status_code == 404


def test_the_poster_leads_to_the_page(world: World, cleaning: Offer) -> None:
    an = browser(world, "an")
    assert f"/offers/{cleaning.pk}/poster.pdf" in text(an.get(f"/offers/{cleaning.pk}/"))
    answer = an.get(f"/offers/{cleaning.pk}/poster.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    for name in ("bao", "chen", "gu"):
        assert browser(world, name).get(f"/offers/{cleaning.pk}/poster.pdf").status_code == 404
