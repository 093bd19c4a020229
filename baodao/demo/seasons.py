"""A year of service in the communities, told through the same commands that people use."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from baodao.agenda.commands.calendars import set_theme
from baodao.attendance.commands.effects import grade_effects
from baodao.attendance.commands.rolls import DayService, Turnout, record_day, record_roll
from baodao.attendance.queries.effects import gradable
from baodao.attendance.queries.rolls import day_seats, roll_of
from baodao.attendance.rules.effects import EffectGrade
from baodao.claims.commands.claims import claim
from baodao.claims.commands.decisions import decide_claims
from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.demo.year import EVENTS, NEEDS, POSTS, THEMES, UNMET, ActivityPlan, Plan, Post
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.errors import Refused
from baodao.needs.commands.needs import close_need, screen
from baodao.needs.commands.requests import collect, request_help
from baodao.needs.commands.residents import renew_page
from baodao.needs.queries.needs import need_of
from baodao.needs.rules.life import NeedState
from baodao.needs.rules.requests import NeedFacts, NeedSource
from baodao.offers.commands.answers import match_offer
from baodao.offers.commands.offers import draft, publish
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.kinds.post.kind import POST
from baodao.offers.models import Offer
from baodao.offers.queries.answers import needs_of
from baodao.offers.queries.offers import offers, organisers_of
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.offers import OfferFacts
from baodao.orgs.rules.tree import Kind
from baodao.registration.queries.desks import hosted
from baodao.registration.queries.registrations import registered_on

MONTH = 30
LATEST_NEED = 3
SHARE_UNMET = 0.12
CLAIMED = (3, 5)
"""How many claim an activity beforehand."""

GRADED_BEFORE = 30
"""Days: what was earlier has its effect graded, what was later waits for it."""


class Season:
    """One community's service, month after month, entered into the diary beforehand."""

    def __init__(self, stage: CityStage, diary: Diary, plan: Plan, seed: int) -> None:
        self.stage, self.diary, self.plan = stage, diary, plan
        self.at = stage.calendar.at
        self.random = random.Random(f"{seed} {plan.home}")  # noqa: S311 — a story, not a secret
        self.home = stage.places[plan.home]
        self.worker = stage.worker(plan.home)
        self.posts: list[tuple[Post, Offer]] = []
        self.needs = self._told_needs()

    def enter(self) -> None:
        """Posts first, then every month from the first to this one."""
        began = self.plan.began
        self.diary.enter(self.at(began + 1, 8), self._residents)
        if self.plan.posts:
            self.diary.enter(self.at(began, 9), self._open_posts)
        for first in range(began // MONTH * MONTH, -1, -MONTH):
            self._month(first)

    def _residents(self) -> None:
        self.page = renew_page(self.worker, community_id=self.home.pk)

    def _month(self, first: int) -> None:
        """What begins in the thirty days that begin `first` days ago."""
        if self.plan.theme:
            self.diary.enter(self.at(max(1, first), 8), self._theme)
        for number in range(self.plan.needs):
            day = max(LATEST_NEED, first - self.random.randrange(MONTH))
            self.diary.enter(self.at(day, 14, number), partial(self._need, day))
        if first < MONTH:
            return
        for number in range(self.plan.activities):
            day = first - 4 - number * 13
            self.diary.enter(self.at(day + 9, 10, number), partial(self._activity, day, number))
        if self.plan.posts:
            self.diary.enter(self.at(first - 20, 17), self._posts_served)

    def here(self) -> list[Actor]:
        """Who is registered in the community at this hour, as actors."""
        rows = hosted(self.worker, self.home).order_by("person__pinyin", "person__name")
        return [Actor(None, *row) for row in rows.values_list("person", "person__name")]

    def some(self, least: int, most: int) -> list[Actor]:
        """That many of them, fewer when there are not so many."""
        here = self.here()
        return self.random.sample(here, min(len(here), self.random.randint(least, most)))

    def _theme(self) -> None:
        month = clock.today().replace(day=1)
        title, note = THEMES[month.month]
        set_theme(self.worker, community_id=self.home.pk, month=month, title=title, note=note)

    def publish(self, event: ActivityPlan, starts_at: datetime) -> Offer:
        """Announce an activity."""
        facts = OfferFacts(
            kind=ACTIVITY,
            title=event.title,
            category=event.category,
            places=event.places,
            place=event.place,
            specialties=event.specialties,
            bring=event.bring,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=event.minutes),
            organiser_id=self._organiser(event),
        )
        drafted = draft(self.worker, community_id=self.home.pk, facts=facts)
        return publish(self.worker, offer_id=drafted.pk)

    def _organiser(self, event: ActivityPlan) -> int | None:
        """A unit for what units hold here, once one has reported; else the community itself."""
        if not event.by_unit:
            return None
        units = organisers_of(self.worker, self.home).filter(kind=Kind.UNIT).order_by("pk")
        return units.values_list("pk", flat=True).first()

    def _activity(self, day: int, number: int) -> None:
        event = self.random.choice(EVENTS)
        offer = self.publish(event, self.at(day, event.hour or 9 + 5 * number))
        self.diary.enter(self.at(day + 5, 12, number), partial(self._claimed, offer))
        late = self.at(day - 1, 22 if event.hour else 19, number)
        self.diary.enter(late, partial(self._recorded, offer, event))
        if day > GRADED_BEFORE:
            grade = (*EffectGrade, EffectGrade.GOOD)[day % 4]
            self.diary.enter(self.at(day - 3, 10, number), partial(self._grade, offer, grade))

    def _claimed(self, offer: Offer) -> None:
        self.claim(offer, self.some(*CLAIMED))

    @staticmethod
    def claim(offer: Offer, members: list[Actor]) -> list[UUID]:
        """They claim; who may not (two posts already, another activity then) does not."""
        claim_ids = []
        for member in members:
            try:
                claim_ids.append(claim(member, offer_id=offer.pk).pk)
            except Refused:
                continue
        return claim_ids

    def _recorded(self, offer: Offer, event: ActivityPlan) -> None:
        """Those who claimed come, and others who had not."""
        on_the_list = [row.person_id for row in roll_of(offer).expected]
        assert offer.starts_at is not None
        there = registered_on(self.worker, self.home, clock.local(offer.starts_at).date())
        persons = list(there.order_by("person__pinyin", "pk").values_list("person", flat=True))
        least, most = self.plan.crowd
        others = self.random.sample(persons, min(len(persons), self.random.randint(least, most)))
        came = list(dict.fromkeys([*on_the_list, *others]))
        if came:
            met = [need.pk for need in needs_of(offer).filter(state=NeedState.OPEN)]
            record_roll(self.worker, offer_id=offer.pk, turnout=Turnout(came, event.minutes, met))

    def _grade(self, offer: Offer, grade: EffectGrade) -> None:
        """The community says how well it worked, where somebody came."""
        if gradable(self.worker).filter(pk=offer.pk).exists():
            grade_effects(self.worker, grades={offer.pk: grade})

    def _open_posts(self) -> None:
        for post in POSTS[: self.plan.posts]:
            facts = OfferFacts(
                kind=POST,
                title=post.title,
                category=post.category,
                places=post.places,
                schedule=post.schedule,
                specialties=post.specialties,
                place="社区服务站",
                approval=True,
            )
            drafted = draft(self.worker, community_id=self.home.pk, facts=facts)
            self.posts.append((post, publish(self.worker, offer_id=drafted.pk)))
        for number in range(1, min(4, self.plan.began // MONTH) + 1):
            self.diary.enter(self.at(self.plan.began - number * 14, 11), self._posts_claimed)

    def _posts_claimed(self) -> None:
        """One more member a post, approved by the worker who knows them."""
        for _, offer in self.posts:
            claim_ids = self.claim(offer, self.some(1, 1))
            if claim_ids:
                decide_claims(self.worker, claim_ids=claim_ids, approve=True)

    def _posts_served(self) -> None:
        for post, offer in self.posts:
            seats = day_seats(self.worker, offer)
            serving = {seat.claim_id for seat in seats if seat.left_at is None}
            if serving:
                service = DayService(clock.today(), post.minutes, post.result)
                record_day(self.worker, claim_ids=serving, service=service)

    def _told_needs(self) -> Iterator[tuple[str, ...]]:
        """The needs in an order of this community's own, again from the start when all are told."""
        order = list(NEEDS)
        self.random.shuffle(order)
        while True:
            yield from order

    def _need(self, day: int) -> None:
        text, category, urgency, place, source = next(self.needs)
        facts = NeedFacts(text, category, place, urgency, source)
        if source == NeedSource.LINK:
            need = request_help(NOBODY, token=self.page.token, facts=facts)
        else:
            need = collect(self.worker, community_id=self.home.pk, facts=facts)
        if self.random.random() < self.plan.looked_after:
            later = max(1, day - 2)
            self.diary.enter(self.at(later, 16), partial(self._screened, need.pk))
            if self.plan.activities or self.plan.posts:
                self.diary.enter(self.at(later, 16, 30), partial(self._helped, need.pk))

    def _screened(self, need_id: UUID) -> None:
        need = need_of(self.worker, Permission.NEED_SCREEN, need_id)
        screen(
            self.worker,
            need_id=need_id,
            category=need.category,
            urgency=need.urgency,
            place=need.place,
        )

    def _helped(self, need_id: UUID) -> None:
        """Answered by the next activity, else met at once; some cannot be met."""
        ahead = offers(self.worker).filter(
            community=self.home, state=OfferState.PUBLISHED, starts_at__gt=clock.now()
        )
        offer = ahead.order_by("starts_at").first()
        if self.random.random() < SHARE_UNMET:
            close_need(self.worker, need_id=need_id, met=False, reason=UNMET)
        elif offer is not None:
            match_offer(self.worker, need_id=need_id, offer_id=offer.pk)
        else:
            close_need(self.worker, need_id=need_id, met=True)
