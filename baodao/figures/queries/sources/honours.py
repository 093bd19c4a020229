"""Final lists of honours of units and communities, and objections to such lists, as rows that are
counted and as they are listed: what is judged and when, and nobody's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import OF_BOTH, Placed

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


HONOUR_LISTS = Placed(
    "list",
    "tree place JOIN honours_honourround list ON list.organisation_id = place.id",
    "list.issued_at",
    "list.withdrawn_at",
    at="place",
    kinds=OF_BOTH,
).rows(
    """
    SELECT thing.id, place.name AS place, list.kind, list.issued_at AS since
    FROM ({rows}) thing
    JOIN honours_honourround list ON list.id = thing.id
    JOIN tree place ON place.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path, list.issued_at, thing.id""",
    lambda row: HonourFigureRow(**row),
)


HONOUR_OBJECTIONS = Placed(
    "objection",
    """tree place
        JOIN honours_honourround list ON list.organisation_id = place.id
        JOIN honours_honourproposal proposal ON proposal.round_id = list.id
        JOIN honours_honourobjection objection ON objection.proposal_id = proposal.id""",
    "objection.objected_at",
    computed=_OBJECTION,
    moves=("objection.answered_at",),
    at="place",
    kinds=OF_BOTH,
).rows(
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
