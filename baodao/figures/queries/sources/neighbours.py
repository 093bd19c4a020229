"""Talents, what they served, and appointments: as rows that are counted, and as they are listed,
without who they are: nobody above the community reads that."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.tallies.rules.conditions import columns

_HERE = "community.kind = 'community' AND community.path LIKE %(below)s"


def _talents(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, talent.id
               {columns(traits, "talent", {})}
        FROM tree community
        JOIN talents_talent talent
            ON talent.community_id = community.id AND talent.listed_at < %(instant)s
            AND (talent.ended_at IS NULL OR talent.ended_at >= %(instant)s)
        WHERE {_HERE}"""


def _talent_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT 1 FROM talents_talent talent
            JOIN tree community ON community.id = talent.community_id AND {_HERE}
            WHERE {between("talent.listed_at", "talent.ended_at")}
        )"""


_LISTED_TALENTS = """
    SELECT talent.id, community.name AS community, talent.listed_at AS at
    FROM ({rows}) thing
    JOIN talents_talent talent ON talent.id = thing.id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, talent.listed_at, talent.id"""


def _services(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, service.id
               {columns(traits, "service", {})}
        FROM tree community
        JOIN talents_talentservice service
            ON service.community_id = community.id AND service.recorded_at < %(instant)s
            AND service.reverses IS NULL
        WHERE {_HERE} AND NOT EXISTS (
            SELECT 1 FROM talents_talentservice reversal
            WHERE reversal.reverses = service.id AND reversal.recorded_at < %(instant)s
        )"""


def _service_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT 1 FROM talents_talentservice service
            JOIN tree community ON community.id = service.community_id AND {_HERE}
            WHERE {between("service.recorded_at")}
        )"""


_LISTED_SERVICES = """
    SELECT service.id, community.name AS community, service.served_on, service.minutes
    FROM ({rows}) thing
    JOIN talents_talentservice service ON service.id = thing.id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, service.recorded_at, service.id"""


def _appointments(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, appointment.id
               {columns(traits, "appointment", {})}
        FROM tree community
        JOIN alliance_appointment appointment
            ON appointment.community_id = community.id AND appointment.ended_at < %(instant)s
        WHERE {_HERE}"""


def _appointment_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    return f"""
        EXISTS (
            SELECT 1 FROM alliance_appointment appointment
            JOIN tree community ON community.id = appointment.community_id AND {_HERE}
            WHERE {between("appointment.ended_at")}
        )"""


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


@dataclass(frozen=True)
class CountedAppointment:
    """An appointment: of which service, when."""

    id: UUID
    community: str
    title: str
    at: datetime


TALENTS = SourceRows(_talents, _talent_changes, _LISTED_TALENTS, lambda row: CountedTalent(**row))
TALENT_SERVICES = SourceRows(
    _services, _service_changes, _LISTED_SERVICES, lambda row: CountedDeed(**row)
)
APPOINTMENTS = SourceRows(
    _appointments,
    _appointment_changes,
    _LISTED_APPOINTMENTS,
    lambda row: CountedAppointment(**row),
)
