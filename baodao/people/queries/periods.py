"""Where persons belonged on a day of the past, for the slices that record what they did."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from baodao.people.models import Membership
from baodao.people.rules.periods import Stay, branch_on


def stays_of(person_ids: Collection[UUID]) -> defaultdict[UUID, list[Stay]]:
    """Every membership of these persons, past ones too; nothing for who never had one."""
    stays: defaultdict[UUID, list[Stay]] = defaultdict(list)
    for row in Membership.objects.filter(person__in=person_ids):
        stay = Stay(row.branch_id, row.from_on, row.to_on, row.recorded_at)
        stays[row.person_id].append(stay)
    return stays


def branches_on(person_ids: Collection[UUID], day: date) -> dict[UUID, int]:
    """The branch in which each person was on a civil day, as `branch_on` decides; who never had a
    membership is left out."""
    branches = {person: branch_on(stays, day) for person, stays in stays_of(person_ids).items()}
    return {person: branch for person, branch in branches.items() if branch is not None}
