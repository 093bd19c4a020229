"""What happened lately in the two communities that the demo's people look at: work to be done."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from baodao.agenda.queries.parties import offers_to_party, party_of
from baodao.appraisal.commands.drafts import draft_cards, judge
from baodao.appraisal.commands.signatures import sign_cards
from baodao.attendance.commands.rolls import DayService, record_day
from baodao.claims.commands.claims import claim_for, request_exit
from baodao.claims.queries.claims import claims_here
from baodao.claims.rules.lives import ClaimState
from baodao.demo.cast import COMMISSION, MEMBER
from baodao.demo.seasons import Season
from baodao.demo.year import EVENTS, ActivityPlan
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Actor, Role
from baodao.ledger.commands.corrections import reverse
from baodao.ledger.queries.records import own_records, records, standing
from baodao.ledger.rules.records import Entry, Way
from baodao.needs.commands.requests import collect
from baodao.needs.commands.residents import answer_as_asker
from baodao.needs.rules.life import AskerWord
from baodao.needs.rules.requests import CONSENT, NeedFacts
from baodao.offers.commands.answers import draft_offer
from baodao.offers.commands.offers import edit, publish
from baodao.offers.commands.proposals import propose
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.kinds.post.kind import POST
from baodao.offers.kinds.wish.kind import WISH
from baodao.offers.models import Offer
from baodao.offers.rules.offers import OfferFacts
from baodao.offers.rules.situations import Situation
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.registration.commands.placements import place_many
from baodao.registration.queries.desks import hosted
from baodao.statements.commands.disputes import dispute
from baodao.statements.commands.statements import confirm_statements, return_statement, state
from baodao.statements.queries.statements import waiting_statements
from baodao.teams.commands.memberships import request_membership
from baodao.teams.commands.teams import name_leader
from baodao.teams.queries.teams import leaders_of, mates, teams_in

SWEEP = ActivityPlan("社区大扫除", "environment", "各楼栋", 120, 22)
CLINIC, REPAIR = EVENTS[1], EVENTS[4]
STATED = (
    (9, "convenience", 60, "帮2号楼老人更换灯泡"),
    (6, "policy", 90, "讲解医保缴费"),
    (5, "convenience", 150, "陪同老人复查"),
    (4, "environment", 60, "清理楼道杂物"),
    (2, "culture", 90, "辅导活动室乐器"),
)
"""Days ago, kind, minutes, what was done; the first is confirmed already."""
WISHES = (
    (13, "想要一台收音机听戏", "relief", Situation.ELDERLY, "5号楼", "王桂兰", "19900000101"),
    (
        9,
        "想请人陪着配助听器",
        "relief",
        Situation.DISABLED,
        "2号楼",
        "李长顺",
        "19900000102",
    ),
    (8, "想要一套四年级的课外书", "relief", Situation.CHILD, "7号楼", "周敏", "19900000103"),
)
"""Days ago, the wish, its category, for whom, where, who wished and by which telephone: the first
has come true, the second is the member's of the demo, the third nobody has taken on."""
OF_A_TEAM, IN_THE_TEAM = 5, 3
"""So many at least are in a team, and so many of it are ticked by its leader."""
JUDGEMENTS = (
    "按时参加服务，待人热情。",
    "主动认领岗位，工作细致。",
    "积极参加集中活动。",
    "发挥专业特长，居民反映好。",
)


def ahead(days: int, hour: int) -> datetime:
    """That hour, so many days after today."""
    return clock.midnight(clock.today() + timedelta(days=days)) + timedelta(hours=hour)


