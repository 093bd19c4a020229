"""Problems of the lists of communities: as rows that are counted, and as they are listed, without
what they are about and who asked."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, between
from baodao.kernel import clock
from baodao.tallies.rules.conditions import columns

_HERE = "community.kind = 'community' AND community.path LIKE %(below)s"
_STANDING = """
    SELECT closure.closed_at, closure.due_on FROM problems_problemclosure closure
    WHERE closure.problem_id = problem.id AND closure.closed_at < %(instant)s
      AND (closure.reopened_at IS NULL OR closure.reopened_at >= %(instant)s)"""
"""How the row `problem` was closed that stood as solved."""
_REOPENED = """
    SELECT max(again.reopened_at) FROM problems_problemclosure again
    WHERE again.problem_id = problem.id AND again.reopened_at < %(instant)s"""
_ON = f"(closure.closed_at AT TIME ZONE '{clock.ZONE.key}')::date"
_TRAITS = {
    "closed_at": "closure.closed_at",
    "in_time": f"({_ON} <= closure.due_on)",
    "reopened_at": f"({_REOPENED})",
}


def _problems(traits: frozenset[str]) -> str:
    return f"""
        SELECT community.id AS organisation_id, community.path, problem.id
               {columns(traits, "problem", _TRAITS)}
        FROM tree community
        JOIN problems_placeproblem problem
            ON problem.place_id = community.id AND problem.raised_at < %(instant)s
        LEFT JOIN LATERAL ({_STANDING}) closure ON true
        WHERE {_HERE}"""


def _changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - all of them move by these instants
    joined = f"JOIN tree community ON community.id = problem.place_id AND {_HERE}"
    return f"""
        EXISTS (
            SELECT 1 FROM problems_placeproblem problem {joined}
            WHERE {between("problem.raised_at")}
        ) OR EXISTS (
            SELECT 1 FROM problems_problemclosure closure
            JOIN problems_placeproblem problem ON problem.id = closure.problem_id {joined}
            WHERE {between("closure.closed_at", "closure.reopened_at")}
        )"""


_LISTED = """
    SELECT problem.id, community.name AS community, problem.source, problem.raised_at,
           problem.due_on, thing.closed_at
    FROM ({rows}) thing
    JOIN problems_placeproblem problem ON problem.id = thing.id
    JOIN tree community ON community.id = problem.place_id
    WHERE {where}
    ORDER BY thing.path, problem.raised_at, problem.id"""


@dataclass(frozen=True)
class CountedProblem:
    """A problem of a list, where it comes from, and when it was closed, if it stood as solved."""

    id: UUID
    community: str
    source: str
    raised_at: datetime
    due_on: date
    closed_at: datetime | None


PROBLEMS = SourceRows(
    _problems,
    _changes,
    _LISTED,
    lambda row: CountedProblem(**row),
    traits=frozenset({"closed_at"}),
)
