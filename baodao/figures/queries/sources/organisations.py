"""Units and communities: as rows that are counted, and as organisations listed."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import datetime

from baodao.figures.queries.sources.rows import STAGES_HERE, SourceRows, between
from baodao.figures.queries.sql import Answer
from baodao.tallies.rules.conditions import columns

_CONTACT = """
    u.accepted_at < %(instant)s AND (u.ended_at IS NULL OR u.ended_at >= %(instant)s)"""

_OPEN = """
    opened_at < %(instant)s AND (closed_at IS NULL OR closed_at >= %(instant)s)"""

_REGISTERED = f"""
    EXISTS (
        SELECT 1 FROM partnership_unitregistration u WHERE u.unit_id = unit.id AND {_CONTACT}
    )"""

_EMPTY = """
    NOT EXISTS (
        SELECT 1 FROM registration_registration r
        WHERE r.community_id = community.id AND r.accepted_at < %(instant)s
          AND (r.ended_at IS NULL OR r.ended_at >= %(instant)s)
    )"""

_WITHOUT_UNIT = f"""
    NOT EXISTS (
        SELECT 1 FROM partnership_unitregistration u
        WHERE u.community_id = community.id AND {_CONTACT}
    )"""
_COMMUNITY_TRAITS = {"empty": _EMPTY, "without_unit": _WITHOUT_UNIT}


def _units(traits: frozenset[str]) -> str:
    return f"""
        SELECT id AS organisation_id, path, id AS unit_id
               {columns(traits, "unit", {"registered": _REGISTERED})}
        FROM tree unit
        WHERE kind = 'unit' AND path LIKE %(below)s AND {_OPEN}"""


def _hosted_units(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, u.unit_id
               {columns(traits, "u", {"invited": "u.invited_by_id IS NOT NULL"})}
        FROM tree community
        JOIN partnership_unitregistration u ON u.community_id = community.id AND {_CONTACT}
        WHERE community.path LIKE %(below)s"""


def _communities(traits: frozenset[str]) -> str:
    return f"""
        SELECT id AS organisation_id, path{columns(traits, "community", _COMMUNITY_TRAITS)}
        FROM tree community
        WHERE kind = 'community' AND path LIKE %(below)s AND {_OPEN}"""


def _opened(kind: str) -> str:
    return f"""
        EXISTS (
            SELECT 1 FROM tree WHERE kind = '{kind}' AND path LIKE %(below)s
                AND ({between("opened_at", "closed_at")})
        )"""


def _accepted(leaf: str) -> str:
    return f"""
        EXISTS (
            SELECT 1 FROM partnership_unitregistration u JOIN tree leaf ON leaf.id = u.{leaf}_id
            WHERE leaf.path LIKE %(below)s AND ({between("u.accepted_at", "u.ended_at")})
        )"""


def _units_changes(traits: frozenset[str]) -> str:
    return (
        f"{_opened('unit')} OR {_accepted('unit')}" if "registered" in traits else _opened("unit")
    )


def _communities_changes(traits: frozenset[str]) -> str:
    by_trait = {"empty": STAGES_HERE, "without_unit": _accepted("community")}
    moved = [sql for trait, sql in by_trait.items() if trait in traits]
    return " OR ".join([_opened("community"), *moved])


def _teams(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, team.id AS team_id
               {columns(traits, "team")}
        FROM tree community
        JOIN tree team ON team.parent_id = community.id AND team.kind = 'team'
        WHERE community.kind = 'community' AND community.path LIKE %(below)s
          AND team.opened_at < %(instant)s
          AND (team.closed_at IS NULL OR team.closed_at >= %(instant)s)"""


_LISTED_UNITS = f"""
    SELECT unit.id, unit.code_now AS code, unit.name, unit.path_now AS path, above.name AS above,
           contact.community, contact.accepted_at
    FROM ({{rows}}) thing
    JOIN tree unit ON unit.id = thing.unit_id
    LEFT JOIN tree above ON above.id = unit.parent_id
    LEFT JOIN LATERAL (
        SELECT community.name AS community, u.accepted_at
        FROM partnership_unitregistration u
        JOIN tree community ON community.id = u.community_id
        WHERE u.unit_id = unit.id AND {_CONTACT}
        LIMIT 1
    ) contact ON true
    WHERE {{where}}
    ORDER BY thing.path, unit.path"""

_LISTED_COMMUNITIES = """
    SELECT place.id, place.code_now AS code, place.name, place.path_now AS path,
           above.name AS above, '' AS community, NULL::timestamptz AS accepted_at
    FROM ({rows}) thing
    JOIN tree place ON place.id = thing.organisation_id
    LEFT JOIN tree above ON above.id = place.parent_id
    WHERE {where}
    ORDER BY place.path"""

_LISTED_TEAMS = """
    SELECT team.id, team.code_now AS code, team.name, team.path_now AS path,
           community.name AS above, '' AS community, NULL::timestamptz AS accepted_at
    FROM ({rows}) thing
    JOIN tree team ON team.id = thing.team_id
    JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, team.sort, team.code"""

HOSTED_HERE = f"""
    SELECT unit.id, unit.code_now AS code, unit.name, unit.path_now AS path, hosted.accepted_at
    FROM tree unit
    LEFT JOIN LATERAL (
        SELECT min(u.accepted_at) AS accepted_at FROM partnership_unitregistration u
        WHERE u.unit_id = unit.id AND u.community_id = %(place)s AND {_CONTACT}
    ) hosted ON true
    WHERE unit.id = ANY(%(units)s) ORDER BY unit.path"""
"""The units with ids `units`, and since when the community `place` has those that it accepted."""


@dataclass(frozen=True)
class ListedOrganisation:
    """A unit or a community behind a number, as it was; of a unit, the community that accepted it.
    `code` and `path` are those of today, for links and rights."""

    id: int
    code: str
    name: str
    path: str
    above: str
    community: str
    accepted_at: datetime | None


def _organisation(row: Answer) -> ListedOrganisation:
    return ListedOrganisation(**row | {"community": row["community"] or ""})


UNITS = SourceRows(_units, _units_changes, _LISTED_UNITS, _organisation)
HOSTED_UNITS = SourceRows(
    _hosted_units, lambda _: _accepted("community"), _LISTED_UNITS, _organisation
)
COMMUNITIES = SourceRows(_communities, _communities_changes, _LISTED_COMMUNITIES, _organisation)
TEAMS = SourceRows(_teams, lambda _: _opened("team"), _LISTED_TEAMS, _organisation)
