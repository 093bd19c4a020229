"""The contact cadres of 柳荫社区: one of the community and of a household, one of a grid that was
handed over; what they saw and heard became a need and a problem."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from baodao.demo.cast import MEMBER
from baodao.demo.seasons import Season
from baodao.demo.stage import DIRECTOR
from baodao.kernel import clock, ids
from baodao.kernel.authz import Actor, Role
from baodao.needs.rules.requests import NeedFacts
from baodao.orgs.queries.tree import ancestor_of
from baodao.orgs.rules.tree import Kind
from baodao.problems.commands.problems import raise_from_visit
from baodao.residents.rules.entries import HouseholdEntry
from baodao.visits.commands.contacts import (
    Takeover,
    assign_contact,
    entrust_household,
    hand_contact_over,
)
from baodao.visits.commands.visits import make_need, note_visit
from baodao.visits.models import ContactPoint
from baodao.visits.rules.contacts import ContactTerm, HouseholdRef
from baodao.visits.rules.visits import VisitWords

HOUSEHOLD = HouseholdEntry("姚淑珍", "高龄独居，听力不好", "19900000141", "7号楼2单元201")
WEEKS = (
    (52, {"seen": "楼道堆放旧家具", "explained": "讲了消防通道的规定", "done": "约定周末清理"}),
    (45, {"heard": "居民说晚上车棚没有灯"}),
    (38, {"seen": "旧家具已清走", "heard": "想要一处晾晒的地方"}),
    (31, {"explained": "介绍了医保缴费的新办法"}),
    (24, {"heard": "5号楼二单元门禁常坏", "done": "当场联系了物业"}),
    (17, {"seen": "门禁已修好"}),
    (10, {"heard": "老人反映理发不方便"}),
)
MONTHS = (
    (40, {"seen": "屋里整洁，药按时吃", "done": "换了一只灯泡"}),
    (12, {"heard": "想在卫生间装扶手", "done": "量了尺寸"}),
)


class ContactCadres:
    """Who is the contact of what in 柳荫社区, and what they told of their visits."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.home = season.home
        self.secretary = season.stage.actors["柳荫社区", Role.COMMUNITY_SECRETARY]
        self.points: dict[str, ContactPoint] = {}
        self.cadre: Actor

    def enter(self) -> None:
        self.diary.enter(self.at(58, 9), self._name)
        for day, words in WEEKS:
            self.diary.enter(self.at(day, 17), partial(self._visit, "community", words))
        for day, words in MONTHS:
            self.diary.enter(self.at(day, 16), partial(self._visit, "household", words))
        self.diary.enter(self.at(20, 9), self._hand_over)

    def _people(self) -> tuple[Actor, list[Actor]]:
        """The member of the demo, and others who are registered there."""
        here = self.season.here()
        own = next((one for one in here if one.name == MEMBER), here[0])
        return own, [one for one in here if one != own]

    def _name(self) -> None:
        self.cadre, others = self._people()
        own = self.cadre
        self._assign("community", self.home.pk, own)
        grids = self.season.stage.below(self.home, Kind.GRID)
        if grids:
            self._assign("grid", grids[0], others[1])
        self.points["household"] = entrust_household(
            self.secretary,
            community_id=self.home.pk,
            person_id=_person(own),
            household=HouseholdRef("高龄独居老人"),
            entry=HOUSEHOLD,
            term=ContactTerm(clock.today()),
        )

    def _assign(self, key: str, place_id: int, cadre: Actor) -> None:
        district = ancestor_of(self.home, Kind.DISTRICT)
        assert district is not None
        self.points[key] = assign_contact(
            DIRECTOR,
            assigner_id=district.pk,
            person_id=_person(cadre),
            place_id=place_id,
            term=ContactTerm(clock.today()),
        )

    def _visit(self, key: str, words: dict[str, str]) -> None:
        own = self.cadre
        texts = VisitWords(clock.today(), **words)
        visit = note_visit(own, visit_id=ids.new_id(), contact_id=self.points[key].pk, visit=texts)
        heard = words.get("heard", "")
        if "车棚" in heard:
            due_on = clock.today() + timedelta(days=30)
            raise_from_visit(own, visit_id=visit.pk, text="车棚没有灯，晚上看不清", due_on=due_on)
        if "扶手" in heard:
            facts = NeedFacts("给独居老人的卫生间装扶手", "relief")
            make_need(own, visit_id=visit.pk, facts=facts)

    def _hand_over(self) -> None:
        _, others = self._people()
        if "grid" in self.points:
            takeover = Takeover(_person(others[2]), ContactTerm(clock.today()), "工作调整")
            hand_contact_over(DIRECTOR, contact_id=self.points["grid"].pk, takeover=takeover)


def _person(actor: Actor) -> UUID:
    assert actor.person_id is not None
    return actor.person_id
