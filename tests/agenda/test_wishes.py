"""微心愿: from the person who wishes to their own word, and what becomes of one nobody takes."""

from datetime import timedelta

import pytest

from baodao.agenda import tasks
from baodao.agenda.commands.services import read_contact
from baodao.agenda.queries.openings import own_community
from baodao.agenda.queries.suggestions import suggestions
from baodao.attendance.commands.rolls import DayService, record_day
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Actor
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.models import ServiceRecord
from baodao.needs.commands.requests import collect, request_help
from baodao.needs.commands.residents import answer_as_asker, note_answer, renew_page
from baodao.needs.models import Need
from baodao.needs.rules.requests import CONSENT, NeedFacts
from baodao.notices.models import Notice
from baodao.offers.commands import offers
from baodao.offers.commands.answers import draft_offer
from baodao.offers.models import Offer
from baodao.partnership.commands import registrations as partnerships
from tests.offers import steps
from tests.partnership.test_unit_registrations import presented
from tests.registration.browsing import browser, client_id, text
from tests.world import World

ELDERLY = {"situation": "elderly"}
PHONE = "19900007777"


def wished(world: World, consent: str = CONSENT) -> Need:
    """Grandmother Wang wishes for a radio; An took it down on a visit."""
    facts = NeedFacts(
        "想要一台收音机听戏", "convenience", "柳荫里3号楼", asker="王奶奶", phone=PHONE,
        consent=CONSENT,
    )  # fmt: skip
    need = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    Need.objects.filter(pk=need.pk).update(consent=consent)
    return need


def offered(world: World, need: Need) -> Offer:
    """Published as a wish, in words that name nobody."""
    an = world.actor("an")
    draft = draft_offer(an, need_id=need.pk, kind="wish")
    facts = steps.facts("wish", title="想要一台收音机", places=1, particulars=ELDERLY)
    offers.edit(an, offer_id=draft.pk, facts=facts)
    return offers.publish(an, offer_id=draft.pk)


def brought(world: World, claim: Claim) -> None:
    """An records that it was brought today."""
    service = DayService(clock.today(), 30, "送去收音机一台")
    record_day(world.actor("an"), claim_ids=[claim.pk], service=service)


def test_it_is_met_with_its_service_and_confirmed_by_who_wished(world: World) -> None:
    need = wished(world)
    offer, chen = offered(world, need), steps.chen(world)
    [claim] = steps.claimed(offer, chen)
    brought(world, claim)
    offer.refresh_from_db()
    need.refresh_from_db()
    assert (steps.fresh(claim).state, offer.state, need.state) == ("done", "closed", "met")
    assert ServiceRecord.objects.get().way == "wish"
    answer_as_asker(NOBODY, code=need.code, satisfied="yes", remark="谢谢")
    need.refresh_from_db()
    assert need.satisfied == "yes"


def test_with_several_places_it_is_met_once_all_who_took_it_on_have_served(world: World) -> None:
    need, an = wished(world), world.actor("an")
    offer = offers.widen(an, offer_id=offered(world, need).pk, places=2)
    first, second = steps.claimed(offer, *steps.registered(world, 2))
    brought(world, first)
    offer.refresh_from_db()
    assert offer.state == "published"
    brought(world, second)
    offer.refresh_from_db()
    need.refresh_from_db()
    assert (offer.state, need.state) == ("closed", "met")


def test_nobody_reads_who_wishes_but_who_has_taken_it_on(world: World) -> None:
    need = wished(world)
    offer, chen = offered(world, need), steps.chen(world)
    client = browser(world, "chen")
    assert "孤寡老人" in text(client.get(f"/find/{offer.pk}/"))
    for page in ("/find/", f"/find/{offer.pk}/"):
        assert "王奶奶" not in text(client.get(page))
    [claim] = steps.claimed(offer, chen)
    assert "王奶奶" not in text(client.get("/me/claims/"))
    page = client.get(f"/me/claims/{claim.pk}/contact/")
    assert PHONE not in text(page)
    shown = client.post(page.wsgi_request.path, {"client_id": str(client_id(page))})
    assert "王奶奶" in text(shown)
    assert PHONE in text(shown)
    assert "no-store" in shown["Cache-Control"]
    entry = JournalEntry.objects.get(verb="need.read")
    assert (entry.about, entry.actor_name) == (need.pk, "陈晓宇")
    assert PHONE not in str(entry.facts)


