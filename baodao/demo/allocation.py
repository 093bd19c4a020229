"""Who could serve where: a proposal of the district, ready to be adopted, and two of the city, of
which a member and the units of the city were asked already."""

from baodao.allocation.commands.proposals import adopt, calculate, request_allocation
from baodao.allocation.models import Allocation
from baodao.allocation.queries.allocations import lines_of
from baodao.allocation.rules.choices import AllocationAim, AllocationChoices, Emphasis
from baodao.demo.cast import CITY, COMMISSION, CREDIT, INVITED
from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.kernel.authz import Role


class Balance:
    """What the supervisors of the eastern district and of the city have before them."""

    def __init__(self, stage: CityStage, diary: Diary) -> None:
        self.stage, self.diary = stage, diary

    def enter(self) -> None:
        self.diary.enter(self.stage.calendar.at(1, 17), self._propose)
        self.diary.enter(self.stage.calendar.at(1, 18), self._invite)

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
        self._calculate("东岸区", AllocationAim.MEMBERS)

    def _invite(self) -> None:
        """A member without a letter, and units of the city, are asked and have not answered."""
        self._adopt(self._calculate(CITY, AllocationAim.MEMBERS), person__name=INVITED)
        units = self._calculate(CITY, AllocationAim.ALL_UNITS, wish=Emphasis.LITTLE)
        self._adopt(units, unit__name__in=(COMMISSION, CREDIT))

    def _adopt(self, proposal: Allocation, **whom: object) -> None:
        supervisor = self.stage.actors[CITY, Role.SUPERVISOR]
        lines = lines_of(supervisor, proposal).filter(**whom)
        keys = list(lines.values_list("pk", flat=True))
        adopt(supervisor, allocation_id=proposal.pk, line_ids=keys)
