"""Who lives in a household, children apart."""

from dataclasses import dataclass

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.residents.models import HouseholdFile, Resident
from baodao.residents.rules.households import is_child


@dataclass(frozen=True)
class HouseholdPeople:
    """The people of a household, adults and children."""

    adults: list[Resident]
    children: list[Resident]

    @property
    def number(self) -> int:
        """How many they are."""
        return len(self.adults) + len(self.children)


def residents_of(file: HouseholdFile) -> HouseholdPeople:
    """Who lives in a household, in the order in which they were written down; the caller has
    fetched the file through its own scope and writes down that it was read."""
    year = clock.today().year
    rows = list(file.residents.order_by("added_at", "pk"))
    children = [row for row in rows if is_child(int(row.born), year)]
    return HouseholdPeople([row for row in rows if row not in children], children)


def may_read_children(actor: Actor, file: HouseholdFile) -> bool:
    """Whether the actor reads of the children of a household."""
    return actor.may(Permission.HOUSEHOLD_CHILDREN, file.community.path)
