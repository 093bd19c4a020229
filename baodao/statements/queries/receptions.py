"""Which community had received a person on a day of the past, seen from the one that keeps its
records today."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import accepted_rows


class ReceivingCommunities:
    """To which community services of these persons belong, by their day: of a community and those
    that it took over from, the one that had received them then."""

    def __init__(self, community: Organisation, person_ids: Collection[UUID]) -> None:
        self._community = community
        self._rows: defaultdict[UUID, list[Registration]] = defaultdict(list)
        for row in accepted_rows(community).filter(person__in=person_ids).order_by("accepted_at"):
            self._rows[row.person_id].append(row)

    def on(self, person_id: UUID, day: date) -> Organisation:
        """Who did the work of the receiving community on the day; who was received later belongs to
        where they are registered now, and everybody else to the community itself."""
        rows = self._rows[person_id]
        then = [row for row in rows if _held_on(row, day)]
        now = [row for row in rows if row.ended_on is None]
        place = (then or now)[-1].community if then or now else self._community
        return standing_of(place, day)


def _held_on(row: Registration, day: date) -> bool:
    assert row.accepted_at is not None
    begun = row.accepted_at < clock.end_of(day)
    return begun and (row.ended_on is None or row.ended_on >= day)
