"""The supply ledger of a call-up: never below nothing, corrected by counter entries, on paper."""

import pytest

from baodao.callups.commands.callups import stand_down
from baodao.callups.commands.supplies import counter_supply
from baodao.callups.models import SupplyEntry
from baodao.callups.queries.supplies import stocks_of, supply_lines
from baodao.kernel.errors import Absent, Refused
from tests.callups import steps
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.world import World


def test_nothing_goes_out_that_is_not_there_and_a_mistake_is_countered(world: World) -> None:
    road.accepted(world)
    call, an = steps.sent(world), world.actor("an")
    came = steps.supply(world, call, 200)
    wrong = steps.supply(world, call, -80, party="东堤")
    with pytest.raises(Refused, match=r"supply\.balance"):
        steps.supply(world, call, -121)
    with pytest.raises(Refused, match=r"supply\.balance"):
        steps.supply(world, call, -1, item="雨衣")
    with pytest.raises(Refused, match=r"supply\.balance"):
        counter_supply(an, entry_id=came.pk, reason="重复登记")
    counter_supply(an, entry_id=wrong.pk, reason="写错数量")
    with pytest.raises(Refused, match=r"supply\.corrected"):
        counter_supply(an, entry_id=wrong.pk, reason="再来一次")
    assert [line.left for line in supply_lines(call)] == ["200", "120", "200"]
    assert [(one.item, one.left) for one in stocks_of(call)] == [("沙袋", "200")]
    with pytest.raises(Absent):
        counter_supply(world.actor("bao"), entry_id=came.pk, reason="不是我们的")
    stand_down(an, call_id=call.pk, reason="险情解除")
    with pytest.raises(Refused, match=r"callup\.over"):
        steps.supply(world, call, 1)


def test_the_ledger_is_written_read_and_printed_on_its_page(world: World) -> None:
    road.accepted(world)
    call, an = steps.sent(world), browser(world, "an")
    page = f"/callups/{call.pk}/supplies/"
    typed = {"side": "in", "item": "雨衣", "amount": "30", "unit": "件", "party": "区应急局"}
    assert an.post(page, typed)["Location"] == page
    assert an.post(page, typed | {"side": "out", "amount": "31"}).status_code == 422
    an.post(page, typed | {"side": "out", "amount": "12.5", "party": "一班"})
    assert "17.5 件" in text(an.get(page))
    out = SupplyEntry.objects.get(amount__lt=0)
    an.post(f"/callups/supplies/{out.pk}/counter/", {"reason": "未领取"})
    paper = text(an.get(f"/callups/{call.pk}/supplies.html"))
    for words in ("物资台账", "区应急局", "冲销：未领取", "17.5"):
        assert words in paper
    for ending in ("pdf", "xlsx", "docx"):
        assert an.get(f"/callups/{call.pk}/supplies.{ending}").status_code == 200
    assert browser(world, "bao").get(page).status_code == 404


def test_a_line_typed_while_the_call_up_was_stood_down_is_told_and_not_lost(world: World) -> None:
    road.accepted(world)
    call, an = steps.sent(world), browser(world, "an")
    chen, own = browser(world, "chen"), f"/me/callups/{call.pk}/"
    stand_down(world.actor("an"), call_id=call.pk, reason="险情解除")
    typed = {"side": "in", "item": "雨衣", "amount": "30", "unit": "件", "party": "区应急局"}
    page = text(an.post(f"/callups/{call.pk}/supplies/", typed))
    assert "区应急局" in page
    assert 'role="alert"' in page
    day = f"{call.starts_at:%Y-%m-%d}"
    hours = {"on": day, "begins": "08:00", "until_on": day, "ends": "18:00"}
    assert 'role="alert"' in text(chen.post(own, hours))
    assert 'role="alert"' not in text(chen.get(own))
