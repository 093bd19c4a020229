"""What was done, asked for, offered and claimed: the rows behind the figures of service.

Of a need there is what it is about and how it stands, never who asked.
"""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from baodao.insight.queries import serving
from baodao.insight.queries.asking import Values, ask
from baodao.insight.rules import METRICS, Source

_RECORD = """
    r.community_id, r.id, r.person_id, person.name, person.number,
    CASE leaf.kind WHEN 'branch' THEN unit.name ELSE leaf.name END AS unit,
    CASE leaf.kind WHEN 'branch' THEN leaf.name ELSE '' END AS branch,
    community.name AS community, r.served_on, r.minutes, r.category, r.way, r.origin,
    r.offer_title"""
_ABOUT = f"""
    JOIN people_person person ON person.id = r.person_id
    {serving.BRANCH_OF}
    LEFT JOIN orgs_organisation unit ON unit.id = leaf.parent_id
    JOIN orgs_organisation community ON community.id = r.community_id"""

_RECORDS = f"""
    SELECT {_RECORD}
    FROM ({{rows}}) thing
    JOIN ledger_servicerecord r ON r.community_id = thing.community_id AND r.id = thing.id
    {_ABOUT}
    WHERE {{where}}
    ORDER BY thing.path, r.served_on DESC, r.id DESC"""

_STOOD = """
    r.minutes > 0 AND r.served_on BETWEEN %(first)s AND %(last)s
    AND r.recorded_at < %(instant)s AND NOT EXISTS (
        SELECT FROM ledger_servicerecord undone
        WHERE undone.community_id = r.community_id AND undone.reverses = r.id
          AND undone.recorded_at < %(instant)s
    )"""
_OF_LEAF = {
    Source.SERVICES: f"""r.branch_path IN (
        SELECT named.path FROM orgs_organisation place
        CROSS JOIN LATERAL ({serving.PATHS_OF}) named WHERE place.id = hangs.id
    )""",
    Source.SERVICES_HERE: "r.community_id = hangs.id",
}
_PAGE = f"""
    {serving.LATE}
    SELECT {_RECORD}
    FROM (
        SELECT hangs.turn, r.community_id, r.id
        FROM unnest(%(leaves)s::bigint[]) WITH ORDINALITY AS hangs (id, turn)
        CROSS JOIN LATERAL (
            SELECT r.community_id, r.id, r.served_on FROM ledger_servicerecord r
            WHERE {{of_leaf}} AND {_STOOD}
            ORDER BY r.served_on DESC, r.id DESC LIMIT %(start)s + %(count)s
        ) r
        ORDER BY hangs.turn, r.served_on DESC, r.id DESC LIMIT %(count)s OFFSET %(start)s
    ) thing
    JOIN ledger_servicerecord r ON r.community_id = thing.community_id AND r.id = thing.id
    {_ABOUT}
    ORDER BY thing.turn, r.served_on DESC, r.id DESC"""
"""A page of the records of some branches or communities: no more of each than the page can hold,
found by the indexes alone; a reversal has negative minutes."""

_CLAIMS = """
    SELECT claim.id, claim.person_id, person.name, person.number,
           CASE branch.kind WHEN 'branch' THEN unit.name ELSE branch.name END AS unit,
           CASE branch.kind WHEN 'branch' THEN branch.name ELSE '' END AS branch,
           community.name AS community, offer.title, offer.kind, claim.claimed_at
    FROM ({rows}) thing
    JOIN offers_claim claim ON claim.id = thing.id
    JOIN offers_offer offer ON offer.id = claim.offer_id
    JOIN people_person person ON person.id = claim.person_id
    JOIN orgs_organisation branch ON branch.id = claim.branch_id
    LEFT JOIN orgs_organisation unit ON unit.id = branch.parent_id
    JOIN orgs_organisation community ON community.id = claim.community_id
    WHERE {where}
    ORDER BY thing.path, claim.claimed_at, claim.id"""

_NEEDS = """
    SELECT need.id, need.code, community.name AS community, need.category, need.text,
           thing.state, need.collected_at,
           CASE WHEN thing.state IN ('met', 'unmet', 'merged') THEN thing.since
                ELSE %(instant)s END AS until
    FROM ({rows}) thing
    JOIN needs_need need ON need.id = thing.id
    JOIN orgs_organisation community ON community.id = need.community_id
    WHERE {where}
    ORDER BY thing.path, need.collected_at, need.id"""

_OFFERS = """
    SELECT offer.id, offer.title, offer.kind, offer.category, offer.wanted,
           community.name AS community, offer.published_at
    FROM ({rows}) thing
    JOIN offers_offer offer ON offer.id = thing.id
    JOIN orgs_organisation community ON community.id = offer.community_id
    WHERE {where}
    ORDER BY thing.path, offer.published_at, offer.id"""

LISTS = {
    Source.SERVICES: _RECORDS,
    Source.SERVICES_HERE: _RECORDS,
    Source.POSTS: _CLAIMS,
    Source.CLAIMS: _CLAIMS,
    Source.NEEDS: _NEEDS,
    Source.OFFERS: _OFFERS,
}


@dataclass(frozen=True)
class ListedRecord:
    """A service record that stood at the instant; unit and branch are those it was written for."""

    community_id: int
    id: UUID
    person_id: UUID
    name: str
    number: str
    unit: str
    branch: str
    community: str
    served_on: date
    minutes: int
    category: str
    way: str
    origin: str
    offer_title: str


@dataclass(frozen=True)
class ListedClaim:
    """A claim, of whom and on what."""

    id: UUID
    person_id: UUID
    name: str
    number: str
    unit: str
    branch: str
    community: str
    title: str
    kind: str
    claimed_at: datetime


@dataclass(frozen=True)
class ListedNeed:
    """A need, how it stood, and until when its age counts: its end or the instant."""

    id: UUID
    code: str
    community: str
    category: str
    text: str
    state: str
    collected_at: datetime
    until: datetime

    @property
    def days(self) -> int:
        """How old it is, or became."""
        return max(0, (self.until - self.collected_at).days)


@dataclass(frozen=True)
class ListedOffer:
    """A post or an activity that was published."""

    id: UUID
    title: str
    kind: str
    category: str
    wanted: int
    community: str
    published_at: datetime


Deed = ListedRecord | ListedClaim | ListedNeed | ListedOffer
ROWS: dict[Source, Callable[..., Deed]] = {
    Source.SERVICES: ListedRecord,
    Source.SERVICES_HERE: ListedRecord,
    Source.POSTS: ListedClaim,
    Source.CLAIMS: ListedClaim,
    Source.NEEDS: ListedNeed,
    Source.OFFERS: ListedOffer,
}


def page_of_records(metric: str, values: Values | dict[str, Any]) -> list[ListedRecord]:
    """The records from `start` on, `count` of them, of the branches or communities `leaves`."""
    sql = _PAGE.format(of_leaf=_OF_LEAF[METRICS[metric].source])
    return [ListedRecord(**row) for row in ask(sql, values)]
