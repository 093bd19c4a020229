"""Talents, what they served, and appointments: as rows that are counted, and as they are listed,
without who they are: nobody above the community reads that."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import CountedThing, Placed

_LISTED_TALENTS = """
    SELECT talent.id, community.name AS community, talent.listed_at AS at
    FROM ({rows}) thing
    JOIN talents_talent talent ON talent.id = thing.id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, talent.listed_at, talent.id"""
_LISTED_SERVICES = """
    SELECT service.id, community.name AS community, service.served_on, service.minutes
    FROM ({rows}) thing
    JOIN talents_talentservice service ON service.id = thing.id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, service.recorded_at, service.id"""
_LISTED_APPOINTMENTS = """
    SELECT appointment.id, community.name AS community, service.title, appointment.starts_at AS at
    FROM ({rows}) thing
    JOIN alliance_appointment appointment ON appointment.id = thing.id
    JOIN alliance_allianceservice service ON service.id = appointment.service_id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, appointment.ended_at, appointment.id"""


@dataclass(frozen=True)
class CountedTalent:
    """A talent, since when in the list of which community; not who."""

    id: UUID
    community: str
    at: datetime


@dataclass(frozen=True)
class CountedDeed:
    """What a talent served: in which community, on which day, for how long."""

    id: UUID
    community: str
    served_on: date
    minutes: int


TALENTS = Placed(
    "talent",
    "tree community JOIN talents_talent talent ON talent.community_id = community.id",
    "talent.listed_at",
    "talent.ended_at",
).rows(_LISTED_TALENTS, lambda row: CountedTalent(**row))
TALENT_SERVICES = Placed(
    "service",
    "tree community JOIN talents_talentservice service ON service.community_id = community.id",
    "service.recorded_at",
    further="""service.reverses IS NULL AND NOT EXISTS (
            SELECT 1 FROM talents_talentservice reversal
            WHERE reversal.reverses = service.id AND reversal.recorded_at < %(instant)s
        )""",
).rows(_LISTED_SERVICES, lambda row: CountedDeed(**row))
APPOINTMENTS = Placed(
    "appointment",
    "tree community JOIN alliance_appointment appointment "
    "ON appointment.community_id = community.id",
    "appointment.ended_at",
).rows(_LISTED_APPOINTMENTS, lambda row: CountedThing(**row))
