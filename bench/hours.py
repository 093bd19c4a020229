"""Invented communities with the services they record: honest ones, and hours that are bought.

What people do is drawn here from how communities work, and knows nothing of any rule by which it
is looked through. Honest: weekly activities by list and check-in, posts, a worker who types the
week on Fridays, some of them in stock phrases; paper lists imported at the end of a month;
statements; duty in a night of storm, typed in that night; the service of last Sunday entered when
its member is received; volunteers with many hours. Dishonest: hours sold and typed after the
reception, copied texts, months typed in one evening, one person with days of fourteen hours,
entries by night; and the careful, who add a name to a true list or type a few at a time in words of
their own.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from baodao.kernel import clock

FIRST, WEEKS = date(2026, 1, 5), 38
MEMBERS = 120
DEEDS = (
    *("清理杂物", "擦洗扶手", "劝导停车", "登记信息", "发放通知", "陪同就医", "代购药品"),
    *("修剪绿化", "排查线路", "调解纠纷", "读报讲解", "维持秩序"),
)
PLACES = (
    *("楼道", "小广场", "车棚", "东门", "西门", "活动室", "花园", "菜市场口", "沿街商铺"),
    *("单元门前", "充电桩旁", "党群服务中心"),
)
STOCK = (
    "参加周末卫生日，清理小区公共区域",
    "协助社区做好平安巡逻工作",
    "走访慰问辖区困难家庭",
    "文明劝导",
    "便民服务",
)


@dataclass
class Service:
    """One record as it was entered; `scheme` names what was invented, "" what was done."""

    community: int
    person: UUID
    served_on: date
    minutes: int
    at: datetime
    origin: str
    account: UUID
    result: str = ""
    offer: UUID | None = None
    recipient: bool = False
    second: bool = False
    scheme: str = ""


@dataclass
class Community:
    """A community of the drawn city, its two workers, and when each member was received."""

    number: int
    chance: random.Random
    workers: list[UUID] = field(default_factory=list)
    members: list[UUID] = field(default_factory=list)
    received: dict[UUID, datetime] = field(default_factory=dict)
    services: list[Service] = field(default_factory=list)

    def words(self) -> str:
        """What was done where, as somebody writes it down once."""
        number = self.chance.randint(1, 28)
        verb = self.chance.choice(DEEDS)
        return f"{number}号楼{self.chance.choice(PLACES)}{verb}"

    def add(
        self, person: UUID, day: date, minutes: int, at: datetime, origin: str, **more: object
    ) -> None:
        account = self.workers[0] if self.chance.random() < 0.8 else self.workers[1]
        facts = {"account": account, "result": self.words(), **more}
        row = Service(self.number, person, day, minutes, at, origin, **facts)  # type: ignore[arg-type]
        self.services.append(row)

    def some(self, most: int) -> list[UUID]:
        return self.chance.sample(self.members, self.chance.randint(max(1, most // 2), most))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour % 24, minute), clock.ZONE) + timedelta(days=hour // 24)


def _key(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def community(number: int, seed: int) -> Community:
    """One community with everything it recorded; one in ten has somebody who sells or invents."""
    chance = random.Random(f"{seed} {number}")
    place = Community(number, chance)
    place.workers = [_key(chance) for _ in range(2)]
    place.members = [_key(chance) for _ in range(MEMBERS)]
    for person in place.members:
        day = FIRST + timedelta(days=chance.randint(-200, 200))
        place.received[person] = at(day, chance.randint(9, 16), chance.randint(0, 59))
    habits = [_activities, _posts, _fridays, _statements, _receptions]
    habits += [_papers] * (chance.random() < 0.5) + [_storm] * (chance.random() < 0.2)
    for habit in habits:
        habit(place)
    if chance.random() < 0.1:
        for scheme in chance.sample(SCHEMES, 2):
            scheme(place)
    return place


def _activities(place: Community) -> None:
    for week in range(WEEKS):
        day, offer = FIRST + timedelta(days=7 * week + 5), _key(place.chance)
        minutes, entered = (
            place.chance.choice((90, 120, 150)),
            at(day, 17, place.chance.randint(0, 59)),
        )
        for person in place.some(20):
            origin = "check-in" if place.chance.random() < 0.4 else "list"
            place.add(person, day, minutes, entered, origin, offer=offer, second=True)


def _posts(place: Community) -> None:
    """Standing posts; two volunteers serve on most days, and long in the weeks of the flood."""
    busy = place.members[:2]
    for person in place.members[:12]:
        offer = _key(place.chance)
        for week in range(WEEKS):
            for weekday in range(5 if person in busy else 1):
                if place.chance.random() < 0.15:
                    continue
                day = FIRST + timedelta(days=7 * week + weekday)
                flood = person in busy and week in (25, 26)
                minutes = place.chance.randint(480, 660) if flood else place.chance.randint(60, 240)
                place.add(person, day, minutes, at(day, 18), "list", offer=offer, second=True)


def _fridays(place: Community) -> None:
    """The week typed at the window on Friday afternoon, from notes; one worker in four has stock
    phrases for what comes every week."""
    stock = place.chance.random() < 0.25
    for week in range(WEEKS):
        friday, minute = FIRST + timedelta(days=7 * week + 4), 0
        for person in place.some(10):
            minute += place.chance.randint(1, 4)
            day = friday - timedelta(days=place.chance.randint(0, 6))
            words = (
                place.chance.choice(STOCK)
                if stock and place.chance.random() < 0.4
                else place.words()
            )
            word = place.chance.random() < 0.15
            minutes = place.chance.choice((60, 90, 120, 180, 240))
            place.add(
                person,
                day,
                minutes,
                at(friday, 14, minute % 60),
                "office",
                result=words,
                recipient=word,
            )


def _papers(place: Community) -> None:
    """Paper lists of a month, imported on one of the first days of the next."""
    for month in range(2, 10):
        day = date(2026, month, place.chance.randint(2, 9))
        for person in place.some(40):
            served = day - timedelta(days=place.chance.randint(3, 33))
            place.add(
                person, served, place.chance.choice((60, 120, 180)), at(day, 10, 12), "import"
            )


def _statements(place: Community) -> None:
    for person in place.some(30):
        for _ in range(place.chance.randint(1, 5)):
            day = FIRST + timedelta(days=place.chance.randint(0, 7 * WEEKS - 9))
            entered = at(day + timedelta(days=2), 10)
            place.add(person, day, place.chance.randint(30, 180), entered, "statement", second=True)


def _receptions(place: Community) -> None:
    """What somebody did on the Sunday before they came to report, entered while they sit there."""
    for person, received in place.received.items():
        if received.date() >= FIRST and place.chance.random() < 0.05:
            day = received.date() - timedelta(days=received.weekday() + 1)
            entered = received + timedelta(minutes=place.chance.randint(3, 30))
            place.add(person, day, 120, entered, "office")


def _storm(place: Community) -> None:
    day = FIRST + timedelta(days=place.chance.randint(150, 240))
    for number, person in enumerate(place.some(8)):
        place.add(person, day, place.chance.randint(180, 360), at(day, 25, 3 + number), "office")


def _sold(place: Community) -> None:
    """Hours of months, typed while the buyer waits, or within the afternoon."""
    for person in place.some(6):
        entered = place.received[person] + timedelta(minutes=place.chance.randint(5, 150))
        same = place.chance.choice(STOCK) if place.chance.random() < 0.5 else ""
        for number in range(place.chance.randint(10, 30)):
            day = place.received[person].date() - timedelta(
                days=number * 3 + place.chance.randint(1, 3)
            )
            moment = entered + timedelta(seconds=40 * number)
            minutes = place.chance.choice((120, 180, 240, 300))
            place.add(
                person, day, minutes, moment, "office", scheme="sold", result=same or place.words()
            )


def _copied(place: Community) -> None:
    """For a friend, at the end of each month, the same sentence on other days."""
    for person in place.some(3):
        words = place.chance.choice((*STOCK, place.words()))
        for month in range(3, 9):
            day = date(2026, month, place.chance.randint(26, 28))
            for number in range(place.chance.randint(4, 8)):
                served, moment = day - timedelta(days=3 * number), at(day, 16, number)
                place.add(person, served, 150, moment, "office", scheme="copied", result=words)


def _months(place: Community) -> None:
    """A month and more typed in one evening, in words of all kinds."""
    for person in place.some(2):
        evening = date(2026, place.chance.randint(3, 9), place.chance.randint(10, 28))
        for number in range(place.chance.randint(20, 40)):
            served, seconds = evening - timedelta(days=number + 1), place.chance.randint(35, 90)
            moment = at(evening, 19) + timedelta(seconds=seconds * number)
            minutes = place.chance.choice((240, 300, 360, 480))
            place.add(person, served, minutes, moment, "office", scheme="months")


def _fourteen(place: Community) -> None:
    """Days of fourteen hours, in three services each, entered over the weeks."""
    [person] = place.chance.sample(place.members, 1)
    for number in range(place.chance.randint(5, 15)):
        day = FIRST + timedelta(days=100 + 4 * number)
        for part in range(3):
            minutes = place.chance.randint(260, 310)
            entered = at(day + timedelta(days=1 + part), 11, part)
            place.add(person, day, minutes, entered, "office", scheme="fourteen")


def _nightly(place: Community) -> None:
    """When nobody looks."""
    for person in place.some(4):
        night = FIRST + timedelta(days=place.chance.randint(60, 250))
        for number in range(place.chance.randint(3, 8)):
            served, moment = night - timedelta(days=2 * number + 1), at(night, 25, 5 * number)
            place.add(person, served, 180, moment, "office", scheme="nightly")


def _careful(place: Community) -> None:
    """A name added to lists of true activities, and one or two a week at the window, each in words
    of its own."""
    for person in place.some(3):
        for week in range(0, WEEKS, 2):
            day = FIRST + timedelta(days=7 * week + 5)
            offer = _key(place.chance)
            place.add(
                person, day, 120, at(day, 17), "list", offer=offer, second=True, scheme="careful"
            )
            served = day - timedelta(days=2)
            place.add(person, served, 120, at(day, 10), "office", scheme="careful")


SCHEMES = (_sold, _copied, _months, _fourteen, _nightly, _careful)


def city(count: int, seed: int) -> Iterator[Community]:
    """Communities until their services are at least `count`."""
    number = 0
    while count > 0:
        number += 1
        place = community(number, seed)
        place.services.sort(key=lambda row: row.at)
        count -= len(place.services)
        yield place
