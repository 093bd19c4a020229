"""Needs: as rows that are counted, and as they are listed, never with who asked."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.figures.rules.metrics.needs import NeedSort
from baodao.kernel import clock
from baodao.needs.rules.life import NEED
from baodao.offers.kinds.order.kind import ORDER
from baodao.offers.kinds.wish.kind import WISH
from baodao.tallies.rules.conditions import columns, listed_codes

_ANSWER = """(
    SELECT offer.kind FROM offers_answer answer
    JOIN offers_offer offer ON offer.id = answer.offer_id
    WHERE answer.need_id = need.id AND answer.since < %(instant)s
        AND (answer.until IS NULL OR answer.until >= %(instant)s))"""
SORT = f"""
    CASE WHEN {_ANSWER} = '{WISH.code}' THEN '{NeedSort.WISH}'
         WHEN need.item_id IS NOT NULL OR {_ANSWER} = '{ORDER.code}' THEN '{NeedSort.ORDER}'
         ELSE '{NeedSort.PROBLEM}' END"""
"""Of which sort the row `need` was at the instant."""
_STAGE = {"state": "stage.state", "since": "stage.since", "sort": SORT}


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


def _ratings(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, rating.id{columns(traits, "rating")}
        FROM tree community
        JOIN needs_need need ON need.community_id = community.id
        JOIN needs_needrating rating ON rating.need_id = need.id AND rating.rated_at < %(instant)s
        WHERE community.kind = 'community' AND community.path LIKE %(below)s"""


_HERE = "community.kind = 'community' AND community.path LIKE %(below)s"
_IN_COMMUNITY = f"JOIN tree community ON community.id = need.community_id AND {_HERE}"
_ENTERED = f"""
    EXISTS (
        SELECT 1 FROM needs_need need {{where}} WHERE {between("need.collected_at")}
    )"""
_STAGED = f"""
    EXISTS (
        SELECT 1 FROM needs_needstage stage JOIN needs_need need ON need.id = stage.subject_id
        {{where}} WHERE {between("stage.since", "stage.until")}
    )"""
_ANSWERED = f"""
    EXISTS (
        SELECT 1 FROM offers_answer answer JOIN needs_need need ON need.id = answer.need_id
        {{where}} WHERE {between("answer.since", "answer.until")}
    )"""


def _changes(traits: frozenset[str]) -> str:
    moved = [_ENTERED, _STAGED, *([_ANSWERED] if "sort" in traits else [])]
    return " OR ".join(moved).format(where=_IN_COMMUNITY)


def _ratings_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - a word never changes
    return f"""
        EXISTS (
            SELECT 1 FROM needs_needrating rating JOIN needs_need need ON need.id = rating.need_id
            {_IN_COMMUNITY} WHERE {between("rating.rated_at")}
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

_LISTED_RATINGS = """
    SELECT rating.id, need.code, community.name AS community, need.category, rating.word,
           rating.rated_at
    FROM ({rows}) thing
    JOIN needs_needrating rating ON rating.id = thing.id
    JOIN needs_need need ON need.id = rating.need_id
    JOIN tree community ON community.id = need.community_id
    WHERE {where}
    ORDER BY thing.path, rating.rated_at, rating.id"""


@dataclass(frozen=True)
class ListedRating:
    """The word of who asked, on which need, and when."""

    id: UUID
    code: str
    community: str
    category: str
    word: str
    rated_at: datetime


RATINGS = SourceRows(_ratings, _ratings_changes, _LISTED_RATINGS, lambda row: ListedRating(**row))
