"""What stands in the way of a new record: its day, and the person's records of the days around."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.places import on_their_shards
from baodao.ledger.rules.days import DayBounds
from baodao.ledger.rules.policies import YEARS_BACK
from baodao.ledger.rules.records import Obstacle, subject_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of

DAY = timedelta(days=1)
FIRST, LAST = date.min + DAY, date.max - DAY
"""Between these a day has one before and one after."""


@dataclass(frozen=True)
class FreedTime:
    """The hours of a record that was reversed: they may be taken again."""

    community_id: int
    id: UUID
    began_at: datetime
    ended_at: datetime


@dataclass
class Neighbours:
    """One person's records of some days, in whatever community; what stands by its day."""

    standing: defaultdict[date, list[Obstacle]] = field(default_factory=lambda: defaultdict(list))
    freed: list[FreedTime] = field(default_factory=list)

    def add(self, obstacle: Obstacle) -> None:
        """What stands in the way of later ones."""
        self.standing[obstacle.served_on].append(obstacle)

    def around(self, day: date) -> list[Obstacle]:
        """What can stand in the way on a day: that of the day, of the one before and after."""
        own = max(min(day, LAST), FIRST)
        days = (own - DAY, own, own + DAY)
        return [one for each in days if each in self.standing for one in self.standing[each]]

    def freed_in(
        self, community_id: int, began_at: datetime | None, ended_at: datetime | None
    ) -> UUID | None:
        """The latest reversed record of this community whose time the given one takes."""
        if began_at is None or ended_at is None:
            return None
        ids = [
            one.id
            for one in self.freed
            if one.community_id == community_id
            and one.began_at < ended_at
            and began_at < one.ended_at
        ]
        return max(ids, default=None)


def day_bounds(community: Organisation) -> DayBounds:
    """Of which days services are recorded in a community today, as the authority above allows."""
    return DayBounds(clock.today(), value_of(YEARS_BACK, community))


def neighbours_of(
    person_ids: Collection[UUID], days: Collection[date]
) -> defaultdict[UUID, Neighbours]:
    """By person the records from the day before the first to the day after the last of `days`."""
    neighbours: defaultdict[UUID, Neighbours] = defaultdict(Neighbours)
    if not days:
        return neighbours
    rows = ServiceRecord.objects.filter(
        person__in=person_ids,
        served_on__range=(max(min(days), FIRST) - DAY, min(max(days), LAST) + DAY),
    )
    records = list(on_their_shards(rows, person_ids).select_related("community"))
    undone = {(row.community_id, row.reverses) for row in records if row.reverses}
    for row in records:
        if row.reverses:
            continue
        near = neighbours[row.person_id]
        if (row.community_id, row.id) not in undone:
            near.add(_obstacle(row))
        elif row.began_at and row.ended_at:
            near.freed.append(FreedTime(row.community_id, row.id, row.began_at, row.ended_at))
    return neighbours


def _obstacle(row: ServiceRecord) -> Obstacle:
    return Obstacle(
        served_on=row.served_on,
        minutes=row.minutes,
        began_at=row.began_at,
        ended_at=row.ended_at,
        community=row.community.name,
        subject=subject_of(row.offer_id, row.category),
    )
