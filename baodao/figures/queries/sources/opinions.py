"""Opinions that were asked: as rows that are counted, and as they are listed, without what was
answered and without the name of a member."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.tallies.rules.conditions import columns

_BY_THEN: Mapping[str, str] = {
    "asked_at": "round.asked_at",
    "answered_at": "CASE WHEN sheet.answered_at < %(instant)s THEN sheet.answered_at END",
    "replied_at": "CASE WHEN answer.replied_at < %(instant)s THEN answer.replied_at END",
}


def _sheets(traits: frozenset[str]) -> str:
    return f"""
        SELECT place.id AS organisation_id, place.path, sheet.id{columns(traits, "sheet", _BY_THEN)}
        FROM tree place
        JOIN opinions_opinionround round
            ON round.asker_id = place.id AND round.asked_at < %(instant)s
        JOIN opinions_opinionsheet sheet ON sheet.round_id = round.id
        LEFT JOIN opinions_opinionanswer answer ON answer.sheet_id = sheet.id
        WHERE place.kind IN ('unit', 'community') AND place.path LIKE %(below)s"""


def _changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - the same move all of them
    moves = between("round.asked_at", "sheet.answered_at", "answer.replied_at")
    return f"""
        EXISTS (
            SELECT 1 FROM tree place
            JOIN opinions_opinionround round ON round.asker_id = place.id
            JOIN opinions_opinionsheet sheet ON sheet.round_id = round.id
            LEFT JOIN opinions_opinionanswer answer ON answer.sheet_id = sheet.id
            WHERE place.path LIKE %(below)s AND ({moves})
        )"""


_LISTED = f"""
    SELECT sheet.id, place.name AS place, round.audience, coalesce(receiver.name, '') AS receiver,
           round.asked_at, {_BY_THEN["answered_at"]} AS answered_at
    FROM ({{rows}}) thing
    JOIN opinions_opinionsheet sheet ON sheet.id = thing.id
    JOIN opinions_opinionround round ON round.id = sheet.round_id
    LEFT JOIN orgs_organisation receiver ON receiver.id = sheet.organisation_id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {{where}}
    ORDER BY thing.path, round.asked_at DESC, sheet.id"""


@dataclass(frozen=True)
class ListedOpinion:
    """A sheet: who asked, whom, when, and when it was answered; a member is not named."""

    id: UUID
    place: str
    audience: str
    receiver: str
    asked_at: datetime
    answered_at: datetime | None


OPINIONS = SourceRows(_sheets, _changes, _LISTED, lambda row: ListedOpinion(**row))
