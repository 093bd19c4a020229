"""Needs: as rows that are counted, and as they are listed, never with who asked."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between, columns
from baodao.figures.rules.conditions import listed_codes
from baodao.kernel import clock
from baodao.needs.rules.life import NEED

_ANSWER = """(
    SELECT offer.kind FROM offers_answer answer
    JOIN offers_offer offer ON offer.id = answer.offer_id
    WHERE answer.need_id = need.id AND answer.since < %(instant)s
        AND (answer.until IS NULL OR answer.until >= %(instant)s))"""
_STAGE = {"state": "stage.state", "since": "stage.since", "answered_by": _ANSWER}


def _needs(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, need.id
               {columns(traits, "need", _STAGE)}
        FROM tree community
        JOIN needs_need need
            ON need.community_id = community.id AND need.collected_at < %(instant)s
        JOIN needs_needstage stage ON stage.subject_id = need.id AND stage.since < %(instant)s
            AND (stage.until IS NULL OR stage.until >= %(instant)s)
        WHERE community.kind = 'community' AND community.path LIKE %(below)s"""


def _changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - one instant moves all of them
    here = "community.kind = 'community' AND community.path LIKE %(below)s"
    return f"""
        EXISTS (
            SELECT FROM needs_need need JOIN tree community ON community.id = need.community_id
            WHERE {here} AND ({between("need.collected_at")})
        ) OR EXISTS (
            SELECT FROM needs_needstage stage JOIN needs_need need ON need.id = stage.subject_id
            JOIN tree community ON community.id = need.community_id
            WHERE {here} AND ({between("stage.since", "stage.until")})
        )"""


_OVER = listed_codes(NEED.over)
_DAY = f"(thing.since AT TIME ZONE '{clock.ZONE.key}')::date"
_LISTED = f"""
    SELECT need.id, need.code, community.name AS community, need.category, need.text,
           thing.state, need.collected_at,
           CASE WHEN thing.state IN ({_OVER}) THEN {_DAY} ELSE %(on)s END AS until
    FROM ({{rows}}) thing
    JOIN needs_need need ON need.id = thing.id
    JOIN tree community ON community.id = need.community_id
    WHERE {{where}}
    ORDER BY thing.path, need.collected_at, need.id"""


@dataclass(frozen=True)
class ListedNeed:
    """A need, how it stood, and the day until which its age counts: of its end or the instant."""

    id: UUID
    code: str
    community: str
    category: str
    text: str
    state: str
    collected_at: datetime
    until: date

    @property
    def days(self) -> int:
        """How old it is, or became, by the calendar."""
        return clock.days_since(self.collected_at, self.until)


NEEDS = SourceRows(
    _needs, _changes, _LISTED, lambda row: ListedNeed(**row), traits=frozenset({"state", "since"})
)
