"""Organisational life: the unit of the member in the cast calls to a lecture, 柳荫社区 to a theme
day; both share something to read."""

from datetime import timedelta

from baodao.demo.cast import COMMISSION
from baodao.demo.seasons import Season
from baodao.gatherings.commands.gatherings import publish_gathering, share_material
from baodao.gatherings.rules.gatherings import GatheringFacts, GatheringKind
from baodao.kernel import clock
from baodao.kernel.authz import Actor

AHEAD = timedelta(days=6)
READING = (
    "到社区报到，先问问邻居需要什么，再看自己能做什么；量力而行，说到做到，做完听一听居民怎么说。"
)


class Gatherings:
    """Announced yesterday for next week."""

    def __init__(self, season: Season) -> None:
        self.season = season

    def enter(self) -> None:
        diary, at = self.season.diary, self.season.at
        diary.enter(at(1, 11), self._of_unit)
        diary.enter(at(1, 16), self._of_community)

    def _of_unit(self) -> None:
        stage = self.season.stage
        unit = stage.units[COMMISSION]
        self._announce(stage.clerk(COMMISSION), unit.pk, GatheringKind.LECTURE, "怎样做好社区服务")

    def _of_community(self) -> None:
        home, worker = self.season.home, self.season.worker
        self._announce(worker, home.pk, GatheringKind.THEME_DAY, "我为邻里做件事")
        title = "新到社区的同志请先读"
        share_material(worker, organisation_id=home.pk, title=title, text=READING, link="")

    def _announce(self, actor: Actor, place_id: int, kind: GatheringKind, title: str) -> None:
        starts_at = clock.midnight(clock.today()) + AHEAD + timedelta(hours=15)
        facts = GatheringFacts(kind, title, starts_at, "二楼会议室")
        publish_gathering(actor, organisation_id=place_id, facts=facts)
