"""Services in SQL: tallied, one by one, and whether somebody served.

Everything counts a record as 1 and its reversal as -1, with its negative minutes: both carry the
same day, person, branch and community, so sums are right as of any instant. The tallies hold the
chain of each community up to `insight_taken`; a tally all of whose rows were recorded before the
instant counts as it is, one that has rows on both sides of it is counted again from its facts, and
what no tally holds yet is added from the end of the chains. One statement reads all three, so they
fit each other however the worker moves. Asked of it all: `%(instant)s`, `%(first)s`, `%(last)s`,
`%(below)s`.
"""
# ruff: noqa: S608 - every part is a constant of this module, values are parameters

from baodao.kernel import clock

ONE = "sign(r.minutes)::int"
"""A reversal alone has negative minutes; the indexes that count hold them."""
_IN_PERIOD = "r.served_on BETWEEN %(first)s AND %(last)s AND r.recorded_at < %(instant)s"
_MONTHS = "t.month BETWEEN %(first)s AND %(last)s"
_START = f"t.recorded_in::timestamp AT TIME ZONE '{clock.ZONE.key}'"
_END = f"(t.recorded_in + interval '1 month') AT TIME ZONE '{clock.ZONE.key}'"

_RECOUNTED = f"""
    r.served_on >= t.month AND r.served_on < t.month + interval '1 month'
    AND r.recorded_at >= {_START} AND r.recorded_at < {_END}
    AND r.recorded_at < %(instant)s"""
"""The rows of a tally that an instant between its first and its last row sees."""

_FRESH = f"""
    FROM ledger_chainhead head
    LEFT JOIN insight_taken taken ON taken.community_id = head.community_id
    {{place}}
    CROSS JOIN LATERAL (
        SELECT * FROM ledger_servicerecord r
        WHERE r.community_id = head.community_id AND r.seq > coalesce(taken.seq, 0)
          AND r.seq <= head.seq AND {_IN_PERIOD} OFFSET 0
    ) r
    {{leaf}}
    WHERE head.seq > coalesce(taken.seq, 0)"""
"""The end of each chain, which no tally holds: looked up chain by chain, never by reading all;
`place` chooses chains, `leaf` ties their records to something."""

CODE = "split_part(r.branch_path, '.', -2) COLLATE \"default\""
"""The code of the branch, compared as codes are."""
BRANCH_OF = f"JOIN orgs_organisation leaf ON leaf.code = {CODE}"
"""The branch or unit that the path in the record `r` means: one that has moved kept its code."""

_OF_BRANCHES = "place.kind IN ('branch', 'unit') AND place.path LIKE %(below)s"
_OF_COMMUNITIES = "place.kind = 'community' AND place.path LIKE %(below)s"
_FRESH_OF_BRANCHES = _FRESH.format(
    place="", leaf=f"JOIN orgs_organisation place ON place.code = {CODE} AND {_OF_BRANCHES}"
)
_FRESH_HERE = _FRESH.format(
    place=f"JOIN orgs_organisation place ON place.id = head.community_id AND {_OF_COMMUNITIES}",
    leaf="",
)

_TAKEN_PATHS = """
    CROSS JOIN LATERAL (
        SELECT was.path FROM insight_branchpath was WHERE was.organisation_id = place.id
    ) named (path)"""
"""The paths under which the records of a branch that are in the tallies were written."""

LATE = f"""
    WITH late AS MATERIALIZED (
        SELECT DISTINCT place.id, r.branch_path AS path {_FRESH_OF_BRANCHES}
    )"""
PATHS_OF = """
    SELECT place.path UNION
    SELECT was.path FROM insight_branchpath was WHERE was.organisation_id = place.id UNION
    SELECT late.path FROM late WHERE late.id = place.id"""
"""The paths under which the records of a branch `place` were written; asks `LATE` before it."""


