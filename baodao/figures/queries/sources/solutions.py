"""Needs that were met by the people of a branch, problems that a unit solved, and needs that a unit
collected: as rows that are counted, and as they are listed, without what was asked for: that stays
with the community."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources.needs import SORT
from baodao.figures.queries.sources.rows import SourceRows, between, standing
from baodao.figures.rules.metrics.needs import NeedSort
from baodao.needs.rules.life import NeedState
from baodao.tallies import queries as tallies
from baodao.tallies.rules.conditions import columns

_MET = f"""
    FROM needs_needstage stage
    JOIN needs_need need ON need.id = stage.subject_id
    JOIN offers_answer answer ON answer.need_id = need.id AND answer.since < %(instant)s
        AND (answer.until IS NULL OR answer.until >= %(instant)s)
    JOIN ledger_servicerecord r ON r.community_id = need.community_id
        AND r.offer_id = answer.offer_id AND r.minutes > 0 AND r.recorded_at < %(instant)s
    WHERE stage.state = '{NeedState.MET}' AND stage.since < %(instant)s
      AND (stage.until IS NULL OR stage.until >= %(instant)s)
      AND {standing("r")}"""
"""Every need that stood as met, once for each standing record of its answer."""

_NEEDS_MET = f"""
    SELECT DISTINCT ON (need.id, stage.since) need.id, stage.since, {SORT} AS sort, r.branch_id
    {_MET}
    ORDER BY need.id, stage.since, r.served_on, r.recorded_at, r.id"""
"""Every need that stood as met, with when it was and by whose people: those who served first."""

_CLOSED = """
    SELECT problem.id, closure.closed_at, closure.owner_id,
           coalesce(asked.merged_into_id, asked.id) AS need_id
    FROM problems_problemclosure closure
    JOIN problems_placeproblem problem ON problem.id = closure.problem_id
    LEFT JOIN needs_need asked ON asked.id = problem.need_id
    WHERE closure.closed_at < %(instant)s
      AND closure.closed_at >= %(begins)s AND closure.closed_at < %(ends)s
      AND (closure.reopened_at IS NULL OR closure.reopened_at >= %(instant)s)"""
_PROBLEMS_SOLVED = f"""
    SELECT solved.id, solved.closed_at AS since, '{NeedSort.PROBLEM}' AS sort,
           solved.owner_id AS branch_id
    FROM ({_CLOSED}) solved
    LEFT JOIN (
        SELECT DISTINCT need.id {_MET} AND need.id IN (SELECT need_id FROM ({_CLOSED}) closed)
    ) met ON met.id = solved.need_id
    WHERE met.id IS NULL"""
"""What was closed as solved and is no need that was met: that counts as such, and once."""


def _solutions(traits: frozenset[str]) -> str:
    met = {"since": "met.since", "sort": "met.sort"}
    return f"""
        SELECT place.id AS organisation_id, place.path, met.id{columns(traits, "met", met)}
        FROM (
            SELECT id, since, sort, branch_id FROM ({_NEEDS_MET}) needs
            WHERE since >= %(begins)s AND since < %(ends)s
            UNION ALL
            {_PROBLEMS_SOLVED}
            OFFSET 0
        ) met
        JOIN tree place ON place.id = met.branch_id
        WHERE {tallies.OF_BRANCHES}"""


def _solutions_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - the same move all of them
    return f"""
        EXISTS (
            SELECT 1 FROM needs_needstage stage WHERE {between("stage.since", "stage.until")}
        ) OR EXISTS (
            SELECT 1 FROM offers_answer answer WHERE {between("answer.since", "answer.until")}
        ) OR EXISTS (
            SELECT 1 FROM problems_problemclosure closure
            WHERE {between("closure.closed_at", "closure.reopened_at")}
        ) OR {tallies.changes(tallies.OF_BRANCHES, "branch_id")}"""


def _unit_needs(traits: frozenset[str]) -> str:
    return f"""
        SELECT unit.id AS organisation_id, unit.path, need.id{columns(traits, "need")}
        FROM tree unit
        JOIN needs_need need ON need.unit_id = unit.id AND need.collected_at < %(instant)s
        WHERE unit.kind = 'unit' AND unit.path LIKE %(below)s"""


def _unit_needs_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - one instant moves them
    return f"""
        EXISTS (
            SELECT 1 FROM needs_need need JOIN tree unit ON unit.id = need.unit_id
            WHERE unit.path LIKE %(below)s AND ({between("need.collected_at")})
        )"""


_SOLVED = """
    SELECT thing.id, coalesce(need.code, '') AS code, place.name AS place,
           community.name AS community, coalesce(need.category, '') AS category,
           coalesce(need.collected_at, problem.raised_at) AS collected_at, thing.since AS met_at,
           thing.sort AS sort
    FROM ({rows}) thing
    LEFT JOIN needs_need need ON need.id = thing.id
    LEFT JOIN problems_placeproblem problem ON problem.id = thing.id
    JOIN tree place ON place.id = thing.organisation_id
    JOIN tree community ON community.id = coalesce(need.community_id, problem.place_id)
    WHERE {where}
    ORDER BY thing.path, thing.since, collected_at, thing.id"""
_COLLECTED = """
    SELECT need.id, need.code, place.name AS place, community.name AS community, need.category,
           need.collected_at, NULL::timestamptz AS met_at, '' AS sort
    FROM ({rows}) thing
    JOIN needs_need need ON need.id = thing.id
    JOIN tree place ON place.id = thing.organisation_id
    JOIN tree community ON community.id = need.community_id
    WHERE {where}
    ORDER BY thing.path, need.collected_at, need.id"""


@dataclass(frozen=True)
class ListedSolution:
    """A need, or a problem without one, and by which branch or unit it was solved or collected;
    never what was asked for."""

    id: UUID
    code: str
    place: str
    community: str
    category: str
    collected_at: datetime
    met_at: datetime | None
    sort: str


SOLUTIONS = SourceRows(
    _solutions,
    _solutions_changes,
    _SOLVED,
    lambda row: ListedSolution(**row),
    traits=frozenset({"since", "sort"}),
)
UNIT_NEEDS = SourceRows(
    _unit_needs,
    _unit_needs_changes,
    _COLLECTED,
    lambda row: ListedSolution(**row),
)
