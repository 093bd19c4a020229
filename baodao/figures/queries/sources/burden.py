"""What reporting cost units and communities: as rows that are counted, and as they are listed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import OF_BOTH, Placed

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


BURDEN = Placed(
    "entry",
    "tree place JOIN burden_burdenentry entry ON entry.organisation_id = place.id",
    "entry.noted_at",
    at="place",
    kinds=OF_BOTH,
).rows(_LISTED, lambda row: ListedBurden(**row))
