"""Several workers at one order, each with a connection of their own: one offer, and no ring."""

from collections.abc import Callable
from typing import Any

import pytest

from baodao.needs.models import Need
from baodao.offers.commands import answers
from baodao.offers.commands.answers import draft_offer
from baodao.offers.commands.offers import cancel
from baodao.offers.models import Offer
from baodao.offers.queries.answers import live_answers
from tests.concurrency import Meeting
from tests.needs.test_races import workers
from tests.orders import steps
from tests.people.test_lock_order import waits_at
from tests.registration.test_races import outcomes
from tests.world import World


def test_two_workers_dispatch_one_order_once(committed_world: World) -> None:
    world = committed_world
    need = steps.ordered(world, steps.item(world))
    an, ai = workers(world)
    sent = outcomes([lambda who=who: steps.sent(who, need) for who in (an, ai)])
    assert sent == ["done", "need.open"]
    assert Offer.objects.get().state == "published"


def test_an_order_is_dispatched_while_what_was_just_drafted_for_it_is_cancelled(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = committed_world
    need = steps.ordered(world, steps.item(world))
    an, ai = workers(world)
    drafted, cancelled = Meeting(2), Meeting(2)
    editable: Callable[..., Need] = answers._editable

    def later(actor: Any, need_id: Any) -> Need:
        """Whoever dispatches has looked for drafts, and waits until there is one."""
        if actor == an:
            drafted.wait()
            drafted.wait()
        row = editable(actor, need_id)
        if actor == an:
            cancelled.wait()
        return row

    def draft_and_cancel() -> object:
        drafted.wait()
        draft = draft_offer(ai, need_id=need.pk, kind="order")
        drafted.wait()
        return cancel(ai, offer_id=draft.pk, reason="先不下单")

    monkeypatch.setattr(answers, "_editable", later)
    monkeypatch.setattr(answers, "_locked_needs", waits_at(cancelled, answers._locked_needs))
    outcomes([lambda: steps.sent(an, need), draft_and_cancel])
    states = list(Offer.objects.order_by("created_at").values_list("state", flat=True))
    assert states in (["cancelled", "published"], ["published"])
    assert live_answers().get().offer.state == "published"
