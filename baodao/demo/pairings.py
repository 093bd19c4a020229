"""The pairings of 柳荫社区: one goes well, one is overdue, one waits, one is over."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from baodao.claims.commands.claims import claim
from baodao.claims.commands.decisions import decide_claims
from baodao.claims.queries.claims import claim_rows
from baodao.claims.rules.lives import SERVING
from baodao.demo.cast import MEMBER
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.kinds.pairing.kind import PAIRING
from baodao.offers.models import Offer
from baodao.offers.rules.offers import OfferFacts
from baodao.pairings.commands.pairings import end_pairing, pass_on, publish_pairing
from baodao.pairings.commands.visits import state_visit
from baodao.pairings.rules.pairings import VisitFacts
from baodao.residents.rules.entries import HouseholdEntry
from baodao.statements.commands.statements import confirm_statements
from baodao.statements.models import Statement

LATEST = 5
"""A visit told no longer ago still waits for the community."""


@dataclass(frozen=True)
class PairingPlan:
    """What a household needs, and on which days somebody took it on and visited, counted back."""

    began: int
    title: str
    situation: str
    rhythm: str
    entry: HouseholdEntry
    turns: tuple[tuple[int, ...], ...] = ()
    over: int = 0


PAIRED = (
    PairingPlan(
        70, "陪伴独居老人", "elderly", "fortnightly",
        HouseholdEntry("孙桂芳", "独居，腿脚不便，子女在外地", "19900000121", "5号楼1单元301"),
        ((68, 60, 46, 32, 18, 4),),
    ),
    PairingPlan(
        120, "课后辅导困境儿童", "child", "monthly",
        HouseholdEntry("小杰一家", "父亲患病，孩子课后无人辅导", "19900000122", "2号楼3单元102"),
        ((118, 100, 71),),
    ),
    PairingPlan(
        9, "帮扶残疾人家庭", "disabled", "monthly",
        HouseholdEntry("何师傅", "视力残疾，办事出门困难", "19900000123", "9号楼"),
    ),
    PairingPlan(
        200, "看望退役军人", "veteran", "quarterly",
        HouseholdEntry("老班长", "高龄，需要定期陪同复诊", "", "6号楼2单元"),
        ((198, 180), (95, 85)),
        over=12,
    ),
)  # fmt: skip
DONE = ("上门看望，聊天", "代买米面", "陪同复诊", "检查水电", "整理房间", "辅导作业")


class Households:
    """Who stands by whom in 柳荫社区, and how often they went."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.worker, self.home = season.worker, season.home

    def enter(self) -> None:
        for number, plan in enumerate(PAIRED):
            self.diary.enter(self.at(plan.began, 10), partial(self._open, number, plan))

    def _open(self, number: int, plan: PairingPlan) -> None:
        words = OfferFacts(
            kind=PAIRING,
            title=plan.title,
            category="relief",
            places=PAIRING.places,
            approval=PAIRING.approval,
            particulars={"situation": plan.situation, "rhythm": plan.rhythm},
        )
        offer = publish_pairing(
            self.worker, community_id=self.home.pk, facts=words, entry=plan.entry
        )
        for turn, days in enumerate(plan.turns):
            self.diary.enter(self.at(days[0], 11), partial(self._take, offer, number + turn, days))
        if plan.over:
            end = partial(end_pairing, self.worker, offer_id=offer.pk, reason="moved")
            self.diary.enter(self.at(plan.over, 16), end)

    def _take(self, offer: Offer, who: int, days: tuple[int, ...]) -> None:
        """Somebody takes it on, from whoever had it before, and visits on the days told."""
        for former in claim_rows().filter(offer=offer, state__in=SERVING):
            pass_on(self.worker, claim_id=former.pk, reason="工作调动，由其他党员接手")
        member = self._member(who)
        taken = claim(member, offer_id=offer.pk)
        decide_claims(self.worker, claim_ids=[taken.pk], approve=True)
        for number, day in enumerate(days[1:]):
            visit = partial(self._visit, member, taken.pk, DONE[(who + number) % len(DONE)], day)
            self.diary.enter(self.at(day, 17), visit)

    def _member(self, who: int) -> Actor:
        """The member of the demo first, then others who are registered there."""
        here = self.season.here()
        others = [one for one in here if one.name != MEMBER]
        own = [one for one in here if one.name == MEMBER]
        return own[0] if who == 0 and own else others[who + 2]

    def _visit(self, member: Actor, claim_id: UUID, words: str, day: int) -> None:
        visit = VisitFacts(clock.today(), 60, words)
        statement = state_visit(member, claim_id=claim_id, visit=visit)
        if day > LATEST:
            self.diary.enter(self.at(day - 1, 9), partial(self._confirm, statement))

    def _confirm(self, statement: Statement) -> None:
        confirm_statements(self.worker, statement_ids=[statement.pk])
