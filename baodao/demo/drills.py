"""The emergency call-ups of 柳荫社区: a flood drill of last month with its records, and one that is
prepared."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.queries.rolls import roll_of
from baodao.callups.commands.answers import answer_call
from baodao.callups.commands.callups import draft_call, send_call, stand_down, summon, tell_over
from baodao.callups.commands.posts import publish_post, seat_best
from baodao.callups.commands.supplies import add_supply
from baodao.callups.models import CallPost
from baodao.callups.queries.callups import post_rows
from baodao.callups.rules.callups import CallFacts, Readiness
from baodao.callups.rules.supplies import SupplyFacts, SupplySide
from baodao.demo.seasons import Season
from baodao.kernel.authz import SYSTEM
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.rules.offers import OfferFacts

DRILL_DAY, DRAFT_DAY = 40, 1
AHEAD = timedelta(days=7)
"""For how long after it was prepared the next call-up can be sent as it is."""
PLACES = 8
SUPPLIES = (
    (SupplySide.IN, "沙袋", 200, "只", "柳荫街道仓库"),
    (SupplySide.IN, "雨衣", 20, "件", "柳荫街道仓库"),
    (SupplySide.OUT, "沙袋", 160, "只", "东堤"),
    (SupplySide.OUT, "雨衣", 8, "件", "装沙袋一班"),
)


class Drills:
    """Who was called, who came, and what is ready for the next time."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.worker, self.home = season.worker, season.home

    def enter(self) -> None:
        self.diary.enter(self.at(DRILL_DAY, 7), self._call)
        self.diary.enter(self.at(DRAFT_DAY, 15), self._prepare)

    def _facts(self, title: str, reason: str, hours: int) -> CallFacts:
        starts_at = self.at(DRILL_DAY, 7 + hours) if hours else self.at(DRAFT_DAY, 8) + AHEAD
        return CallFacts(title, reason, "社区广场", "装沙袋、巡堤、转移低洼处住户", starts_at)

    def _prepare(self) -> None:
        facts = self._facts("防汛应急集结", "汛期值守，水位超过警戒线时发出", 0)
        draft_call(self.worker, caller_id=self.home.pk, facts=facts)

    def _call(self) -> None:
        facts = self._facts("防汛演练", "汛前演练，检验一小时内能集结多少人", 1)
        call = draft_call(self.worker, caller_id=self.home.pk, facts=facts)
        send_call(self.worker, call_id=call.pk)
        summon(SYSTEM, call_id=call.pk)
        for number, member in enumerate(self.season.here()[: PLACES * 2]):
            word = Readiness.CANNOT if number % 4 == 3 else Readiness.CAN
            answer_call(member, call_id=call.pk, answer=word)
        self._serve(call.pk)

    def _serve(self, call_id: UUID) -> None:
        shift = OfferFacts(
            kind=ACTIVITY,
            title="装沙袋一班",
            category="patrol",
            places=PLACES,
            place="东堤",
            starts_at=self.at(DRILL_DAY, 9),
            ends_at=self.at(DRILL_DAY, 11),
        )
        post = publish_post(self.worker, call_id=call_id, community_id=self.home.pk, facts=shift)
        seat_best(self.worker, post_id=post.pk)
        for side, item, amount, unit, party in SUPPLIES:
            entry = SupplyFacts(side, item, unit, Decimal(amount), party)
            add_supply(self.worker, call_id=call_id, facts=entry)
        self.diary.enter(self.at(DRILL_DAY, 12), partial(self._record, post))
        self.diary.enter(self.at(DRILL_DAY, 13), partial(self._end, call_id))

    def _end(self, call_id: UUID) -> None:
        stand_down(self.worker, call_id=call_id, reason="演练结束")
        tell_over(SYSTEM, call_id=call_id)

    def _record(self, post: CallPost) -> None:
        offer = post_rows().get(pk=post.pk).offer
        came = [seat.person_id for seat in roll_of(offer).expected]
        record_roll(self.worker, offer_id=offer.pk, turnout=Turnout(came[:-1] or came, 120))
