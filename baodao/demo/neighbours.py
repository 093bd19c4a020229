"""Neighbours of 柳荫社区 who help each other: the list of talents, the convenience alliance and its
appointments."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from baodao.alliance.commands.appointments import (
    APPOINTMENTS,
    answer_by_code,
    book,
    book_by_hand,
)
from baodao.alliance.commands.members import add_member, publish_service
from baodao.alliance.models import AllianceService
from baodao.alliance.queries.alliance import free_of
from baodao.alliance.rules.alliance import CONSENT as NAMED
from baodao.alliance.rules.alliance import AllianceFacts, ServiceFacts, VisitorWord
from baodao.bookings.commands.bookings import confirm_booking
from baodao.bookings.rules.bookings import CONSENT as LEFT
from baodao.bookings.rules.bookings import BookingFacts
from baodao.demo.cast import MEMBER
from baodao.demo.seasons import Season
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.people.queries.members import numbers_of
from baodao.talents.commands.services import enter_deed
from baodao.talents.commands.talents import add_talent, offer_talent
from baodao.talents.rules.talents import CONSENT, TalentDeed, TalentFacts

TALENTS = (
    TalentFacts("何巧云", "19900000131", "理发", "周末", "自带工具", CONSENT),
    TalentFacts("关师傅", "19900000132", "家电维修、水电维修", "平时晚上", "", CONSENT),
    TalentFacts("施老师", "19900000133", "书法、讲党课", "周末", "可以带孩子练字", CONSENT),
)
LATE = TalentFacts("欧阳奶奶", "19900000134", "剪纸、织毛衣", "平时白天", "", CONSENT)
DEEDS = ((0, 30, 120, "义剪八人"), (1, 22, 60, "修好电饭煲两台"), (0, 12, 90, "上门理发三人"))
"""Which of the talents, days ago, minutes, what they did."""

EVERY_DAY, WEEKEND = ("09:00-11:30、14:00-17:00",) * 6 + ("",), ("",) * 5 + ("09:00-11:00",) * 2
SHOPS = (
    (
        AllianceFacts("shop", "便民修理铺", "19900000135", "柳荫里12号"),
        ServiceFacts("修小家电", "there", "low", 30, EVERY_DAY, "零件按进价", "请带上电器。"),
    ),
    (
        AllianceFacts("shop", "芳芳理发店", "19900000136", "柳荫里3号"),
        ServiceFacts("上门理发", "home", "free", 30, EVERY_DAY, "", "70 岁以上、行动不便的居民。"),
    ),
)
OWN = ServiceFacts("教用智能手机", "there", "free", 60, WEEKEND)


class NeighbourHelp:
    """Who helps whom in 柳荫社区 without being sent."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.worker, self.home = season.worker, season.home
        self.talents: list[UUID] = []
        self.services: list[AllianceService] = []

    def enter(self) -> None:
        self.diary.enter(self.at(40, 9), self._began)
        for deed in DEEDS:
            self.diary.enter(self.at(deed[1], 17), partial(self._served, *deed))
        self.diary.enter(self.at(1, 8), self._late)
        self.diary.enter(self.at(9, 9), partial(self._past, rated=True))
        self.diary.enter(self.at(4, 9), partial(self._past, rated=False))
        self.diary.enter(self.at(3, 9), self._own)
        self.diary.enter(self.at(1, 9), self._ahead)

    def _began(self) -> None:
        for facts in TALENTS:
            row = add_talent(self.worker, community_id=self.home.pk, facts=facts)
            self.talents.append(row.pk)
        for shop in SHOPS:
            self._put_up(*shop)

    def _put_up(self, who: AllianceFacts, what: ServiceFacts) -> None:
        member = add_member(self.worker, community_id=self.home.pk, facts=who)
        self.services.append(publish_service(self.worker, member_id=member.pk, facts=what))

    def _own(self) -> None:
        self._put_up(self._member(), OWN)

    def _member(self) -> AllianceFacts:
        """The member of the tour, who teaches at weekends and answers on their own phone."""
        here = {one.name: one.person_id for one in self.season.here()}
        person_id = here.get(MEMBER)
        number = numbers_of([person_id])[person_id] if person_id else ""
        name = MEMBER if number else "邻居小陈"
        return AllianceFacts("neighbour", name, "19900000137", "社区活动室", number, NAMED)

    def _served(self, who: int, _days: int, minutes: int, words: str) -> None:
        deed = TalentDeed(clock.today(), minutes, "convenience", words)
        enter_deed(self.worker, talent_id=self.talents[who], deed=deed)

    def _late(self) -> None:
        """Somebody enters themselves and waits for the community."""
        offer_talent(NOBODY, token=self.season.page.token, facts=LATE)

    def _past(self, *, rated: bool) -> None:
        """An appointment whose hour is over, with the word of who booked it or without."""
        service = self.services[0]
        slot = free_of(service)[0]
        who = ("孔阿姨", "19900000138", "", "电风扇不转", LEFT, "window")
        facts = BookingFacts(slot.starts_at, *who)
        row = book_by_hand(
            self.worker, community_id=self.home.pk, service_id=service.pk, facts=facts
        )
        confirm_booking(self.worker, kind=APPOINTMENTS, booking_id=row.pk, hour=row.hour)
        answer = partial(answer_by_code, NOBODY, code=row.code, word=VisitorWord.GOOD)
        if rated:
            self.diary.enter(slot.ends_at + timedelta(hours=1), partial(answer, remark="修好了"))

    def _ahead(self) -> None:
        """One that waits at the shop, one with the member of the tour."""
        visitors = (("白奶奶", "4号楼1单元"), ("", ""))
        for service, (visitor, place) in zip(self.services[1:], visitors, strict=True):
            slot = free_of(service)[2]
            facts = BookingFacts(slot.starts_at, visitor, "", place)
            book(NOBODY, token=self.season.page.token, service_id=service.pk, facts=facts)
