"""Service records: one by one with their traits, added up, and as they are listed."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.figures.queries.sources.rows import SourceRows, Tallied, standing
from baodao.figures.queries.sql import Values, ask
from baodao.figures.rules import sources
from baodao.figures.rules.definitions import Metric
from baodao.orgs.queries.trees import unit_id_of
from baodao.tallies import queries as tallies
from baodao.tallies.queries import IN_PERIOD, ONE
from baodao.tallies.rules.conditions import columns
from baodao.tallies.rules.parts import TallyPart

_UNIT = unit_id_of("leaf")
_ENTRY = f"""
    place.id AS organisation_id, place.path, r.id, r.community_id, r.person_id, r.branch_id,
    r.reverses, r.served_on, r.recorded_at, {ONE} AS services, r.minutes"""
_ENTRY_TRAITS = frozenset({"branch_id", "served_on", "recorded_at", "minutes"})


def _services(traits: frozenset[str]) -> str:
    """One row a record or reversal, on the branch of its person."""
    return f"""
        SELECT {_ENTRY}{columns(traits - _ENTRY_TRAITS, "r", tallies.COMPUTED)}
        FROM tree place
        JOIN ledger_servicerecord r ON r.branch_id = place.id AND {IN_PERIOD}
        WHERE {tallies.OF_BRANCHES}"""


def _services_here(traits: frozenset[str]) -> str:
    """One row a record or reversal, in its community, with the unit of its person."""
    return f"""
        SELECT {_ENTRY}, {_UNIT} AS unit_id{columns(traits - _ENTRY_TRAITS, "r", tallies.COMPUTED)}
        FROM tree place
        JOIN ledger_servicerecord r ON r.community_id = place.id AND {IN_PERIOD}
        {tallies.BRANCH_OF}
        WHERE {tallies.OF_COMMUNITIES}"""


def _sums_by_person(parts: Collection[TallyPart]) -> str:
    """The records of a branch one by one, each with its person."""
    rows = _services(tallies.traits_of(parts))
    return f"SELECT one.*{tallies.amounts(parts)} FROM ({rows}) one"


def _sums_by_unit(parts: Collection[TallyPart]) -> str:
    """The records of a community added up for each person, with the unit they were written for."""
    return f"""
    SELECT r.*, {_UNIT} AS unit_id
    FROM (
        SELECT place.id AS organisation_id, place.path, r.branch_id, r.person_id,
               sum({ONE}) AS services, sum(r.minutes) AS minutes{tallies.amounts(parts, "sum({})")}
        FROM tree place
        JOIN {_with_computed(tallies.traits_of(parts))} r
            ON r.community_id = place.id AND {IN_PERIOD}
        WHERE {tallies.OF_COMMUNITIES}
        GROUP BY place.id, place.path, r.branch_id, r.person_id
    ) r
    {tallies.BRANCH_OF}"""


def _with_computed(traits: frozenset[str]) -> str:
    """Records, with those of the traits that are no columns of theirs."""
    more = tallies.computed(traits)
    table = "ledger_servicerecord"
    return f"(SELECT r.*{more} FROM {table} r)" if more else table


_STANDING = f"""
    thing.reverses IS NULL AND {standing("thing")}"""

RECORD = """
    r.community_id, r.id, r.person_id, person.name, person.number,
    unit.name AS unit,
    CASE leaf.kind WHEN 'branch' THEN leaf.name ELSE '' END AS branch,
    community.name AS community, r.served_on, r.minutes, r.category, r.way, r.origin,
    r.offer_title"""
ABOUT = f"""
    JOIN people_person person ON person.id = r.person_id
    {tallies.BRANCH_OF}
    LEFT JOIN tree unit ON unit.id = {_UNIT}
    JOIN tree community ON community.id = r.community_id"""

_LISTED = f"""
    SELECT {RECORD}
    FROM ({{rows}}) thing
    JOIN ledger_servicerecord r ON r.community_id = thing.community_id AND r.id = thing.id
    {ABOUT}
    WHERE {{where}}
    ORDER BY thing.path, r.served_on DESC, r.id DESC"""

_LEAF_OF = {sources.SERVICES: "r.branch_id", sources.SERVICES_HERE: "r.community_id"}
_STANDING_HERE = f"""
    SELECT {{leaf}} AS leaf, r.community_id, r.id, r.served_on FROM {{records}} r
    WHERE {{of_leaf}} AND r.minutes > 0 AND {IN_PERIOD} AND {{condition}}
      AND {standing("r")}"""
_OF_ONE = f"""(
        {_STANDING_HERE}
        ORDER BY r.served_on DESC, r.id DESC LIMIT %(start)s + %(count)s
    )"""
_PAGE = f"""
    SELECT {RECORD}
    FROM (
        SELECT * FROM ({{rows}}) row
        ORDER BY array_position(%(leaves)s::bigint[], leaf), served_on DESC, id DESC
        LIMIT %(count)s OFFSET %(start)s
    ) thing
    JOIN ledger_servicerecord r ON r.community_id = thing.community_id AND r.id = thing.id
    {ABOUT}
    ORDER BY array_position(%(leaves)s::bigint[], thing.leaf), r.served_on DESC, r.id DESC"""
"""A page of the records of some branches or communities, found by the indexes alone: of the first
and of the last no more than the page can hold; those between stand on it whole. A reversal has
negative minutes."""


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


def page_of_records(metric: Metric, values: Values) -> list[ListedRecord]:
    """The records that `metric` counts, from `start` on, `count` of them, of the branches or
    communities `leaves`."""
    if not values["leaves"]:
        return []
    leaf = _LEAF_OF[metric.source]
    first, *others = values["leaves"]
    own = {
        "leaf": leaf,
        "records": _with_computed(metric.traits),
        "condition": metric.condition.sql,
    }
    parts = [_OF_ONE.format(of_leaf=f"{leaf} = %(first_leaf)s", **own)]
    if others:
        parts.append(_OF_ONE.format(of_leaf=f"{leaf} = %(last_leaf)s", **own))
    if others[:-1]:
        parts.append(_STANDING_HERE.format(of_leaf=f"{leaf} = ANY(%(leaves_between)s)", **own))
    sql = _PAGE.format(rows=" UNION ALL ".join(parts))
    ends = {"first_leaf": first, "last_leaf": [first, *others][-1]}
    values = {**values, **ends, "leaves_between": others[:-1]}
    return [ListedRecord(**row) for row in ask(sql, values)]


SERVICES = SourceRows(
    _services,
    lambda traits: tallies.changes(tallies.OF_BRANCHES, "branch_id"),  # noqa: ARG005 - a record never changes
    _LISTED,
    lambda row: ListedRecord(**row),
    tallied=Tallied(tallies.services, _sums_by_person, tallies.KINDS, _STANDING),
)
SERVICES_HERE = SourceRows(
    _services_here,
    lambda traits: tallies.changes(tallies.OF_COMMUNITIES, "community_id"),  # noqa: ARG005 - a record never changes
    _LISTED,
    lambda row: ListedRecord(**row),
    tallied=Tallied(tallies.services_here, _sums_by_unit, tallies.KINDS_HERE, _STANDING),
)
