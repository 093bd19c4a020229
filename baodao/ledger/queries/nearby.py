"""What stands in the way of a new record: the person's other records of the days around it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.dictionary import dictionary_of
from baodao.ledger.rules import Held
from baodao.orgs.models import Organisation

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reversed:
    """A record with an hour that was reversed: its time may be taken again."""

    community_id: int
    id: UUID
    began_at: datetime
    ended_at: datetime


@dataclass
class Nearby:
    """One person's records of some days, in whatever community."""

    standing: list[Held] = field(default_factory=list)
    reversed: list[Reversed] = field(default_factory=list)

    def reversed_in(
        self, community_id: int, began_at: datetime | None, ended_at: datetime | None
    ) -> UUID | None:
        """The latest reversed record of this community whose time the given one takes."""
        if began_at is None or ended_at is None:
            return None
        found = [
            one.id
            for one in self.reversed
            if one.community_id == community_id
            and one.began_at < ended_at
            and began_at < one.ended_at
        ]
        return max(found, default=None)


def nearby(person_ids: Collection[UUID], days: Collection[date]) -> defaultdict[UUID, Nearby]:
    """By person the records from the day before the first to the day after the last of `days`."""
    found: defaultdict[UUID, Nearby] = defaultdict(Nearby)
    if not days:
        return found
    rows = ServiceRecord.objects.filter(
        person__in=person_ids, served_on__range=(min(days) - DAY, max(days) + DAY)
    )
    held = list(rows.select_related("community"))
    undone = {(row.community_id, row.reverses) for row in held if row.reverses}
    for row in held:
        if row.reverses:
            continue
        near = found[row.person_id]
        if (row.community_id, row.id) not in undone:
            near.standing.append(_held(row))
        elif row.began_at and row.ended_at:
            near.reversed.append(Reversed(row.community_id, row.id, row.began_at, row.ended_at))
    return found


def _held(row: ServiceRecord) -> Held:
    return Held(
        served_on=row.served_on,
        minutes=row.minutes,
        began_at=row.began_at,
        ended_at=row.ended_at,
        community=row.community.name,
        subject=str(row.offer_id) if row.offer_id else row.category,
    )


def categories_of(place: Organisation) -> dict[str, str]:
    """活动类型 in force at a place, codes with their words: the nearest authority's dictionary.

    Words that an authority wrote itself are no message ids and stand as they are.
    """
    return {word.code: word.words for word in dictionary_of(place) if word.shown}