def _tallied(places: str, paths: str, record: str, fresh: str) -> str:
    """Rows of services and minutes on the branches or communities `places`; `record` ties a record
    to one of them, `fresh` are those in no tally."""
    return f"""
    SELECT place.id AS organisation_id, place.path, t.services, t.minutes
    FROM orgs_organisation place
    JOIN insight_monthtally t ON t.organisation_id = place.id AND {_MONTHS}
        AND t.last_at < %(instant)s
    WHERE {places}
    UNION ALL
    SELECT place.id, place.path, {ONE}, r.minutes
    FROM orgs_organisation place
    JOIN insight_monthtally t ON t.organisation_id = place.id AND {_MONTHS}
        AND t.first_at < %(instant)s AND t.last_at >= %(instant)s
    {paths}
    CROSS JOIN LATERAL (
        SELECT r.community_id, r.seq, r.minutes FROM ledger_servicerecord r
        WHERE {record} AND {_RECOUNTED} OFFSET 0
    ) r
    JOIN insight_taken taken ON taken.community_id = r.community_id AND r.seq <= taken.seq
    WHERE {places}
    UNION ALL
    SELECT place.id, place.path, {ONE}, r.minutes {fresh}"""


SERVICES = _tallied(_OF_BRANCHES, _TAKEN_PATHS, "r.branch_path = named.path", _FRESH_OF_BRANCHES)
SERVICES_HERE = _tallied(_OF_COMMUNITIES, "", "r.community_id = place.id", _FRESH_HERE)

_UNIT = "CASE leaf.kind WHEN 'branch' THEN leaf.parent_id ELSE leaf.id END"
_ENTRY = f"""
    place.id AS organisation_id, place.path, r.id, r.community_id, r.person_id, r.branch_path,
    r.reverses, r.served_on, r.recorded_at, {ONE} AS services, r.minutes"""

SERVICES_ONE_BY_ONE = f"""
    {LATE}
    SELECT {_ENTRY} FROM orgs_organisation place CROSS JOIN LATERAL ({PATHS_OF}) named
    JOIN ledger_servicerecord r ON r.branch_path = named.path AND {_IN_PERIOD}
    WHERE {_OF_BRANCHES}"""
"""The same, one row a record or reversal."""

SERVICES_HERE_ONE_BY_ONE = f"""
    SELECT {_ENTRY},
           {_UNIT} AS unit_id
    FROM orgs_organisation place
    JOIN ledger_servicerecord r ON r.community_id = place.id AND {_IN_PERIOD}
    {BRANCH_OF}
    WHERE {_OF_COMMUNITIES}"""

SERVICES_HERE_BY_UNIT = f"""
    SELECT r.*, {_UNIT} AS unit_id
    FROM (
        SELECT place.id AS organisation_id, place.path, r.branch_path,
               sum({ONE}) AS services, sum(r.minutes) AS minutes
        FROM orgs_organisation place
        JOIN ledger_servicerecord r ON r.community_id = place.id AND {_IN_PERIOD}
        WHERE {_OF_COMMUNITIES} GROUP BY place.id, r.branch_path
    ) r
    {BRANCH_OF}"""
"""The same added up for each branch, with its unit."""

STANDS = """
    thing.reverses IS NULL AND NOT EXISTS (
        SELECT FROM ledger_servicerecord undone
        WHERE undone.community_id = thing.community_id AND undone.reverses = thing.id
          AND undone.recorded_at < %(instant)s
    )"""
"""Whether an entry is a record that stood at the instant."""

_SINGLY = f"""
    (SELECT sum({ONE}) FROM ledger_servicerecord r
     WHERE r.person_id = {{person}} AND {_IN_PERIOD}) > 0"""

_MONTHLY = f"""
    (SELECT CASE
        WHEN bool_or(t.standing > 0 AND t.last_at < %(instant)s) THEN 'served'
        WHEN bool_or(t.first_at < %(instant)s AND t.last_at >= %(instant)s) THEN 'look'
     END
     FROM insight_personmonth t WHERE t.person_id = {{person}} AND {_MONTHS})"""

_SERVED = f"""
    CASE CASE WHEN {{person}} IN (SELECT r.person_id {_FRESH.format(place="", leaf="")})
         THEN 'look' ELSE {_MONTHLY} END
    WHEN 'served' THEN true WHEN 'look' THEN coalesce({_SINGLY}, false) ELSE false
    END"""


def served(person: str) -> str:
    """Whether the person in the column `person` has a standing record of the period; looked up in
    the facts only where months do not decide it."""
    return _SERVED.format(person=person)
