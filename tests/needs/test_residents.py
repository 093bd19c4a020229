"""What whoever asked says at the end, and who reads their telephone."""

import pytest

from baodao.kernel import crypto
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.commands.contacts import unmask_asker
from baodao.needs.commands.needs import close_need, merge
from baodao.needs.commands.residents import answer_as_asker, withdraw_asked
from baodao.needs.queries.residents import asked_by_code
from baodao.notices.models import Notice
from tests.needs.steps import fresh, need
from tests.offers.answers import answered, offer, offer_of
from tests.world import World


def test_whoever_asked_says_once_that_it_is_solved(world: World) -> None:
    row = need(world, "met")
    answer_as_asker(NOBODY, code=row.code.lower(), satisfied="partly", remark="师傅很快就来了")
    assert (fresh(row).state, fresh(row).satisfied) == ("met", "partly")
    with pytest.raises(Refused) as again:
        answer_as_asker(NOBODY, code=row.code, satisfied="no")
    assert again.value.code == "need.answered"
    entry = JournalEntry.objects.get(about=row.pk)
    assert "师傅" not in str(entry.facts)


def test_not_solved_yet_hands_it_back_and_tells_the_community(world: World) -> None:
    held = offer(world, "closed")
    row = answered(world, held, "met")
    answer_as_asker(world.actor("chen"), code=row.code, satisfied="no", remark="灯还是不亮")
    back = fresh(row)
    assert (back.state, offer_of(row), back.satisfied) == ("screened", None, "no")
    with pytest.raises(Refused, match=r"need\.answered"):
        answer_as_asker(NOBODY, code=row.code, satisfied="yes")
    assert back.remark == "灯还是不亮"
    told = Notice.objects.get(kind="need-handed-back")
    assert (told.organisation, told.url) == (world.willow, f"/needs/{row.pk}/")
    assert JournalEntry.objects.get(about=row.pk).actor_name == ""
    close_need(world.actor("an"), need_id=row.pk, met=True)
    assert (fresh(row).satisfied, fresh(row).remark) == ("", "")
    answer_as_asker(NOBODY, code=row.code, satisfied="yes")
    assert fresh(row).satisfied == "yes"


def test_nobody_answers_before_it_is_met_or_without_the_code(world: World) -> None:
    for state in ("collected", "screened", "open", "unmet"):
        row = need(world, state)
        with pytest.raises(Refused) as early:
            answer_as_asker(NOBODY, code=row.code, satisfied="yes")
        assert early.value.code == f"need.{state}"
    with pytest.raises(Absent):
        answer_as_asker(NOBODY, code="XXXX-XXXX-XXXX", satisfied="yes")
    with pytest.raises(Refused):
        answer_as_asker(NOBODY, code=need(world, "met").code, satisfied="five stars")


def test_who_asked_the_same_answers_for_themselves(world: World) -> None:
    row, main = need(world), need(world, "screened")
    merge(world.actor("an"), need_id=row.pk, into_id=main.pk)
    with pytest.raises(Refused):
        answer_as_asker(NOBODY, code=row.code, satisfied="yes")
    close_need(world.actor("an"), need_id=main.pk, met=True)
    answer_as_asker(NOBODY, code=main.code, satisfied="yes")
    answer_as_asker(NOBODY, code=row.code, satisfied="no", remark="我家门口的还没修")
    assert (fresh(main).state, fresh(row).state) == ("screened", "merged")
    assert (fresh(main).satisfied, fresh(row).satisfied) == ("yes", "no")


def test_nobody_withdraws_what_others_asked_too(world: World) -> None:
    row, main = need(world), need(world, "screened")
    assert asked_by_code(main.code).may_withdraw
    merge(world.actor("an"), need_id=row.pk, into_id=main.pk)
    assert not asked_by_code(main.code).may_withdraw
    assert not asked_by_code(row.code).may_withdraw
    with pytest.raises(Refused, match=r"need\.shared"):
        withdraw_asked(NOBODY, code=main.code)
    assert (fresh(main).state, fresh(row).state) == ("screened", "merged")
    alone, unmet = need(world), need(world)
    withdraw_asked(NOBODY, code=alone.code)
    close_need(world.actor("an"), need_id=unmet.pk, met=False, reason="没有合适的人")
    headlines = [asked_by_code(one.code).headline for one in (alone, unmet)]
    assert headlines == ["您已撤单", "暂时未能办成"]


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
