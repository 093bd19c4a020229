"""The pages of pairings: opened in one form, listed, printed, and what stands on first pages."""

from datetime import timedelta

import pytest

from baodao.kernel import clock
from baodao.offers.models import Offer
from baodao.pairings.commands.pairings import end_pairing
from baodao.residents.models import SealedHousehold
from tests.offers import steps as offered
from tests.pairings import steps
from tests.registration.browsing import browser, text
from tests.world import World

TYPED = {
    "title": "陪伴独居老人", "situation": "elderly", "rhythm": "monthly", "category": "relief",
    "name": "王桂兰", "phone": "199 0000 7777", "address": "3号楼", "hardship": "独居",
}  # fmt: skip


def test_one_form_opens_a_pairing_and_keeps_who_is_helped_sealed(world: World) -> None:
    an = browser(world, "an")
    wrong = an.post("/offers/pairings/new/", TYPED | {"title": "陪伴王桂兰"})
    assert wrong.status_code == 422
    sent = an.post("/offers/pairings/new/", TYPED)
    offer, kept = Offer.objects.get(), SealedHousehold.objects.get()
    assert sent["Location"] == f"/offers/pairings/{offer.pk}/"
    assert (offer.state, kept.phone, kept.name) == ("published", "19900007777", "王桂兰")
    asked = an.post(f"/offers/pairings/{offer.pk}/read/", {"reason": "上门前联系"})
    assert "王桂兰" in text(asked)


def test_a_member_tells_of_a_visit_and_reads_whom_it_is_for(world: World) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim, chen = steps.paired(world, offer, helper), browser(world, "chen")
    page = f"/me/pairings/{claim.pk}/"
    assert page in text(chen.get("/me/claims/"))
    assert "王桂兰" not in text(chen.get(page))
    assert "王桂兰" in text(chen.post(f"{page}household/", {}))
    visit = {"on": f"{clock.today():%Y-%m-%d}", "minutes": "45", "result": "读报"}
    assert chen.post(page, visit)["Location"] == page
    assert "读报" in text(chen.get(page))


def test_a_household_by_which_nobody_stands_yet_has_no_days_in_the_list(world: World) -> None:
    steps.pairing(world)
    page = text(browser(world, "an").get("/offers/pairings/"))
    assert "陪伴独居老人" in page
    assert "None" not in page


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "docx"])
def test_the_list_is_printed_with_everybody_who_helped_and_no_address(
    world: World, ending: str
) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    steps.confirmed(world, steps.visited(helper, claim))
    end_pairing(world.actor("an"), offer_id=offer.pk, reason="moved", words="随女儿居住")
    an = browser(world, "an")
    page = text(an.get("/offers/pairings.html"))
    for words in ("结对帮扶登记表", "王**", "199****7777", "陈晓宇", "每两周一次", "随女儿居住"):
        assert words in page
    assert not [secret for secret in steps.SECRETS if secret in page]
    assert an.get(f"/offers/pairings.{ending}").status_code == 200
    assert browser(world, "fan").get("/offers/pairings.html").status_code == 404


def test_first_pages_say_what_waits_of_pairings(world: World) -> None:
    helper, an = offered.chen(world), browser(world, "an")
    steps.pairing(world, title="上门读报")
    with clock.at(clock.now() - timedelta(days=20)):
        claimed = steps.paired(world, steps.pairing(world), helper)
    today = text(an.get("/today/"))
    assert "户结对家庭逾期未走访" in today
    assert "户家庭还没有人结对" in today
    deng = browser(world, "deng")
    assert "/unit/pairings/" in text(deng.get("/unit/"))
    page = text(deng.get("/unit/pairings/"))
    assert "陈晓宇" in page
    assert "起逾期" in page
    steps.visited(helper, claimed, steps.days(-1))
    assert "户结对家庭逾期未走访" not in text(an.get("/today/"))
