"""Who could serve where: a proposal of the district of which half was adopted and members agreed
and came, one by which a unit went, one ready to be adopted, two of the city, of which a member and
units were asked already; and a table of the city that shows who came where."""

from collections.abc import Callable
from uuid import UUID

from baodao.allocation.commands.answers import (
    accept_for_oneself,
    accept_for_unit,
    decline_invitation,
    issue_agreed,
)
from baodao.allocation.commands.proposals import adopt, calculate, request_allocation
from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.queries.allocations import last_contact, letters_due, lines_of
from baodao.allocation.rules.choices import AllocationAim, AllocationChoices, Emphasis
from baodao.demo.cast import BUILDING, CITY, COMMISSION, CREDIT, INVITED
from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.kernel.authz import Actor, Role
from baodao.partnership.commands.registrations import UnitContact
from baodao.partnership.commands.registrations import accept as accept_unit
from baodao.partnership.queries import live_unit_registration
from baodao.registration.commands.arrivals import accept
from baodao.registration.queries.registrations import registration_rows
from baodao.reporttables.commands.own import add_own_table
from baodao.reporttables.rules.formulas import metric_formula
from baodao.reporttables.rules.own import OwnColumn, OwnDefinition, OwnRows

DISTRICT, OFFICE = "东岸区", "东岸区教育局机关党委"
"""Where members were asked, and of which unit those are who agreed and came, all but one."""
FAR, OTHERWISE = "要接送孩子，走不开这么远", "单位统一安排向居住社区报到"
"""Why some did not agree; those of the second have a letter to come in the story of their unit."""
TABLE = "均衡调配成效统计表"
COLUMNS = {
    "待帮助的需求": "needs_without_help",
    "在此报到党员": "hosted",
    "其中调配到此": "hosted_invited",
    "在此报到单位": "hosted_units",
    "其中单位调配到此": "hosted_units_invited",
}


class Balance:
    """What the supervisors of the eastern district and of the city have before them. `idle` tells
    who of a unit has nothing else to do in the story."""

    def __init__(self, stage: CityStage, diary: Diary, idle: Callable[[str], list[UUID]]) -> None:
        self.stage, self.diary, self.idle = stage, diary, idle

    def enter(self) -> None:
        at = self.stage.calendar.at
        self.diary.enter(at(27, 9), self._ask_members)
        self.diary.enter(at(23, 9), self._issue)
        self.diary.enter(at(20, 15), self._receive)
        self.diary.enter(at(19, 10), self._declare)
        self.diary.enter(at(1, 17), self._propose)
        self.diary.enter(at(1, 18), self._invite)
        self.diary.enter(at(1, 19), self._ask_unit)
        self.diary.enter(at(0, 9), self._receive_unit)

    def _calculate(
        self, place: str, aim: AllocationAim, wish: Emphasis = Emphasis.SOME
    ) -> Allocation:
        """Weak places count more than the rest."""
        authority = self.stage.places[place]
        supervisor = self.stage.actors[place, Role.SUPERVISOR]
        minimum = int(aim is AllocationAim.ALL_UNITS)
        choices = AllocationChoices(
            aim, authority.pk, weak=Emphasis.MUCH, wish=wish, minimum=minimum
        )
        row = request_allocation(supervisor, authority_id=authority.pk, choices=choices)
        return calculate(supervisor, allocation_id=row.pk)

    def _propose(self) -> None:
        """For members without a letter."""
        self._calculate(DISTRICT, AllocationAim.MEMBERS)

    def _invite(self) -> None:
        """A member without a letter, and units of the city, are asked and have not answered."""
        self._adopt(self._calculate(CITY, AllocationAim.MEMBERS), person__name=INVITED)
        units = self._calculate(CITY, AllocationAim.ALL_UNITS, wish=Emphasis.LITTLE)
        self._adopt(units, unit__name__in=(COMMISSION, CREDIT))

    def _ask_members(self) -> None:
        """Half of a proposal is adopted: of who has nothing else to do all but one agree."""
        proposal = self._calculate(DISTRICT, AllocationAim.MEMBERS, wish=Emphasis.LITTLE)
        lines = lines_of(self.stage.actors[DISTRICT, Role.SUPERVISOR], proposal)
        ordered, idle = list(lines.order_by("person__number")), set(self.idle(OFFICE))
        free = [line.pk for line in ordered if line.person_id in idle]
        others = [line.pk for line in ordered if line.person_id not in idle]
        half = [*free, *others[: len(ordered) // 2 - len(free)]]
        for line in self._adopt(proposal, pk__in=half):
            if line.pk in free[:-1]:
                accept_for_oneself(_member(line), line_id=line.pk)
            else:
                why = FAR if line.person_id in idle else OTHERWISE
                decline_invitation(_member(line), line_id=line.pk, reason=why)

    def _issue(self) -> None:
        clerk = self.stage.clerk(OFFICE)
        issue_agreed(clerk, line_ids=letters_due(clerk).values_list("pk", flat=True))

    def _receive(self) -> None:
        """Each shows the letter at the desk."""
        asker = self.stage.places[DISTRICT]
        for row in list(registration_rows().filter(invited_by=asker, accepted_at=None)):
            accept(self.stage.worker(row.community.name), registration_ids=[row.pk])

    def _declare(self) -> None:
        """The city and all below it read who came where help was missing."""
        columns = (OwnColumn("", head, metric_formula(code)) for head, code in COLUMNS.items())
        definition = OwnDefinition(TABLE, OwnRows.PLACES, tuple(columns))
        administrator = self.stage.actors[CITY, Role.SYSTEM_ADMINISTRATOR]
        place = self.stage.places[CITY]
        add_own_table(administrator, organisation_id=place.pk, definition=definition)

    def _ask_unit(self) -> None:
        """A unit whose partner community has several agrees to go where help is missing."""
        proposal = self._calculate(DISTRICT, AllocationAim.ALL_UNITS, wish=Emphasis.LITTLE)
        office, clerk = self.stage.units[BUILDING], self.stage.clerk(BUILDING)
        last = last_contact(clerk, office)
        assert last is not None
        contact = UnitContact(last.secretary, last.contact_name, last.contact_phone)
        for line in self._adopt(proposal, unit=office):
            accept_for_unit(clerk, line_id=line.pk, contact=contact)

    def _receive_unit(self) -> None:
        form = live_unit_registration(self.stage.units[BUILDING])
        if form is not None and form.accepted_at is None:
            accept_unit(self.stage.worker(form.community.name), unit_registration_id=form.pk)

    def _adopt(self, proposal: Allocation, **whom: object) -> list[AllocationLine]:
        """By the authority that made it; those that were adopted."""
        name = next(name for name in (CITY, DISTRICT) if self._is(name, proposal))
        supervisor = self.stage.actors[name, Role.SUPERVISOR]
        lines = lines_of(supervisor, proposal).filter(**whom)
        keys = list(lines.values_list("pk", flat=True))
        return adopt(supervisor, allocation_id=proposal.pk, line_ids=keys).done if keys else []

    def _is(self, name: str, proposal: Allocation) -> bool:
        return self.stage.places[name].pk == proposal.authority_id


def _member(line: AllocationLine) -> Actor:
    return Actor(None, line.person_id, line.name)
