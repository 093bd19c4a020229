"""The menu of 柳荫社区 and the orders of its residents, one at every stage."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from baodao.attendance.commands.rolls import DayService, record_day
from baodao.demo.cast import CAST, COMMISSION, MEMBER
from baodao.demo.seasons import Season
from baodao.demo.stage import install
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Role
from baodao.needs.commands.menu import publish_item
from baodao.needs.commands.requests import collect
from baodao.needs.commands.residents import answer_as_asker
from baodao.needs.models import MenuItem, Need
from baodao.needs.queries.menu import menu_of
from baodao.needs.rules.life import AskerWord
from baodao.needs.rules.menu import MenuFacts
from baodao.needs.rules.requests import CONSENT, NeedFacts
from baodao.offers.models import Offer
from baodao.orders.commands.dispatch import Dispatch, OrderWords, send_order
from baodao.orders.commands.whistles import whistle_for_branches
from baodao.orgs.queries.tree import below
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partnerships_in

MENU = (
    MenuFacts("上门理发", "convenience", "每周三下午", 6, "理发师党员", "行动不便的老人优先。"),
    MenuFacts("家电小修", "convenience", "每周六上午", 8, "维修志愿者", "请说明是什么家电。"),
    MenuFacts("陪同就医", "relief", "工作日，提前两天预约", 4, "社区党员"),
    MenuFacts("代买药品", "relief", "每天", 10, "网格党员"),
    MenuFacts("法律咨询", "policy", "每月第二个周六", 5, "共建单位律师"),
)
ORDERS = (
    (12, 0, "window", "腿脚不便，下午都在家", "5号楼", "孙奶奶", "19900000111"),
    (8, 1, "grid", "电饭煲不通电", "3号楼", "郭师傅", "19900000112"),
    (2, 2, "window", "周五上午复查，想有人陪", "2号楼", "马阿姨", "19900000113"),
    (1, 4, "window", "房屋租赁合同的问题", "7号楼", "", ""),
    (1, 3, "window", "降压药快吃完了", "4号楼", "白奶奶", "19900000114"),
    (1, 3, "grid", "", "6号楼", "", ""),
)
"""Days ago, what of the menu, by which way, what was said, where, who ordered and by which
telephone: done and rated, open to members and standing still, assigned to the member of the demo,
whistled for, given by its unit to a branch, and to be dispatched."""

SECRETARY_OF = "第一党支部"
"""The branch of the commission to which an order is given."""

LATELY = 2
EVENING = 21
"""Dispatched in quiet hours, what is kept for somebody is theirs until the morning after next."""


class Menu:
    """What 柳荫社区 serves, and who ordered it."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.worker, self.home = season.worker, season.home

    def enter(self) -> None:
        self.diary.enter(self.at(20, 9), self._published)
        for number, order in enumerate(ORDERS):
            self.diary.enter(self.at(order[0], 15), partial(self._order, number, *order))

    def _published(self) -> None:
        for facts in MENU:
            publish_item(self.worker, provider_id=self.home.pk, facts=facts)

    def _order(self, number: int, days: int, of: int, source: str, *words: str) -> None:
        text, place, asker, phone = words
        item = menu_of(self.home)[of]
        facts = NeedFacts(
            text, item.category, place, "normal", source, asker, phone, CONSENT if phone else "",
            item.pk,
        )  # fmt: skip
        need = collect(self.worker, community_id=self.home.pk, facts=facts)
        roads = (self._done, self._open, self._assigned, self._whistled, self._given)
        for send in roads[number : number + 1]:
            self.diary.enter(self._evening(days), partial(send, need, item))

    def _evening(self, days: int) -> datetime:
        """When it is dispatched; what is of these days last night."""
        last = clock.midnight(self.season.stage.calendar.today) - timedelta(days=1)
        return self.at(days - 1, EVENING) if days > LATELY else last + timedelta(hours=EVENING)

    def _dispatch(self, need: Need, item: MenuItem, to: Dispatch) -> Offer:
        words = OrderWords(item.title, item.schedule, item.text)
        [offer] = send_order(self.worker, need_id=need.pk, words=words, to=to).done
        return offer

    def _open(self, need: Need, item: MenuItem) -> None:
        self._dispatch(need, item, Dispatch("members"))

    def _assigned(self, need: Need, item: MenuItem) -> None:
        people = [one.person_id for one in self.season.here() if one.name == MEMBER]
        self._dispatch(need, item, Dispatch("named", [one for one in people if one]))

    def _whistled(self, need: Need, item: MenuItem) -> None:
        units = partnerships_in(self.home).order_by("unit__path").values_list("unit", flat=True)
        self._dispatch(need, item, Dispatch("units", unit_ids=list(units[:1])))

    def _given(self, need: Need, item: MenuItem) -> None:
        """The clerk of the commission gives it to a branch, which has a secretary from then on."""
        stage = self.season.stage
        unit = stage.units[COMMISSION]
        branch = below(unit, Kind.BRANCH).get(name=SECRETARY_OF)
        [secretary] = [part for part in CAST if part.role is Role.BRANCH_SECRETARY]
        install(stage, secretary, branch)
        offer = self._dispatch(need, item, Dispatch("members"))
        whistle_for_branches(
            stage.clerk(COMMISSION), offer_id=offer.pk, unit_id=unit.pk, branch_ids=[branch.pk]
        )

    def _done(self, need: Need, item: MenuItem) -> None:
        """Taken on at once, done two days later, and rated by who ordered it."""
        offer = self._dispatch(need, item, Dispatch("members"))
        claim_ids = self.season.claim(offer, self.season.here()[1:2])
        self.diary.enter(self.at(9, 17), partial(self._served, need.code, claim_ids))

    def _served(self, code: str, claim_ids: list[UUID]) -> None:
        service = DayService(clock.today(), 40, "上门理发一次")
        record_day(self.worker, claim_ids=claim_ids, service=service)
        answer_as_asker(NOBODY, code=code, satisfied=AskerWord.YES, remark="理得好，人也和气")
