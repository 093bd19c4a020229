"""The district has a proposal calculated of who could serve where, ready to be adopted."""

from baodao.allocation.commands.proposals import calculate, request_allocation
from baodao.allocation.rules.choices import AllocationAim, AllocationChoices, Emphasis
from baodao.demo.diary import Diary
from baodao.demo.stage import CityStage
from baodao.kernel.authz import Role


class Balance:
    """What the supervisor of the eastern district has before them."""

    def __init__(self, stage: CityStage, diary: Diary) -> None:
        self.stage, self.diary = stage, diary

    def enter(self) -> None:
        self.diary.enter(self.stage.calendar.at(1, 17), self._propose)

    def _propose(self) -> None:
        """Weak places count more than the rest, for members without a letter."""
        district = self.stage.places["东岸区"]
        supervisor = self.stage.actors["东岸区", Role.SUPERVISOR]
        choices = AllocationChoices(AllocationAim.MEMBERS, district.pk, weak=Emphasis.MUCH)
        row = request_allocation(supervisor, authority_id=district.pk, choices=choices)
        calculate(supervisor, allocation_id=row.pk)
