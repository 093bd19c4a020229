"""The time bank of 东岸区, on for a trial: accounts in 柳荫社区, its pool, help for a mother."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from baodao.accounts.commands.switches import confirm_switch, propose_switch
from baodao.accounts.rules import TIME_BANK
from baodao.demo.cast import CITY, MEMBER
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.talents.queries.talents import talents_in
from baodao.timebank.commands.accounts import (
    add_kin,
    add_kin_by_hand,
    create_account,
    create_for_talent,
    create_pool,
    donate_to_pool,
)
from baodao.timebank.commands.orders import confirm_order, order_by_hand, order_help
from baodao.timebank.queries.accounts import own_account
from baodao.timebank.queries.lines import statement_of
from baodao.timebank.rules.accounts import CONSENT, KinFacts
from baodao.timebank.rules.orders import TimeOrderFacts

DISTRICT = "东岸区"


class HoursKept:
    """Who keeps hours in 柳荫社区, and for whom they were spent."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.worker, self.home = season.worker, season.home
        self.account: UUID | None = None

    def enter(self) -> None:
        self.diary.enter(self.at(39, 10), self._turn_on)
        self.diary.enter(self.at(39, 11), self._opened)
        self.diary.enter(self.at(10, 10), self._mother)
        self.diary.enter(self.at(2, 10), self._member)

    def _turn_on(self) -> None:
        stage = self.season.stage
        switch = propose_switch(
            stage.actors[CITY, Role.SYSTEM_ADMINISTRATOR],
            key=TIME_BANK,
            organisation_id=stage.places[DISTRICT].pk,
            basis="区民政局时间银行试点方案",
            approver="区委社会工作部",
            ends_on=clock.today() + timedelta(days=360),
        )
        confirm_switch(stage.actors[CITY, Role.SECURITY_ADMINISTRATOR], switch_id=switch.pk)

    def _opened(self) -> None:
        """Two of the list of talents, and members who are registered there."""
        create_pool(self.worker, community_id=self.home.pk, name="柳荫互助池")
        talents = talents_in(self.worker, self.home).order_by("entered_at", "pk")[:2]
        accounts = [
            create_for_talent(self.worker, talent_id=row.pk, consent=CONSENT) for row in talents
        ]
        self.account = accounts[0].pk if accounts else None
        for member in self._members():
            create_account(member, consent=CONSENT)

    def _members(self) -> list[Actor]:
        here = self.season.here()
        own = [one for one in here if one.name == MEMBER]
        return own + [one for one in here if one.name != MEMBER][:4]

    def _mother(self) -> None:
        """At the window, for the mother of a talent: asked for, and done the day after."""
        if self.account is None:
            return
        facts = KinFacts("何家妈妈", "parent", CONSENT)
        kin = add_kin_by_hand(self.worker, account_id=self.account, facts=facts)
        facts_of_order = TimeOrderFacts("陪同到医院取药", 60, kin.pk, way="window")
        row = order_by_hand(self.worker, account_id=self.account, facts=facts_of_order)
        done = partial(confirm_order, self.worker, order_id=row.pk)
        self.diary.enter(self.at(9, 17), lambda: done() and None)

    def _member(self) -> None:
        """A member gives to the pool and orders help, as far as there are hours."""
        for member in self._members():
            account = own_account(member)
            if account is None or statement_of(account).balance < 60:
                continue
            donate_to_pool(member, minutes=30)
            kin = add_kin(member, facts=KinFacts("妈妈", "parent", CONSENT))
            order_help(member, facts=TimeOrderFacts("周末陪妈妈去菜市场", 30, kin.pk))
            return
