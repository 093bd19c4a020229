"""Short ways to call-ups, for tests that begin in the middle."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from baodao.callups import tasks
from baodao.callups.commands.answers import answer_call
from baodao.callups.commands.callups import draft_call, send_call
from baodao.callups.commands.posts import publish_post
from baodao.callups.commands.supplies import add_supply
from baodao.callups.models import CallPost, CallUp, Summons, SupplyEntry
from baodao.callups.rules.callups import CallFacts, Readiness
from baodao.callups.rules.supplies import SupplyFacts, SupplySide
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from tests.offers import steps as offered
from tests.world import World

REASON = "上游暴雨，水位上涨"


def facts(**words: Any) -> CallFacts:
    """A flood drill in a week."""
    base: dict[str, Any] = {
        "title": "防汛演练", "reason": REASON, "spot": "社区广场", "task": "装沙袋、巡堤",
        "starts_at": offered.hour(7, 8),
    }  # fmt: skip
    return CallFacts(**base | words)


def draft(world: World, at: Organisation | None = None, **words: Any) -> CallUp:
    """An's community prepares it, or the street, for which Fan acts from above."""
    place = at or world.willow
    who = "an" if place == world.willow else "fan"
    return draft_call(world.actor(who), caller_id=place.pk, facts=facts(**words))


def sent(world: World, at: Organisation | None = None, **words: Any) -> CallUp:
    """It was called, and the worker has told everybody."""
    call = draft(world, at, **words)
    who = world.actor("an" if call.caller == world.willow else "fan")
    send_call(who, call_id=call.pk, another=True)
    tasks.summon(str(call.pk))
    call.refresh_from_db()
    return call


def able(call: CallUp, *members: Actor, **hours: Any) -> None:
    """Each of them can come."""
    for member in members:
        answer_call(member, call_id=call.pk, answer=Readiness.CAN, **hours)


def post(world: World, call: CallUp, **words: Any) -> CallPost:
    """A shift of two hours on the first morning, in An's community."""
    base: dict[str, Any] = {
        "title": "装沙袋一班", "starts_at": offered.hour(7, 9), "ends_at": offered.hour(7, 11),
    }  # fmt: skip
    shift = offered.facts(**base | words)
    an = world.actor("an")
    return publish_post(an, call_id=call.pk, community_id=world.willow.pk, facts=shift)


def names(call: CallUp) -> set[str]:
    """Who was called."""
    return set(Summons.objects.filter(call=call).values_list("person__name", flat=True))


def later(days: int) -> Any:
    """The clock in some days, at noon."""
    return clock.at(offered.hour(0, 12) + timedelta(days=days))


def supply(world: World, call: CallUp, amount: int, **words: Any) -> SupplyEntry:
    """An writes that so much came in, or, of a negative amount, went out."""
    side = SupplySide.IN if amount > 0 else SupplySide.OUT
    base = {"item": "沙袋", "unit": "只", "party": "街道仓库"} | words
    facts = SupplyFacts(side=side, amount=abs(Decimal(amount)), **base)
    return add_supply(world.actor("an"), call_id=call.pk, facts=facts)
