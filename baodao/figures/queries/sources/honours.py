"""Final lists of honours of units and communities, and objections to such lists, as rows that are
counted and as they are listed: what is judged and when, and nobody's name."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.tallies.rules.conditions import columns

_HERE = "place.kind IN ('unit', 'community') AND place.path LIKE %(below)s"
_OBJECTION: Mapping[str, str] = {
    "objected_at": "objection.objected_at",
    "upheld_at": """(CASE WHEN objection.state = 'upheld' AND objection.answered_at < %(instant)s
                     THEN objection.answered_at END)""",
}


@dataclass(frozen=True)
class HonourFigureRow:
    """A list or an objection: who judges, what, and since when it counts."""

    id: UUID
    place: str
    kind: str
    since: datetime


def _lists(traits: frozenset[str]) -> str:
    return f"""
        SELECT place.id AS organisation_id, place.path, list.id{columns(traits, "list")}
        FROM tree place
        JOIN honours_honourround list
            ON list.organisation_id = place.id AND list.issued_at < %(instant)s
               AND (list.withdrawn_at IS NULL OR list.withdrawn_at >= %(instant)s)
        WHERE {_HERE}"""


def _lists_moved(_: frozenset[str]) -> str:
    return f"""
        EXISTS (
            SELECT 1 FROM honours_honourround list
            WHERE {between("list.issued_at", "list.withdrawn_at")}
        )"""


HONOUR_LISTS = SourceRows(
    _lists,
    _lists_moved,
    """
    SELECT thing.id, place.name AS place, list.kind, list.issued_at AS since
    FROM ({rows}) thing
    JOIN honours_honourround list ON list.id = thing.id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, list.issued_at, thing.id""",
    lambda row: HonourFigureRow(**row),
)


def _objections(traits: frozenset[str]) -> str:
    return f"""
        SELECT place.id AS organisation_id, place.path, objection.id
               {columns(traits, "objection", _OBJECTION)}
        FROM tree place
        JOIN honours_honourround list ON list.organisation_id = place.id
        JOIN honours_honourproposal proposal ON proposal.round_id = list.id
        JOIN honours_honourobjection objection
            ON objection.proposal_id = proposal.id AND objection.objected_at < %(instant)s
        WHERE {_HERE}"""


def _objections_moved(_: frozenset[str]) -> str:
    return f"""
        EXISTS (
            SELECT 1 FROM honours_honourobjection objection
            WHERE {between("objection.objected_at", "objection.answered_at")}
        )"""


HONOUR_OBJECTIONS = SourceRows(
    _objections,
    _objections_moved,
    """
    SELECT thing.id, place.name AS place, list.kind, objection.objected_at AS since
    FROM ({rows}) thing
    JOIN honours_honourobjection objection ON objection.id = thing.id
    JOIN honours_honourproposal proposal ON proposal.id = objection.proposal_id
    JOIN honours_honourround list ON list.id = proposal.round_id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, objection.objected_at, thing.id""",
    lambda row: HonourFigureRow(**row),
)
