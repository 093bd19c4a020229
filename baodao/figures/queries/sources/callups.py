"""Who was called by emergency call-ups: as rows that are counted, and as they are listed."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.callups.rules.callups import Readiness
from baodao.figures.queries.sources.rows import SourceRows, between, columns
from baodao.figures.queries.trees import unit_id_of

_OF_SUMMONS = {
    "able": f"""
        coalesce((
            SELECT answer.answer FROM callups_summonsanswer answer
            WHERE answer.summons_id = summons.id AND answer.at < %(instant)s
            ORDER BY answer.at DESC, answer.id DESC LIMIT 1) = '{Readiness.CAN}', false)""",
}


def _summonses(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, summons.id, summons.person_id,
               {unit_id_of("branch")} AS unit_id{columns(traits, "summons", _OF_SUMMONS)}
        FROM tree community
        JOIN callups_summons summons
            ON summons.community_id = community.id AND summons.called_at < %(instant)s
        LEFT JOIN tree branch ON branch.id = summons.branch_id
        WHERE community.kind = 'community' AND community.path LIKE %(below)s"""


def _changes(traits: frozenset[str]) -> str:
    answers = "LEFT JOIN callups_summonsanswer answer ON answer.summons_id = summons.id"
    instants = ("summons.called_at", "answer.at") if "able" in traits else ("summons.called_at",)
    return f"""
        EXISTS (
            SELECT FROM callups_summons summons
            JOIN tree community ON community.id = summons.community_id
            {answers if "able" in traits else ""}
            WHERE community.path LIKE %(below)s AND ({between(*instants)})
        )"""


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