def test_the_contact_ends_with_the_wish_and_with_the_claim(world: World) -> None:
    need = wished(world)
    offer, members = offered(world, need), steps.registered(world, 2)
    [claim] = steps.claimed(offer, members[0])
    with pytest.raises(Absent):
        read_contact(members[1], claim_id=claim.pk)
    assert read_contact(members[0], claim_id=claim.pk).phone == PHONE
    brought(world, claim)
    with pytest.raises(Refused):
        read_contact(members[0], claim_id=claim.pk)


def test_who_did_not_agree_to_it_is_not_named_but_where_and_what_is_told(world: World) -> None:
    need = wished(world, consent="2026-11")
    [claim] = steps.claimed(offered(world, need), steps.chen(world))
    client = browser(world, "chen")
    page = client.get(f"/me/claims/{claim.pk}/contact/")
    shown = text(client.post(page.wsgi_request.path, {"client_id": str(client_id(page))}))
    assert (need.place in shown, need.text in shown) == (True, True)
    assert ("王奶奶" in shown, PHONE in shown) == (False, False)
    assert "没有可以告知的电话" in shown
    assert JournalEntry.objects.filter(verb="need.read", about=need.pk).exists()


def test_a_post_tells_nobody_who_asked_for_it(world: World) -> None:
    need, an = wished(world), world.actor("an")
    draft = draft_offer(an, need_id=need.pk, kind="post")
    offers.edit(an, offer_id=draft.pk, facts=steps.facts("post", approval=False))
    offers.publish(an, offer_id=draft.pk)
    chen = steps.chen(world)
    [claim] = steps.claimed(draft, chen)
    with pytest.raises(Absent):
        read_contact(chen, claim_id=claim.pk)


def test_a_wish_written_down_by_itself_has_a_need_that_is_met_with_it(world: World) -> None:
    offer = steps.published(world, "wish", title="想要一台收音机", particulars=ELDERLY)
    need = Need.objects.get()
    assert (need.state, need.text) == ("open", "想要一台收音机")
    [claim] = steps.claimed(offer, steps.chen(world))
    brought(world, claim)
    need.refresh_from_db()
    assert need.state == "met"


def test_one_called_off_waits_again(world: World) -> None:
    need = wished(world)
    offers.cancel(world.actor("an"), offer_id=offered(world, need).pk, reason="老人住院")
    need.refresh_from_db()
    assert need.state == "screened"


def test_the_word_of_who_wished_is_taken_down_at_the_window(world: World) -> None:
    need = wished(world)
    [claim] = steps.claimed(offered(world, need), steps.chen(world))
    an = browser(world, "an")
    assert an.get(f"/needs/{need.pk}/word/").status_code == 409
    with pytest.raises(Refused):
        note_answer(world.actor("an"), need_id=need.pk, satisfied="yes")
    brought(world, claim)
    assert "登记本人评价" in text(an.get(f"/needs/{need.pk}/"))
    page = an.get(f"/needs/{need.pk}/word/")
    sent = {"client_id": str(client_id(page)), "satisfied": "yes", "remark": "声音很清楚"}
    assert "声音很清楚" in text(an.post(page.wsgi_request.path, sent, follow=True))
    assert JournalEntry.objects.get(verb="need.noted").actor_name == "安静"
    for name in ("bao", "fan", "chen"):
        with pytest.raises(Absent):
            note_answer(world.actor(name), need_id=need.pk, satisfied="yes")


def test_not_solved_yet_told_at_the_window_hands_it_back(world: World) -> None:
    need = wished(world)
    [claim] = steps.claimed(offered(world, need), steps.chen(world))
    brought(world, claim)
    note_answer(world.actor("an"), need_id=need.pk, satisfied="no", remark="收不到台")
    need.refresh_from_db()
    assert (need.state, need.remark) == ("screened", "收不到台")


def test_a_resident_asks_and_the_community_makes_a_wish_of_it(world: World) -> None:
    an = world.actor("an")
    page = renew_page(an, community_id=world.willow.pk)
    need = request_help(
        NOBODY, token=page.token, facts=NeedFacts("想要一台收音机听戏", "convenience")
    )
    client = browser(world, "an")
    sent = {"kind": "wish", "client_id": str(client_id(client.get(f"/needs/{need.pk}/")))}
    answer = client.post(f"/needs/{need.pk}/offer/", sent)
    offer = Offer.objects.get()
    assert answer["Location"] == f"/offers/{offer.pk}/edit/"
    assert "做成微心愿" not in text(client.get(answer["Location"]))
    with pytest.raises(Refused) as refused:
        offers.publish(an, offer_id=offer.pk)
    assert refused.value.code == "offer.situation"


