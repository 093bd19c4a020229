"""Reversals of service records: as rows that are counted, and the records that they took back."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from baodao.figures.queries.sources.records import ABOUT, RECORD, ListedRecord
from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.tallies.rules.conditions import columns


def _corrections(traits: frozenset[str]) -> str:
    return f"""
        SELECT place.id AS organisation_id, place.path, r.reverses AS id, r.community_id,
               r.person_id{columns(traits, "r")}
        FROM tree place
        JOIN ledger_servicerecord r ON r.community_id = place.id AND r.reverses IS NOT NULL
            AND r.recorded_at < %(instant)s
        WHERE place.kind = 'community' AND place.path LIKE %(below)s"""


def _changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - a record never changes
    return f"""
        EXISTS (
            SELECT 1 FROM tree place
            JOIN ledger_servicerecord r ON r.community_id = place.id AND r.reverses IS NOT NULL
            WHERE place.kind = 'community' AND place.path LIKE %(below)s
                AND ({between("r.recorded_at")})
        )"""


_LISTED = f"""
    SELECT {RECORD}
    FROM ({{rows}}) thing
    JOIN ledger_servicerecord r ON r.community_id = thing.community_id AND r.id = thing.id
    {ABOUT}
    WHERE {{where}}
    ORDER BY thing.path, r.served_on DESC, r.id DESC"""

CORRECTIONS = SourceRows(_corrections, _changes, _LISTED, lambda row: ListedRecord(**row))
