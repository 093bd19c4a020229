"""The stage of the demo: places, units, grids, teams, and everybody who works there."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from baodao.accounts.commands.grants import grant
from baodao.accounts.models import Account
from baodao.accounts.queries import actor_of, operator
from baodao.demo import places
from baodao.demo.cast import CAST, SECRETARIES, SUPERVISORS, WORKERS, CastPart
from baodao.demo.story import UNITS
from baodao.divisions.commands.imports import import_divisions
from baodao.divisions.queries.tables import read_file
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.orgs.commands import organisations
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, by_code
from baodao.orgs.rules.tree import Kind
from baodao.teams.commands.teams import create_team
from baodao.teams.rules.teams import Bond

FIRST_DAY = 300
"""Days ago on which the city came in."""
GRIDS = {"柳荫社区": 4, "石桥社区": 2, "和顺路社区": 3, "镜湖社区": 3, "北门社区": 2}
TEAMS = {
    "柳荫社区": ("法律服务队", "邻里互助队", "环境维护队"),
    "和顺路社区": ("政策宣传队", "便民维修队"),
    "镜湖社区": ("健康义诊队", "邻里互助队"),
}
BONDS = {"邻里互助队": Bond.PLACE, "环境维护队": Bond.INTEREST}
"""Of what these teams are; the others are of one trade."""
BASIS = "滨组通〔演示〕1号"
DIRECTOR = operator("系统初始化")


FRIDAY = 4


class Calendar:
    """Instants of working days counted back from the present, never in the future."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = clock.local(now).date()

    def at(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """That hour `days_ago`, on the Friday before if that was a weekend.

        What would lie in the future becomes some minutes ago, later hours after earlier ones.
        """
        day = self.today - timedelta(days=days_ago)
        if days_ago and day.weekday() > FRIDAY:
            day -= timedelta(days=day.weekday() - FRIDAY)
        instant = datetime.combine(day, time(hour, minute), clock.ZONE)
        return min(instant, self.now - timedelta(minutes=20 - hour))


@dataclass
class CityStage:
    """What the story needs by name: organisations, actors, accounts."""

    calendar: Calendar
    places: dict[str, Organisation] = field(default_factory=dict)
    units: dict[str, Organisation] = field(default_factory=dict)
    actors: dict[tuple[str, str], Actor] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def worker(self, community: str) -> Actor:
        return self.actors[community, Role.COMMUNITY_WORKER]

    def clerk(self, unit: str) -> Actor:
        return self.actors[unit, Role.UNIT_CLERK]

    def below(self, place: Organisation, kind: Kind) -> list[int]:
        """The ids of the grids or teams of a community."""
        return list(below(place, kind).values_list("pk", flat=True))

    def secretary(self, unit: str) -> Actor:
        return self.actors[unit, Role.UNIT_SECRETARY]


def set_up(stage: CityStage) -> None:
    """Everything that was there before the first roster."""
    with clock.at(stage.calendar.at(FIRST_DAY, 9)):
        import_divisions(DIRECTOR, places=read_file(places.table().encode()))
        stage.places |= {name: by_code(code) for name, code in places.codes().items()}
    with clock.at(stage.calendar.at(FIRST_DAY, 10)):
        _communities(stage)
        _units(stage)
    with clock.at(stage.calendar.at(FIRST_DAY, 11)):
        _people(stage)


def _communities(stage: CityStage) -> None:
    for number, (name, count) in enumerate(GRIDS.items()):
        home = stage.places[name]
        for grid in range(count):
            title = f"第{'一二三四'[grid]}网格"
            organisations.create(DIRECTOR, kind=Kind.GRID, name=title, parent_id=home.pk)
        for team in TEAMS.get(name, ()):
            bond = BONDS.get(team, Bond.TRADE)
            create_team(DIRECTOR, community_id=home.pk, name=team, bond=bond)
        stage.places[name] = organisations.set_contact(
            DIRECTOR,
            organisation_id=home.pk,
            contact_name="安静" if name == "柳荫社区" else WORKERS[name],
            contact_phone=f"0990-55{number:02d}{number * 7 + 11:03d}",
            address=f"{name.removesuffix('社区')}路{number * 6 + 8}号",
        )


def _units(stage: CityStage) -> None:
    for number, plan in enumerate(UNITS):
        under = stage.places[plan.under]
        unit = organisations.create(
            DIRECTOR, kind=Kind.UNIT, name=plan.name, parent_id=under.pk, code=plan.code
        )
        stage.units[plan.name] = organisations.set_contact(
            DIRECTOR,
            organisation_id=unit.pk,
            contact_name=plan.clerk,
            contact_phone=f"0990-66{number:02d}{number * 5 + 21:03d}",
        )


def _people(stage: CityStage) -> None:
    """Accounts and grants; nobody has a password: a demo is entered by a click."""
    parts = {part.username: part for part in CAST if part.role is not None}
    for name, worker in WORKERS.items():
        parts[f"worker{len(parts)}"] = CastPart(
            f"worker{len(parts)}", worker, Role.COMMUNITY_WORKER, name, "", ""
        )
    for name, secretary in SECRETARIES.items():
        parts[f"secretary{len(parts)}"] = CastPart(
            f"secretary{len(parts)}", secretary, Role.COMMUNITY_SECRETARY, name, "", ""
        )
    for name, supervisor in SUPERVISORS.items():
        key = f"supervisor{len(parts)}"
        parts[key] = CastPart(key, supervisor, Role.SUPERVISOR, name, "", "")
    taken = {part.name for part in parts.values()}
    for plan in UNITS:
        for role, name in ((Role.UNIT_CLERK, plan.clerk), (Role.UNIT_SECRETARY, plan.secretary)):
            if name not in taken:
                key = f"{plan.code.lower()}-{role.value.removeprefix('unit-')}"
                parts[key] = CastPart(key, name, role, plan.name, "", "")
    for part in parts.values():
        if part.role is not Role.BRANCH_SECRETARY:
            install(stage, part, stage.places.get(part.place) or stage.units[part.place])


def install(stage: CityStage, part: CastPart, place: Organisation) -> None:
    """An account and its role in a place; branches are there once their unit has a roster."""
    account = Account.new(part.username, part.name)
    account.set_unusable_password()
    account.save()
    assert part.role is not None
    grant(
        DIRECTOR,
        account_id=account.pk,
        role=part.role,
        organisation_id=place.pk,
        basis=BASIS,
        until_on=None,
    )
    stage.accounts[part.username] = account
    stage.actors[part.place, part.role] = actor_of(account)
