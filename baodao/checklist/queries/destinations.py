"""Whereto the letters lead of those of a unit who have none."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Q, Value, When

from baodao.checklist.queries.missing_members import Rows, missing_rows
from baodao.checklist.rules.reasons import Why
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestor_of, places
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.people.models import Membership
from baodao.registration.queries.letters import reports_to_partner


@dataclass(frozen=True)
class Destination:
    """A membership without a letter, and the community to which its letter goes: None where that
    is not known."""

    membership: Membership
    community: Organisation | None


@dataclass(frozen=True)
class Letterless:
    """Those in service below a place who have no letter.

    `at_home` is whether they report where they live; otherwise they report to `partner`, the
    community of their unit, None where it has none yet.
    """

    rows: Rows
    at_home: bool
    partner: Organisation | None

    @property
    def with_destination(self) -> Rows:
        """Those for whom the unit's setting knows a community."""
        if self.at_home:
            return self.rows.filter(_HAS_HOME)
        return self.rows if self.partner else self.rows.none()

    @property
    def counts(self) -> tuple[int, int]:
        """How many they are, and for how many of them the unit's setting knows a community."""
        known = Count("pk", filter=_HAS_HOME) if self.at_home else Count("pk")
        counted = self.rows.order_by().aggregate(everybody=Count("pk"), known=known)
        everybody, known_count = counted["everybody"], counted["known"]
        return everybody, known_count if self.at_home or self.partner else 0

    @property
    def without_destination(self) -> Rows:
        """Those whose home has to be told first."""
        return self.rows.exclude(_HAS_HOME) if self.at_home else self.rows.none()

    def first(self, most: int) -> list[Destination]:
        """The first `most`: whose home is not known before the others, then by branch and name."""
        return self._destinations(self._ordered()[:most])

    def of(self, person_ids: Collection[UUID]) -> list[Destination]:
        """Those of these persons who have no letter still, in the same order."""
        return self._destinations(self._ordered().filter(person__in=person_ids))

    def _ordered(self) -> Rows:
        known = Case(
            When(_HAS_HOME, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        unknown_first = ["known"] if self.at_home else []
        order = ("branch__path", "person__pinyin", "person")
        rows: Rows = self.rows.annotate(known=known).order_by(*unknown_first, *order)
        return rows

    def _destinations(self, rows: Rows) -> list[Destination]:
        if not self.at_home:
            return [Destination(row, self.partner) for row in rows]
        members = list(rows)
        ids = {row.person.home_community_id for row in members if row.person.home_community_id}
        homes = places(Kind.COMMUNITY).filter(pk__in=ids).select_related("parent").in_bulk()
        return [Destination(row, homes.get(row.person.home_community_id)) for row in members]


_HAS_HOME = Q(person__home_community__isnull=False, person__home_community__closed_at=None)


def letterless(actor: Actor, place: Organisation) -> Letterless:
    """Who has no letter below a place; raises `Absent` out of scope."""
    rows = missing_rows(actor, place).filter(why=Why.NO_LETTER)
    unit = ancestor_of(place, Kind.UNIT) or place
    at_home = not reports_to_partner(unit)
    return Letterless(rows, at_home, None if at_home else partner_community(unit))
