"""Contact points and visits of contact cadres: as rows that are counted, and as they are listed,
without who lives in a household and what was seen there."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import Placed

_POINTS = """visits_contactpoint point
        JOIN tree place ON place.id = point.place_id
        JOIN tree community ON place.path LIKE community.path || '%%'"""
_VISITED = """EXISTS (
            SELECT 1 FROM visits_contactvisit visit WHERE visit.contact_id = point.id
              AND visit.noted_at >= %(begins)s AND visit.noted_at < least(%(ends)s, %(instant)s)
              AND (visit.withdrawn_at IS NULL OR visit.withdrawn_at >= %(instant)s)
        )"""
_FIRST = """(
            SELECT min(visit.{0}) FROM visits_contactvisit visit
            WHERE visit.contact_id = point.id AND visit.{0} >= %(since)s
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


CONTACT_POINTS = Placed(
    *("point", _POINTS, "point.assigned_at", "point.ended_at"),
    computed={"visited": _VISITED},
    moves=(_FIRST.format("noted_at"), _FIRST.format("withdrawn_at")),
).rows(_LISTED_POINTS, lambda row: CountedContact(**row))
CONTACT_VISITS = Placed(
    "visit",
    "tree community JOIN visits_contactvisit visit ON visit.community_id = community.id",
    "visit.noted_at",
    "visit.withdrawn_at",
).rows(_LISTED_VISITS, lambda row: CountedVisit(**row))
