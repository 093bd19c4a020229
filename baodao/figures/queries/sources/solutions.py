"""Needs that were met by the people of a branch, and those that a unit collected: as rows that are
counted, and as they are listed, without what was asked for: that stays with the community."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.figures.queries.sources import tallies
from baodao.figures.queries.sources.needs import SORT
from baodao.figures.queries.sources.rows import SourceRows, between, columns
from baodao.needs.rules.life import NeedState

_FIRST = """
    SELECT r.branch_id FROM offers_answer answer
    JOIN ledger_servicerecord r ON r.community_id = need.community_id
        AND r.offer_id = answer.offer_id AND r.minutes > 0 AND r.recorded_at < %(instant)s
    WHERE answer.need_id = need.id AND answer.since < %(instant)s
      AND (answer.until IS NULL OR answer.until >= %(instant)s)
      AND NOT EXISTS (
          SELECT FROM ledger_servicerecord undone
          WHERE undone.community_id = r.community_id AND undone.reverses = r.id
            AND undone.recorded_at < %(instant)s
      )
    ORDER BY r.served_on, r.recorded_at, r.id LIMIT 1"""
"""The branch of who served first for the row `need`."""


def _solutions(traits: frozenset[str]) -> str:
    met = {"since": "met.since", "sort": "met.sort"}
    return f"""
        SELECT place.id AS organisation_id, place.path, met.id{columns(traits, "met", met)}
        FROM (
            SELECT need.id, stage.since, {SORT} AS sort, first.branch_id
            FROM needs_needstage stage
            JOIN needs_need need ON need.id = stage.subject_id
            CROSS JOIN LATERAL ({_FIRST}) first
            WHERE stage.state = '{NeedState.MET}' AND stage.since < %(instant)s
              AND stage.since >= %(begins)s AND stage.since < %(ends)s
              AND (stage.until IS NULL OR stage.until >= %(instant)s)
            OFFSET 0
        ) met
        JOIN tree place ON place.id = met.branch_id
        WHERE {tallies.OF_BRANCHES}"""


def _solutions_changes(traits: frozenset[str]) -> str:  # noqa: ARG001 - the same move all of them
    return f"""
        EXISTS (
            SELECT FROM needs_needstage stage WHERE {between("stage.since", "stage.until")}
        ) OR EXISTS (
            SELECT FROM offers_answer answer WHERE {between("answer.since", "answer.until")}
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
            SELECT FROM needs_need need JOIN tree unit ON unit.id = need.unit_id
            WHERE unit.path LIKE %(below)s AND ({between("need.collected_at")})
        )"""


_LISTED = """
    SELECT need.id, need.code, place.name AS place, community.name AS community, need.category,
           need.collected_at, {since} AS met_at, {sort} AS sort
    FROM ({{rows}}) thing
    JOIN needs_need need ON need.id = thing.id
    JOIN tree place ON place.id = thing.organisation_id
    JOIN tree community ON community.id = need.community_id
    WHERE {{where}}
    ORDER BY thing.path, {since}, need.collected_at, need.id"""


@dataclass(frozen=True)
class ListedSolution:
    """A need and by which branch or unit it was solved or collected; never what was asked for."""

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
    _LISTED.format(since="thing.since", sort="thing.sort"),
    lambda row: ListedSolution(**row),
    traits=frozenset({"since", "sort"}),
)
UNIT_NEEDS = SourceRows(
    _unit_needs,
    _unit_needs_changes,
    _LISTED.format(since="NULL::timestamptz", sort="''"),
    lambda row: ListedSolution(**row),
)
