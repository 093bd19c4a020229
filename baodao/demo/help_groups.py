"""A help group of 柳荫社区: of a grid, with a police officer by name, for two households."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from baodao.demo.cast import MEMBER
from baodao.demo.seasons import Season
from baodao.helpgroups.commands.groups import found_group, join_group
from baodao.helpgroups.commands.helps import HelpFacts, state_help
from baodao.helpgroups.commands.households import assign_household, read_helped_household
from baodao.helpgroups.commands.measures import note_own_measure, plan_with_doer
from baodao.helpgroups.models import GroupHousehold
from baodao.helpgroups.rules.doers import DeedFacts, DoerFacts
from baodao.helpgroups.rules.groups import AideFacts
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.offers.queries.offers import organisers_of
from baodao.orgs.rules.tree import Kind
from baodao.residents.queries.files import files_in
from baodao.residents.rules.households import MeasureFacts
from baodao.statements.commands.statements import confirm_statements

TITLES = ("需要陪伴的一家", "常去看望的老人")
HELPS = (
    (30, 0, "company", "聊了近况", 40),
    (21, 1, "repair", "换了门口的灯", 30),
    (13, 0, "clinic", "", 90),
    (4, 1, "errand", "取了药", 20),
)
MEASURES = (
    (0, "care", "每周代买一次米面粮油", "", 7, ""),
    (1, "home", "检查卫生间扶手和感应灯", "member", 2, ""),
    (2, "work", "推荐到市里的家政培训班", "unit", 9, ""),
    (0, "health", "办理慢性病长处方", "member", 1, "陪同到社区医院办好了"),
)
"""Of which household a measure is, what it is, who does it (a group where nobody is named), in how
many days it is due, and what was done where it is done."""


class HelpGroups:
    """Who is in the group, by which households it stands, what they did."""

    def __init__(self, season: Season) -> None:
        self.season, self.diary, self.at = season, season.diary, season.at
        self.home = season.home
        self.worker = season.stage.worker("柳荫社区")
        self.stands: list[GroupHousehold] = []
        self.people: list[Actor] = []

    def enter(self) -> None:
        self.diary.enter(self.at(44, 10), self._begin)
        for day, number, kind, words, minutes in HELPS:
            facts = (number, kind, words, minutes)
            self.diary.enter(self.at(day, 18), partial(self._help, *facts))
        self.diary.enter(self.at(3, 10), self._plan)

    def _begin(self) -> None:
        here = self.season.here()
        own = next((one for one in here if one.name == MEMBER), here[0])
        self.people = [own, next(one for one in here if one != own)]
        grids = self.season.stage.below(self.home, Kind.GRID)
        group = found_group(
            self.worker,
            community_id=self.home.pk,
            name="第一网格红色帮扶小组",
            grid_id=grids[0] if grids else None,
        )
        parts = zip(("backbone", "secretary"), self.people, strict=True)
        aides = [AideFacts(part, person_id=_person(one)) for part, one in parts]
        aides.append(AideFacts("police", name="民警 鲍强"))
        for aide in aides:
            join_group(self.worker, group_id=group.pk, aide=aide)
        files = files_in(self.worker, self.home).order_by("filed_at")
        for title, file in zip(TITLES, files, strict=False):
            stand = assign_household(self.worker, group_id=group.pk, file_id=file.pk, title=title)
            self.stands.append(stand)
        read_helped_household(own, stand_id=self.stands[0].pk)

    def _help(self, number: int, kind: str, words: str, minutes: int) -> None:
        facts = HelpFacts(kind, clock.today(), minutes, words)
        aide, stand = self.people[number], self.stands[number]
        statement = state_help(aide, stand_id=stand.pk, help_given=facts)
        confirm_statements(self.worker, statement_ids=[statement.pk])

    def _plan(self) -> None:
        """Measures whose doers are known here, and one that its doer said is done."""
        files = list(files_in(self.worker, self.home).order_by("filed_at"))
        group = self.stands[0].group_id
        units = organisers_of(self.worker, self.home).filter(kind=Kind.UNIT).order_by("pk")
        unit = units.first()
        doers = {
            "": DoerFacts(group_id=group),
            "member": DoerFacts(person_id=self.people[0].person_id),
            "unit": DoerFacts(organisation_id=unit.pk) if unit else DoerFacts(group_id=group),
        }
        for number, kind, text, who, days, done in MEASURES:
            facts = MeasureFacts(kind, text, clock.today() + timedelta(days=3 + days), "")
            row = plan_with_doer(
                self.worker, file_id=files[number].pk, measure=facts, doer=doers[who]
            )
            if done:
                deed = DeedFacts(clock.today(), done, 60)
                note_own_measure(self.people[0], measure_id=row.pk, deed=deed)


def _person(actor: Actor) -> UUID:
    assert actor.person_id is not None
    return actor.person_id
