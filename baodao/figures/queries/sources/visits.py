"""Contact points and visits of contact cadres: as rows that are counted, and as they are listed,
without who lives in a household and what was seen there."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.tallies.rules.conditions import columns

_HERE = "community.kind = 'community' AND community.path LIKE %(below)s"
_POINT_HERE = f"""
    JOIN tree place ON place.id = point.place_id
    JOIN tree community ON place.path LIKE community.path || '%%' AND {_HERE}"""


def _points(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, point.id
               {columns(traits, "point", {})}
        FROM visits_contactpoint point {_POINT_HERE}
        WHERE point.assigned_at < %(instant)s
          AND (point.ended_at IS NULL OR point.ended_at >= %(instant)s)"""


def _point_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT 1 FROM visits_contactpoint point {_POINT_HERE}
            WHERE {between("point.assigned_at", "point.ended_at")}
        )"""


_LISTED_POINTS = """
    SELECT point.id, community.name AS community, point.kind,
           coalesce(nullif(point.title, ''), place.name) AS title, person.name AS cadre, point.since
    FROM ({rows}) thing
    JOIN visits_contactpoint point ON point.id = thing.id
    JOIN people_person person ON person.id = point.person_id
    JOIN tree place ON place.id = point.place_id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, point.assigned_at, point.id"""


def _visits(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, visit.id
               {columns(traits, "visit", {})}
        FROM tree community
        JOIN visits_contactvisit visit
            ON visit.community_id = community.id AND visit.noted_at < %(instant)s
            AND (visit.withdrawn_at IS NULL OR visit.withdrawn_at >= %(instant)s)
        WHERE {_HERE}"""


def _visit_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT 1 FROM visits_contactvisit visit
            JOIN tree community ON community.id = visit.community_id AND {_HERE}
            WHERE {between("visit.noted_at", "visit.withdrawn_at")}
        )"""


_LISTED_VISITS = """
    SELECT visit.id, community.name AS community, point.kind, person.name AS cadre,
           visit."on" AS visited_on, visit.noted_at
    FROM ({rows}) thing
    JOIN visits_contactvisit visit ON visit.id = thing.id
    JOIN visits_contactpoint point ON point.id = visit.contact_id
    JOIN people_person person ON person.id = visit.person_id
    JOIN tree community ON community.id = visit.community_id
    WHERE {where}
    ORDER BY thing.path, visit.noted_at, visit.id"""


@dataclass(frozen=True)
class CountedContact:
    """A contact point, to what and whose it is, and since which day."""

    id: UUID
    community: str
    kind: str
    title: str
    cadre: str
    since: date


@dataclass(frozen=True)
class CountedVisit:
    """A visit of a contact cadre: of which kind of contact point, on which day."""

    id: UUID
    community: str
    kind: str
    cadre: str
    visited_on: date
    noted_at: datetime


CONTACT_POINTS = SourceRows(
    _points, _point_changes, _LISTED_POINTS, lambda row: CountedContact(**row)
)
CONTACT_VISITS = SourceRows(
    _visits, _visit_changes, _LISTED_VISITS, lambda row: CountedVisit(**row)
)
