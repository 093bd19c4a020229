"""From a need to an offer, and what whoever asked says about it at the end."""

import pytest

from baodao.kernel import crypto
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.models import Notice
from baodao.offers.commands.need_offers import answer_with, draft_offer
from baodao.offers.commands.needs import close_need, merge, open_needs
from baodao.offers.commands.residents import answer_asked, unmask_asker
from baodao.offers.models import Offer
from tests.offers.need_steps import fresh, need, offer
from tests.world import World


@pytest.mark.parametrize("kind", ["activity", "post"])
def test_one_tap_drafts_an_offer_and_a_second_finds_it(world: World, kind: str) -> None:
    row = need(world, place="3号楼")
    made = draft_offer(world.actor("an"), need_id=row.pk, kind=kind)
    assert (made.state, made.kind.code, made.title) == ("draft", kind, "三号楼楼道灯坏了")
    assert (made.community, made.category, made.place) == (world.willow, "convenience", "3号楼")
    assert (fresh(row).state, fresh(row).offer) == ("screened", made)
    assert draft_offer(world.actor("an"), need_id=row.pk, kind="post") == made
    assert Offer.objects.count() == 1
    open_needs(world.actor("an"), offer=made)
    assert fresh(row).state == "open"


def test_a_draft_is_made_by_who_edits_offers_of_what_waits(world: World) -> None:
    row = need(world)
    for stranger in ("bao", "fan", "deng", "chen"):
        with pytest.raises(Absent):
            draft_offer(world.actor(stranger), need_id=row.pk, kind="post")
    with pytest.raises(Refused):
        draft_offer(world.actor("an"), need_id=row.pk, kind="wish")
    for state in ("open", "met", "unmet"):
        with pytest.raises(Refused) as refused:
            draft_offer(world.actor("an"), need_id=need(world, state).pk, kind="post")
        assert refused.value.code == f"need.{state}"


def test_a_published_offer_answers_a_need_of_its_community(world: World) -> None:
    row, held = need(world), offer(world)
    answer_with(world.actor("an"), need_id=row.pk, offer_id=held.pk)
    assert (fresh(row).state, fresh(row).offer) == ("open", held)
    with pytest.raises(Refused) as again:
        answer_with(world.actor("an"), need_id=row.pk, offer_id=held.pk)
    assert again.value.code == "need.open"


def test_a_draft_or_an_offer_next_door_answers_nothing(world: World) -> None:
    row = need(world)
    with pytest.raises(Refused) as draft:
        answer_with(world.actor("an"), need_id=row.pk, offer_id=offer(world, "draft").pk)
    assert draft.value.code == "offer.draft"
    next_door = offer(world, community=world.bridge)
    with pytest.raises(Absent):
        answer_with(world.actor("an"), need_id=row.pk, offer_id=next_door.pk)
    with pytest.raises(Absent):
        answer_with(world.actor("bao"), need_id=row.pk, offer_id=offer(world).pk)
    assert fresh(row).state == "collected"


def test_whoever_asked_says_once_that_it_is_solved(world: World) -> None:
    row = need(world, "met")
    answer_asked(NOBODY, code=row.code.lower(), satisfied="partly", remark="师傅很快就来了")
    assert (fresh(row).state, fresh(row).satisfied) == ("met", "partly")
    with pytest.raises(Refused) as again:
        answer_asked(NOBODY, code=row.code, satisfied="no")
    assert again.value.code == "need.answered"
    entry = JournalEntry.objects.get(about=row.pk)
    assert "师傅" not in str(entry.facts)


def test_not_solved_yet_hands_it_back_and_tells_the_community(world: World) -> None:
    held = offer(world, "closed")
    row = need(world, "met", offer=held)
    answer_asked(world.actor("chen"), code=row.code, satisfied="no", remark="灯还是不亮")
    back = fresh(row)
    assert (back.state, back.offer, back.satisfied) == ("screened", None, "no")
    assert back.remark == "灯还是不亮"
    told = Notice.objects.get(kind="need-handed-back")
    assert (told.organisation, told.url) == (world.willow, f"/needs/{row.pk}/")
    assert JournalEntry.objects.get(about=row.pk).actor_name == ""
    close_need(world.actor("an"), need_id=row.pk, met=True)
    assert (fresh(row).satisfied, fresh(row).remark) == ("", "")
    answer_asked(NOBODY, code=row.code, satisfied="yes")
    assert fresh(row).satisfied == "yes"


def test_nobody_answers_before_it_is_met_or_without_the_code(world: World) -> None:
    for state in ("collected", "screened", "open", "unmet"):
        row = need(world, state)
        with pytest.raises(Refused) as early:
            answer_asked(NOBODY, code=row.code, satisfied="yes")
        assert early.value.code == f"need.{state}"
    with pytest.raises(Absent):
        answer_asked(NOBODY, code="XXXX-XXXX-XXXX", satisfied="yes")
    with pytest.raises(Refused):
        answer_asked(NOBODY, code=need(world, "met").code, satisfied="five stars")


def test_who_asked_the_same_answers_for_themselves(world: World) -> None:
    row, main = need(world), need(world, "screened")
    merge(world.actor("an"), need_id=row.pk, into_id=main.pk)
    with pytest.raises(Refused):
        answer_asked(NOBODY, code=row.code, satisfied="yes")
    close_need(world.actor("an"), need_id=main.pk, met=True)
    answer_asked(NOBODY, code=main.code, satisfied="yes")
    answer_asked(NOBODY, code=row.code, satisfied="no", remark="我家门口的还没修")
    assert (fresh(main).state, fresh(row).state) == ("screened", "merged")
    assert (fresh(main).satisfied, fresh(row).satisfied) == ("yes", "no")


def test_the_telephone_is_read_with_a_reason_by_who_looks_after_the_need(world: World) -> None:
    sealed = crypto.ring().seal("19900008888", "phone")
    row = need(world, phone_sealed=sealed, asker="王阿姨")
    with pytest.raises(Refused):
        unmask_asker(world.actor("an"), need_id=row.pk, reason="  ")
    for stranger in ("bao", "fan", "deng", "chen", "su"):
        with pytest.raises(Absent):
            unmask_asker(world.actor(stranger), need_id=row.pk, reason="问清楼层")
    assert not JournalEntry.objects.filter(about=row.pk).exists()
    shown = unmask_asker(world.actor("an"), need_id=row.pk, reason="问清楼层")
    assert shown == "19900008888"
    entry = JournalEntry.objects.get(about=row.pk)
    assert (entry.verb, entry.facts) == ("need.unmasked", {"reason": "问清楼层"})
    with pytest.raises(Refused) as none:
        unmask_asker(world.actor("an"), need_id=need(world).pk, reason="问清楼层")
    assert none.value.code == "need.no-phone"
