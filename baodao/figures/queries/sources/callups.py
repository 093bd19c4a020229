"""Who was called by emergency call-ups: as rows that are counted, and as they are listed."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.callups.rules.callups import Readiness
from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.orgs.queries.trees import unit_id_of
from baodao.tallies.rules.conditions import columns

_POSTS = "callups_callpost post JOIN offers_offer offer ON offer.id = post.offer_id"
_RECORDS = """
    JOIN ledger_servicerecord record
        ON record.community_id = offer.community_id AND record.offer_id = offer.id"""
_SEATS = """
    JOIN claims_claim claim ON claim.offer_id = offer.id
    JOIN claims_seat seat ON seat.claim_id = claim.id"""
_SERVED = f"""
    LEFT JOIN (
        SELECT post.call_id, record.person_id, sum(record.minutes) AS minutes
        FROM (
            SELECT post.call_id, offer.id, offer.community_id FROM {_POSTS}
            WHERE post.call_id IN (
                SELECT here.call_id FROM callups_summons here
                JOIN tree community ON community.id = here.community_id
                WHERE community.path LIKE %(below)s
            ) OFFSET 0
        ) post
        JOIN ledger_servicerecord record
            ON record.community_id = post.community_id AND record.offer_id = post.id
            AND record.recorded_at < %(instant)s
        GROUP BY 1, 2
    ) served ON served.call_id = summons.call_id AND served.person_id = summons.person_id"""
"""Who served in the posts of call-ups by which somebody of the place was called, and how long."""
_MINUTES = "coalesce(served.minutes, 0)"
"""A reversal has negative minutes, so who is left with none has not come."""

_OF_SUMMONS = {
    "able": f"""
        coalesce((
            SELECT answer.answer FROM callups_summonsanswer answer
            WHERE answer.summons_id = summons.id AND answer.at < %(instant)s
            ORDER BY answer.at DESC, answer.id DESC LIMIT 1) = '{Readiness.CAN}', false)""",
    "placed": f"""
        EXISTS (
            SELECT 1 FROM {_POSTS} {_SEATS}
            WHERE post.call_id = summons.call_id AND seat.person_id = summons.person_id
                AND claim.seated_at < %(instant)s AND seat.since < %(instant)s)""",
    "came": f"{_MINUTES} > 0",
    "minutes": _MINUTES,
}


def _summonses(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, summons.id, summons.person_id,
               {unit_id_of("branch")} AS unit_id{columns(traits, "summons", _OF_SUMMONS)}
        FROM tree community
        JOIN callups_summons summons
            ON summons.community_id = community.id AND summons.called_at < %(instant)s
        LEFT JOIN tree branch ON branch.id = summons.branch_id
        {_SERVED if traits & {"came", "minutes"} else ""}
        WHERE community.kind = 'community' AND community.path LIKE %(below)s"""


_CALLED = """
    callups_summons summons JOIN tree community ON community.id = summons.community_id"""
_MOVES = {
    "able": (
        f"{_CALLED} JOIN callups_summonsanswer answer ON answer.summons_id = summons.id",
        ("answer.at",),
    ),
    "placed": (
        f"""{_POSTS} {_SEATS}
            JOIN {_CALLED} ON summons.call_id = post.call_id
                AND summons.person_id = seat.person_id""",
        ("claim.seated_at", "seat.since"),
    ),
    "came": (
        f"""{_POSTS} {_RECORDS}
            JOIN {_CALLED} ON summons.call_id = post.call_id
                AND summons.person_id = record.person_id""",
        ("record.recorded_at",),
    ),
}
"""By what each trait moves, and at which instants."""


def _changes(traits: frozenset[str]) -> str:
    names = {"came" if name == "minutes" else name for name in traits}
    moves = [(_CALLED, ("summons.called_at",)), *(_MOVES[one] for one in _MOVES if one in names)]
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {rows} WHERE community.path LIKE %(below)s AND ({between(*at)}))"
        for rows, at in moves
    )


_LISTED = f"""
    SELECT summons.id, summons.person_id, person.name, person.number, unit.name AS unit,
           CASE branch.kind WHEN 'branch' THEN branch.name ELSE '' END AS branch,
           community.name AS community, call.title, summons.called_at
    FROM ({{rows}}) thing
    JOIN callups_summons summons ON summons.id = thing.id
    JOIN callups_callup call ON call.id = summons.call_id
    JOIN people_person person ON person.id = summons.person_id
    JOIN tree branch ON branch.id = summons.branch_id
    LEFT JOIN tree unit ON unit.id = {unit_id_of("branch")}
    JOIN tree community ON community.id = summons.community_id
    WHERE {{where}}
    ORDER BY thing.path, summons.called_at, summons.id"""


@dataclass(frozen=True)
class ListedSummons:
    """A member who was called, by which call-up and when."""

    id: UUID
    person_id: UUID
    name: str
    number: str
    unit: str
    branch: str
    community: str
    title: str
    called_at: datetime


SUMMONSES = SourceRows(_summonses, _changes, _LISTED, lambda row: ListedSummons(**row))
