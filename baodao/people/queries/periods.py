"""Where persons belonged on a day of the past, for the slices that record what they did."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from baodao.people.queries.members import ever
from baodao.people.rules.periods import Belonging, Stay, able_from


def belongings_of(person_ids: Collection[UUID]) -> dict[UUID, Belonging]:
    """All memberships of each of these persons, past ones too; who never had one is left out, and
    what a roster wrote that was undone."""
    belongings: dict[UUID, Belonging] = {}
    for row in ever().filter(person__in=person_ids).select_related("person"):
        stay = Stay(row.branch_id, row.from_on, row.to_on, row.recorded_at)
        first = able_from(row.person.born_on, row.person.joined_on)
        belonging = Belonging(first, [], row.person.died_on)
        belongings.setdefault(row.person_id, belonging).stays.append(stay)
    return belongings


def branches_on(person_ids: Collection[UUID], day: date) -> dict[UUID, int]:
    """The branch in which each person was on a civil day, as `branch_on` decides; who never had a
    membership is left out."""
    return {person: one.branch_on(day) for person, one in belongings_of(person_ids).items()}
