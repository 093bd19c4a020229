"""The story of every unit told through the same commands that people use, day by day."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from uuid import UUID

from baodao.checklist import commands as checklist
from baodao.demo.names import Inventor
from baodao.demo.stage import CityStage
from baodao.demo.story import Lot, Member, UnitPlan, members_of, roster_of
from baodao.exemptions import commands as exemptions
from baodao.exemptions.rules.reasons import Effect
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.orgs.rules.tree import Kind
from baodao.partnership.commands import registrations as partnership
from baodao.people.commands.facts import set_homes
from baodao.people.queries.members import memberships
from baodao.people.rules.standing import Standing
from baodao.registration.commands import arrivals, departures, letters, placements, presentations
from baodao.registration.rules.states import EndReason
from baodao.rosters.commands.roster import import_file

Act = Callable[[], object]
ARRIVED = frozenset({Lot.ACCEPTED, Lot.ENDED, Lot.MOVED})
GROUPED = 0.6
PLACED = 0.12
ROUND = 7
"""A community receives who came once a week."""

DESK = 0.7
"""Of those who do not come with a group, how many show their letter at the desk."""


class Diary:
    """Acts by the instant at which they happen; an act may enter later ones."""

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._receptions: defaultdict[tuple[datetime, str], list[Arrival]] = defaultdict(list)

    def enter(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at, next(self._order), act))

    def receive(self, at: datetime, stage: CityStage, home: str, arrived: "Arrival") -> None:
        """One more for the worker of `home` to receive at that instant, all in one act."""
        group = self._receptions[at, home]
        if not group:
            self.enter(at, partial(_receive, stage.worker(home), group))
        group.append(arrived)

    def live(self) -> int:
        """Do everything in its order, each at its instant; returns how many acts there were.

        The story never goes back: an act entered for an instant that has passed happens now, as two
        days counted back from a weekend can fall on one Friday.
        """
        done, now = 0, datetime.min.replace(tzinfo=clock.ZONE)
        while self._acts:
            at, _, act = heapq.heappop(self._acts)
            now = max(now, at)
            with clock.at(now):
                act()
            done += 1
        return done


class Teller:
    """One unit's way: roster, partner community, letters, presenting, receiving, and after."""

    def __init__(self, stage: CityStage, diary: Diary, unit: UnitPlan, inventor: Inventor) -> None:
        self.stage, self.diary, self.unit = stage, diary, unit
        self.at = stage.calendar.at
        self.random = inventor.random
        self.members = members_of(unit, inventor)
        self.persons: dict[str, UUID] = {}
        self.letters: dict[str, UUID] = {}
        self.clerk = stage.clerk(unit.name)

    def enter(self) -> None:
        """Put the whole story into the diary."""
        self._contact_form()
        if not self.unit.began:
            return
        began = self.unit.began
        self.diary.enter(self.at(began, 9), self._roster)
        first = [m for m in self._in_service() if m.fate in ARRIVED]
        if first:
            self.diary.enter(self.at(began - 3, 9), partial(self._letters, first))
            self._arrive(first, began - 3)
        self._late()
        self._exempt()

    def idle(self) -> list[UUID]:
        """Members with whom nothing happens in the story of the unit, once its roster is in."""
        return [self.persons[member.facts.name] for member in self._in_service(Lot.NOTHING)]

    def _in_service(self, *fates: Lot) -> list[Member]:
        return [
            member
            for member in self.members
            if member.standing is Standing.IN_SERVICE and (not fates or member.fate in fates)
        ]

    def _contact_form(self) -> None:
        presented = self.unit.began - 1 if self.unit.partnered == "accepted" else 4
        self.diary.enter(self.at(presented, 10), self._present_unit)

    def _present_unit(self) -> None:
        home = self.stage.places[self.unit.partner]
        office = self.stage.units[self.unit.name]
        contact = partnership.UnitContact(
            secretary=self.unit.secretary,
            contact_name=self.unit.clerk,
            contact_phone=office.contact_phone,
            resources="会议室、专业技术人员、志愿服务队伍",
        )
        form = partnership.present(
            self.clerk, unit_id=office.pk, community_id=home.pk, contact=contact
        )
        worker = self.stage.worker(self.unit.partner)
        if self.unit.partnered == "accepted":
            self.diary.enter(
                self.at(self.unit.began - 2, 15),
                partial(partnership.accept, worker, unit_registration_id=form.pk),
            )
        elif self.unit.partnered == "returned":
            reason = "联系人电话无法接通，请核对后再次报到。"
            self.diary.enter(
                self.at(3, 15),
                partial(
                    partnership.return_to_unit, worker, unit_registration_id=form.pk, reason=reason
                ),
            )

    def _roster(self) -> None:
        self._import(self.members)
        rows = memberships(self.clerk, Permission.PERSON_READ)
        office = self.stage.units[self.unit.name]
        names = rows.filter(branch__path__startswith=office.path)
        self.persons = dict(names.values_list("person__name", "person"))
        homes = {
            self.persons[member.facts.name]: self.stage.places[member.home].pk
            for member in self._in_service()
        }
        set_homes(self.clerk, homes=homes)

    def _import(self, members: list[Member]) -> None:
        office = self.stage.units[self.unit.name]
        content = roster_of(self.unit, members)
        name = f"{self.unit.name}党员花名册.csv"
        examined = import_file(self.clerk, unit_id=office.pk, file_name=name, content=content)
        assert not examined.judgement.problems, examined.judgement.problems[:3]

    def _letters(self, members: Iterable[Member]) -> None:
        ids = {self.persons[member.facts.name]: member.facts.name for member in members}
        batch = letters.issue_letters(self.clerk, person_ids=list(ids))
        assert not batch.refused, batch.refused[:3]
        self.letters |= {ids[row.person_id]: row.pk for row in batch.done}

    def _ids(self, members: Iterable[Member]) -> list[UUID]:
        return [self.letters[member.facts.name] for member in members]

    def _arrive(self, members: list[Member], issued: int) -> None:
        """Groups on one day, the others over some weeks, at the desk or from their phones."""
        grouped = [m for m in members if self.unit.by_group and self.random.random() < GROUPED]
        if grouped:
            self.diary.enter(self.at(issued - 3, 10), partial(self._present_group, grouped))
        for member in members:
            if member in grouped:
                day = issued - 3
            else:
                day = max(2, issued - self.random.randint(2, 30))
                if self.random.random() > DESK:
                    minute = self.random.randrange(60)
                    self.diary.enter(self.at(day, 12, minute), partial(self._present, member))
            received = max(1, (day - 1) // ROUND * ROUND)
            self.diary.receive(self.at(received, 16), self.stage, member.home, (self, member))
            self._after(member, received)

    def _present(self, member: Member) -> None:
        me = Actor(None, self.persons[member.facts.name], member.facts.name)
        presentations.present(me, registration_id=self.letters[member.facts.name])

    def _present_group(self, members: list[Member]) -> None:
        batch = presentations.present_group(self.clerk, registration_ids=self._ids(members))
        assert not batch.refused, batch.refused[:3]

    def _after(self, member: Member, day: int) -> None:
        """A transfer or an end some weeks after they were received; else perhaps a placement."""
        later = max(1, day - self.random.randint(20, 60))
        if member.fate is Lot.MOVED:
            self.diary.enter(self.at(later, 11), partial(self._move, member))
        elif member.fate is Lot.ENDED:
            self.diary.enter(self.at(later, 11), partial(self._retire, member))
        elif self.random.random() < PLACED:
            self.diary.enter(self.at(max(1, day - 4), 17), partial(self._place, member))

    def _place(self, member: Member) -> None:
        home = self.stage.places[member.home]
        grids = self.stage.below(home, Kind.GRID)
        teams = self.stage.below(home, Kind.TEAM)
        if grids:
            placements.place(
                self.stage.worker(member.home),
                registration_id=self.letters[member.facts.name],
                grid_id=self.random.choice(grids),
                team_id=self.random.choice([*teams, None]),
            )

    def _move(self, member: Member) -> None:
        others = [name for name in self.unit.homes if name != member.home]
        home = self.random.choice(others)
        person = self.persons[member.facts.name]
        moved = departures.transfer(
            Actor(None, person, member.facts.name),
            registration_id=self.letters[member.facts.name],
            community_id=self.stage.places[home].pk,
            reason="搬家，居住地变更",
        )
        worker = self.stage.worker(home)
        days = (self.stage.calendar.now - clock.now()).days
        self.diary.enter(
            self.at(max(1, days - 2), 16),
            partial(arrivals.accept, worker, registration_ids=[moved.pk]),
        )

    def _retire(self, member: Member) -> None:
        """The new roster says so; then the registration ends."""
        retired = replace(member, standing=Standing.RETIRED, fate=Lot.NOTHING)
        self.members = [retired if m is member else m for m in self.members]
        self._import(self.members)
        departures.end(
            self.clerk,
            registration_id=self.letters[member.facts.name],
            reason=EndReason.RETIRED,
            ended_on=clock.today(),
        )

    def _late(self) -> None:
        """Those whose letters wait somewhere today."""
        waiting: defaultdict[int, list[Member]] = defaultdict(list)
        for member in self._in_service(Lot.WAITING):
            waiting[member.waited].append(member)
        for waited, group in waiting.items():
            self.diary.enter(self.at(waited + 3, 9), partial(self._letters, group))
            self.diary.enter(self.at(waited, 10), partial(self._present_some, group))
        issued = self._in_service(Lot.ISSUED)
        if issued:
            day = self.random.randint(5, 12)
            self.diary.enter(self.at(day, 9), partial(self._letters, issued))
            self.diary.enter(self.at(2, 10), partial(self._remind, issued))
        returned = self._in_service(Lot.RETURNED)
        if returned:
            self.diary.enter(self.at(9, 9), partial(self._letters, returned))
            self.diary.enter(self.at(7, 10), partial(self._present_group, returned))
            self.diary.enter(self.at(5, 15), partial(self._return, returned))
        for member in self._in_service(Lot.WITHDRAWN):
            self.diary.enter(self.at(30, 9), partial(self._letters, [member]))
            self.diary.enter(self.at(26, 15), partial(self._withdraw, member))

    def _present_some(self, members: list[Member]) -> None:
        if len(members) > 2:
            self._present_group(members)
        else:
            for member in members:
                self._present(member)

    def _remind(self, members: list[Member]) -> None:
        persons = [self.persons[member.facts.name] for member in members]
        checklist.remind(self.clerk, person_ids=persons)

    def _return(self, members: list[Member]) -> None:
        for member in members:
            arrivals.return_to_member(
                self.stage.worker(member.home),
                registration_id=self.letters[member.facts.name],
                reason="住址不在本社区，请核对居住地后再次报到。",
            )

    def _withdraw(self, member: Member) -> None:
        departures.withdraw(
            self.clerk, registration_id=self.letters[member.facts.name], reason="社区填写有误"
        )

    def _exempt(self) -> None:
        for member in self._in_service(Lot.DELAYED, Lot.ILL, Lot.ASKING):
            days = 2 if member.fate is Lot.ASKING else min(40, self.unit.began - 2)
            self.diary.enter(self.at(days, 14), partial(self._ask, member))

    def _request(self, member: Member, person: UUID) -> exemptions.ExemptionRequest:
        today = clock.today()
        year_end = date(today.year, 12, 31)
        if member.fate is Lot.ILL:
            return exemptions.ExemptionRequest(
                person, "long-illness", "市第三医院诊断证明", Effect.FULL, today
            )
        if member.fate is Lot.ASKING and member.facts.sex == "f":
            until = today + timedelta(days=128)
            return exemptions.ExemptionRequest(
                person, "maternity", "产假审批表", Effect.DELAY, today, until
            )
        until = max(year_end, self.stage.calendar.today + timedelta(days=30))
        return exemptions.ExemptionRequest(
            person, "seconded-away", "借调函（外市发展委）", Effect.DELAY, today, until
        )

    def _ask(self, member: Member) -> None:
        exemption = exemptions.request_exemption(
            self.clerk, request=self._request(member, self.persons[member.facts.name])
        )
        if member.fate is Lot.ASKING:
            return
        days = (self.stage.calendar.now - clock.now()).days
        secretary = self.stage.secretary(self.unit.name)
        self.diary.enter(
            self.at(max(1, days - 1), 15),
            partial(
                exemptions.decide_exemption,
                secretary,
                exemption_id=exemption.pk,
                approve=True,
                note="情况属实",
            ),
        )


Arrival = tuple[Teller, Member]


def _receive(worker: Actor, arrived: list[Arrival]) -> None:
    ids = [teller.letters[member.facts.name] for teller, member in arrived]
    batch = arrivals.accept(worker, registration_ids=ids)
    assert not batch.refused, batch.refused[:3]