class Lately:
    """The last weeks of 柳荫社区: a list to record, a waiting list, claims and words to decide."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.worker = season.worker

    def enter(self) -> None:
        self.diary.enter(self.at(12, 9), self._sweep)
        self.diary.enter(self.at(7, 9), self._repair)
        self.diary.enter(self.at(4, 9), self._clinic)
        self.diary.enter(self.at(3, 15), self._leaving)
        self.diary.enter(self.at(2, 15), self._applying)
        self.diary.enter(self.at(15, 10), self._reversed)
        for number, wish in enumerate(WISHES):
            self.diary.enter(self.at(wish[0], 15), partial(self._wish, number, *wish))
        self.diary.enter(self.at(3, 17), self._teams)
        self.diary.enter(self.at(2, 18), self._disputed)
        self.diary.enter(self.at(1, 16), self._proposed)
        for statement in STATED:
            self.diary.enter(self.at(statement[0], 19), partial(self._stated, *statement))
        self.diary.enter(self.at(7, 10), self._confirmed)
        self.diary.enter(self.at(1, 9), self._drafted)

    def _sweep(self) -> None:
        """The last working day's activity, not recorded yet: twenty have a place, the member of the
        demo among them."""
        offer = self.season.publish(SWEEP, self.at(1, 9))
        self.diary.enter(self.at(5, 12), partial(self._join, offer, 20))

    def _join(self, offer: Offer, seats: int) -> None:
        """So many claim, the member of the demo first; who may not leaves it to another."""
        own, here = self._member(), len(self.season.here())
        for one in [*own, *self.season.some(here, here)]:
            seats -= len(self.season.claim(offer, [one]))
            if not seats:
                return

    def _repair(self) -> None:
        """Full, and three wait for a place."""
        days = (self.season.stage.calendar.today - clock.today()).days
        offer = self.season.publish(REPAIR, ahead(days + 5, 14))
        self.diary.enter(self.at(6, 12), lambda: self.season.claim(offer, self.season.some(11, 11)))

    def _clinic(self) -> None:
        """Begins soon with too few people; one of them is the member of the demo."""
        days = (self.season.stage.calendar.today - clock.today()).days
        offer = self.season.publish(CLINIC, ahead(days + 2, 9))
        self.season.claim(offer, [*self._member(), *self.season.some(2, 2)])

    def _wish(self, number: int, days: int, text: str, category: str, *facts: str) -> None:
        """Taken down on a visit, made a wish, claimed by one; the last by nobody."""
        situation, place, asker, phone = facts
        need_facts = NeedFacts(text, category, place, "normal", "visit", asker, phone, CONSENT)
        need = collect(self.worker, community_id=self.season.home.pk, facts=need_facts)
        drafted = draft_offer(self.worker, need_id=need.pk, kind=WISH.code)
        wish = OfferFacts(
            kind=WISH,
            title=text,
            category=category,
            places=1,
            place=place,
            particulars={"situation": situation},
        )
        edit(self.worker, offer_id=drafted.pk, facts=wish)
        offer = publish(self.worker, offer_id=drafted.pk)
        helper = (self.season.here()[:1], self._member(), [])[number]
        claim_ids = self.season.claim(offer, helper)
        if number == 0:
            self.diary.enter(self.at(days - 4, 16), partial(self._brought, need.code, claim_ids))

    def _proposed(self) -> None:
        """A unit wants to organise something with members of its own; it waits for our word."""
        unit = self.season.stage.units[COMMISSION]
        if partner_community(unit) != self.season.home:
            return
        clerk = self.season.stage.clerk(COMMISSION)
        days = (self.season.stage.calendar.today - clock.today()).days
        talk = OfferFacts(
            kind=ACTIVITY,
            title="惠民政策咨询",
            category="policy",
            places=12,
            text="讲解医保、养老、住房政策，现场答疑。",
            place="党群服务中心",
            starts_at=ahead(days + 9, 9),
            ends_at=ahead(days + 9, 11),
        )
        propose(clerk, unit_id=unit.pk, facts=talk)

    def _brought(self, code: str, claim_ids: list[UUID]) -> None:
        """The wish has come true, and whoever wished says so at the window."""
        service = DayService(clock.today(), 60, "送去收音机，教会调台")
        record_day(self.worker, claim_ids=claim_ids, service=service)
        answer_as_asker(NOBODY, code=code, satisfied=AskerWord.YES, remark="每天都听，谢谢")

    def _member(self) -> list[Actor]:
        return [actor for actor in self.season.here() if actor.name == MEMBER]

    def _teams(self) -> None:
        """Three teams with leaders, the first of them the member of the demo, whom somebody in no
        team asks to join."""
        teams = list(teams_in(self.season.home))
        ids = list(
            hosted(self.worker, self.season.home)
            .filter(person__name=MEMBER)
            .values_list("pk", flat=True)
        )
        for team in teams[:1]:
            place_many(self.worker, registration_ids=ids, places={Kind.TEAM: team.pk})
        self._fill(teams)
        for team in teams:
            rows = mates(team)
            for row in [*rows.filter(pk__in=ids), *rows][:1]:
                name_leader(self.worker, team_id=team.pk, registration_id=row.pk)
        for team in teams:
            for leader in leaders_of([team.pk]).get(team.pk, [])[:1]:
                person = leader.registration.person
                self._of_team(Actor(None, person.pk, person.name), team)

    def _fill(self, teams: list[Organisation]) -> None:
        """Of those in no team one asks to join the first, the next are placed where few are."""
        free = hosted(self.worker, self.season.home).filter(team=None).order_by("person__pinyin")
        newcomers, others = list(free[:1]), list(free[1:])
        for row in newcomers:
            newcomer = Actor(None, row.person_id, row.person.name)
            request_membership(newcomer, team_id=teams[0].pk, words="学过法律，周末有空。")
        for team in teams:
            lacking = max(0, OF_A_TEAM - mates(team).count())
            ids, others = [row.pk for row in others[:lacking]], others[lacking:]
            if ids:
                place_many(self.worker, registration_ids=ids, places={Kind.TEAM: team.pk})

    def _of_team(self, leader: Actor, team: Organisation) -> None:
        """Its leader takes on for a few of the team the next activity that they are free for."""
        for offer in offers_to_party(leader, team).filter(kind=ACTIVITY):
            free = [one for one in party_of(team, offer).members if one.refused is None]
            ids = [one.membership.person_id for one in free[:IN_THE_TEAM]]
            if len(ids) == IN_THE_TEAM and offer.places - offer.taken >= IN_THE_TEAM:
                claim_for(leader, offer_id=offer.pk, organisation_id=team.pk, person_ids=ids)
                return

    def _leaving(self) -> None:
        rows = claims_here(self.worker, self.season.home).filter(
            state=ClaimState.ACTIVE, offer__kind=POST, offer__title="环境义务岗"
        )
        for claim in rows.order_by("person__pinyin", "pk")[:1]:
            member = Actor(None, claim.person_id, claim.claimant.name)
            request_exit(member, claim_id=claim.pk, reason="调岗到外区，周三不能到场")

    def _applying(self) -> None:
        for _, offer in self.season.posts[:2]:
            self.season.claim(offer, self.season.some(2, 2))

    def _reversed(self) -> None:
        rows = standing(records(self.worker)).filter(community=self.season.home)
        for record in rows.order_by("-served_on", "-seq")[:1]:
            reverse(
                self.worker,
                community_id=record.community_id,
                record_id=record.id,
                reason="同名登记到另一人，已重新登记",
            )

    def _disputed(self) -> None:
        for member in self._member():
            for record in standing(own_records(member))[:1]:
                dispute(
                    member,
                    community_id=record.community_id,
                    record_id=record.id,
                    text="实际服务两个半小时，请核对时长。",
                )

    def _stated(self, days: int, category: str, minutes: int, result: str) -> None:
        members = self._member() if days == STATED[2][0] else self.season.some(1, 1)
        for member in members:
            assert member.person_id is not None
            entry = Entry(
                member.person_id, clock.today(), minutes, category, Way.POST, result=result
            )
            state(member, community_id=self.season.home.pk, entry=entry)

    def _confirmed(self) -> None:
        waiting = list(waiting_statements(self.worker, self.season.home))
        if waiting:
            confirm_statements(self.worker, statement_ids=[waiting[0].pk])
        for statement in waiting[1:2]:
            return_statement(self.worker, statement_id=statement.pk, reason="请补充服务地点")

    def _drafted(self) -> None:
        """The year's cards: a line of judgement for every other one, none signed yet."""
        cards = draft_cards(self.worker, community_id=self.season.home.pk, year=clock.today().year)
        cards.sort(key=lambda card: (card.person.name != MEMBER, card.person.name))
        judge(
            self.worker, lines={card.pk: JUDGEMENTS[at % 4] for at, card in enumerate(cards[::2])}
        )


def sign_the_year(season: Season) -> None:
    """和顺路社区 has signed its cards; its units hold them."""
    secretary = season.stage.actors[season.plan.home, Role.COMMUNITY_SECRETARY]
    cards = draft_cards(season.worker, community_id=season.home.pk, year=clock.today().year)
    judge(season.worker, lines={card.pk: JUDGEMENTS[at % 4] for at, card in enumerate(cards)})
    sign_cards(secretary, card_ids=[card.pk for card in cards])
