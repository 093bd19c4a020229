"""What reporting cost units and communities: as rows that are counted, and as they are listed."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.tallies.rules.conditions import columns


def _entries(traits: frozenset[str]) -> str:
    return f"""
        SELECT place.id AS organisation_id, place.path, entry.id{columns(traits, "entry")}
        FROM tree place
        JOIN burden_burdenentry entry
            ON entry.organisation_id = place.id AND entry.noted_at < %(instant)s
        WHERE place.kind IN ('unit', 'community') AND place.path LIKE %(below)s"""


def _changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - an entry never changes
    return f"""
        EXISTS (
            SELECT 1 FROM tree place
            JOIN burden_burdenentry entry ON entry.organisation_id = place.id
            WHERE place.path LIKE %(below)s AND ({between("entry.noted_at")})
        )"""


_LISTED = """
    SELECT entry.id, place.name AS place, entry.title, entry.authority, entry.what, entry.kind,
           entry.noted_at
    FROM ({rows}) thing
    JOIN burden_burdenentry entry ON entry.id = thing.id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, entry.noted_at DESC, entry.id DESC"""


@dataclass(frozen=True)
class ListedBurden:
    """A thing that reporting cost, of whom, because of which request of whom, and when."""

    id: UUID
    place: str
    title: str
    authority: str
    what: str
    kind: str
    noted_at: datetime


BURDEN = SourceRows(_entries, _changes, _LISTED, lambda row: ListedBurden(**row))