def partner_told(days: int) -> int:
    """How many units were told after so many days."""
    with clock.at(clock.now() + timedelta(days=days)):
        tasks.tell_units_of_untaken()
    return Notice.objects.filter(kind="offer-untaken").count()


def test_units_are_told_once_of_what_nobody_takes_on_and_may_take_it_together(
    world: World,
) -> None:
    partnerships.accept(world.actor("an"), unit_registration_id=presented(world).pk)
    offer, members = offered(world, wished(world)), steps.registered(world, 2)
    assert partner_told(6) == 0
    assert partner_told(8) == partner_told(9) == 1
    notice = Notice.objects.get(kind="offer-untaken")
    assert (notice.organisation, notice.url) == (world.bureau, f"/unit/services/{offer.pk}/")
    offers.widen(world.actor("an"), offer_id=offer.pk, places=2)
    together = claims.claim_for(
        world.actor("deng"), offer_id=offer.pk, organisation_id=world.bureau.pk,
        person_ids=[one.person_id for one in members if one.person_id],
    )  # fmt: skip
    assert together.state == "active"
    who: Actor = members[1]
    assert read_contact(who, claim_id=together.pk).name == "王奶奶"
    brought(world, together)
    assert ServiceRecord.objects.count() == 2
    assert Need.objects.get().state == "met"


def test_a_wish_that_nobody_takes_on_rises_until_somebody_does(world: World) -> None:
    need, chen = wished(world), steps.chen(world)
    steps.published(world, "post", title="图书整理岗", places=9)
    offered(world, need)

    def first() -> str:
        return suggestions(chen, own_community(chen)).weighed[0].offer.title

    assert first() == "图书整理岗"
    with clock.at(clock.now() + timedelta(days=8)):
        assert first() == "想要一台收音机"
        assert "一直没有人认领" in text(browser(world, "chen").get("/find/"))


def test_the_list_of_wishes_says_who_wished_who_took_it_on_and_their_word(world: World) -> None:
    need, chen = wished(world), steps.chen(world)
    [claim] = steps.claimed(offered(world, need), chen)
    brought(world, claim)
    answer_as_asker(NOBODY, code=need.code, satisfied="yes")
    an = browser(world, "an")
    page = text(an.get("/offers/wishes.html"))
    for words in ("微心愿登记表", "想要一台收音机", "陈晓宇", "满意", "199****7777"):
        assert words in page
    assert PHONE not in page
    for ending in ("pdf", "docx", "xlsx"):
        assert an.get(f"/offers/wishes.{ending}").status_code == 200
    assert browser(world, "bao").get("/offers/wishes.html").status_code == 200
    assert "收音机" not in text(browser(world, "bao").get("/offers/wishes.html"))


def test_what_somebody_took_on_is_told_to_no_unit(world: World) -> None:
    partnerships.accept(world.actor("an"), unit_registration_id=presented(world).pk)
    steps.claimed(offered(world, wished(world)), steps.chen(world))
    assert partner_told(8) == 0


@pytest.mark.parametrize(
    "told",
    [
        {"title": "王奶奶想要一台收音机"},
        {"text": "电话 199 0000-7777"},
        {"place": "找王奶奶"},
        {"text": "身份证110101199001011234"},
    ],
)
def test_words_that_tell_who_wishes_are_not_published(world: World, told: dict[str, str]) -> None:
    need, an = wished(world), world.actor("an")
    draft = draft_offer(an, need_id=need.pk, kind="wish")
    assert draft.place == ""
    facts = steps.facts("wish", **{"title": "想要一台收音机", "particulars": ELDERLY} | told)
    offers.edit(an, offer_id=draft.pk, facts=facts)
    with pytest.raises(Refused) as refused:
        offers.publish(an, offer_id=draft.pk)
    assert refused.value.code == "offer.names"
    published = offered(world, wished(world))
    with pytest.raises(Refused):
        offers.edit(an, offer_id=published.pk, facts=facts)
