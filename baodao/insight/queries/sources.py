"""The one place that says in SQL what each metric counts; numbers and their rows both use it.

A source gives one row for each thing that can be counted, as of `%(instant)s`, below `%(below)s`
(a pattern of paths): `organisation_id` and `path` of the branch, community or unit it hangs on, and
what the conditions ask. A metric is a condition on the rows of its source. Presence is decided by
when things were recorded, never by the dates people typed: recorded before the instant, and not
closed before it.

`OFFSET 0` inside an EXISTS has it looked up for the few rows that need it, instead of worked out
for the whole city beforehand.
"""
# ruff: noqa: S608 - every part is a constant of this module, values are parameters

from baodao.insight.rules import METRICS, Source

_SUBMITTED = """
    stage.state = 'submitted' AND stage.since < %(instant)s
    AND (stage.until IS NULL OR stage.until >= %(instant)s)"""

_MEMBERS = f"""
    SELECT m.branch_id AS organisation_id, branch.path, m.person_id, m.lives_in_city,
           m.standing = 'in-service' AS in_service, CASE
        WHEN m.standing <> 'in-service' THEN NULL
        WHEN r.id IS NOT NULL THEN 'registered'
        WHEN EXISTS (
            SELECT FROM registration_registration w
            JOIN registration_stage stage ON stage.registration_id = w.id AND {_SUBMITTED}
            WHERE w.person_id = m.person_id OFFSET 0
        ) THEN 'waiting'
        WHEN EXISTS (
            SELECT FROM registration_exemption e
            WHERE e.person_id = m.person_id AND e.state IN ('approved', 'revoked')
              AND e.effect IN ('full', 'delay', 'other-place')
              AND e.decided_at < %(instant)s
              AND (e.revoked_at IS NULL OR e.revoked_at >= %(instant)s)
              AND e.from_on <= %(on)s AND (e.to_on IS NULL OR e.to_on >= %(on)s)
        ) THEN 'exempt'
        ELSE 'missing'
    END AS stands
    FROM orgs_organisation branch
    JOIN people_membership m ON m.branch_id = branch.id
        AND m.recorded_at < %(instant)s
        AND (m.closed_at IS NULL OR m.closed_at >= %(instant)s)
    LEFT JOIN registration_registration r
        ON r.person_id = CASE m.standing WHEN 'in-service' THEN m.person_id END
        AND r.accepted_at < %(instant)s
        AND (r.ended_at IS NULL OR r.ended_at >= %(instant)s)
    WHERE branch.kind IN ('branch', 'unit') AND branch.path LIKE %(below)s"""

_MEMBERS_ALONE = """
    SELECT m.branch_id AS organisation_id, branch.path, m.person_id, m.lives_in_city,
           m.standing = 'in-service' AS in_service
    FROM orgs_organisation branch
    JOIN people_membership m ON m.branch_id = branch.id
        AND m.recorded_at < %(instant)s
        AND (m.closed_at IS NULL OR m.closed_at >= %(instant)s)
    WHERE branch.kind IN ('branch', 'unit') AND branch.path LIKE %(below)s"""
"""The same rows for metrics that do not ask how somebody stands."""

_HOSTED = f"""
    SELECT r.community_id AS organisation_id, community.path, r.person_id, r.id AS registration_id,
           CASE branch.kind WHEN 'branch' THEN branch.parent_id ELSE branch.id END AS unit_id, CASE
        WHEN r.accepted_at < %(instant)s AND r.ended_at < %(instant)s THEN 'ended'
        WHEN r.accepted_at < %(instant)s THEN 'hosted'
        WHEN EXISTS (
            SELECT FROM registration_stage stage
            WHERE stage.registration_id = r.id AND {_SUBMITTED} OFFSET 0
        ) THEN 'waiting'
    END AS stands
    FROM orgs_organisation community
    JOIN registration_registration r ON r.community_id = community.id
    LEFT JOIN orgs_organisation branch ON branch.id = r.branch_id
    WHERE community.kind = 'community' AND community.path LIKE %(below)s"""

_CONTACT = """
    u.accepted_at < %(instant)s AND (u.ended_at IS NULL OR u.ended_at >= %(instant)s)"""

_OPEN = """
    opened_at < %(instant)s AND (closed_at IS NULL OR closed_at >= %(instant)s)"""

_UNITS = f"""
    SELECT id AS organisation_id, path, id AS unit_id, EXISTS (
        SELECT FROM registration_unitregistration u WHERE u.unit_id = unit.id AND {_CONTACT}
    ) AS registered
    FROM orgs_organisation unit
    WHERE kind = 'unit' AND path LIKE %(below)s AND {_OPEN}"""

_HOSTED_UNITS = f"""
    SELECT community.id AS organisation_id, community.path, u.unit_id
    FROM orgs_organisation community
    JOIN registration_unitregistration u ON u.community_id = community.id AND {_CONTACT}
    WHERE community.path LIKE %(below)s"""

_COMMUNITIES = f"""
    SELECT id AS organisation_id, path, NOT EXISTS (
        SELECT FROM registration_registration r
        WHERE r.community_id = community.id AND r.accepted_at < %(instant)s
          AND (r.ended_at IS NULL OR r.ended_at >= %(instant)s)
    ) AS empty
    FROM orgs_organisation community
    WHERE kind = 'community' AND path LIKE %(below)s AND {_OPEN}"""

ROWS_OF: dict[Source, str] = {
    Source.MEMBERS: _MEMBERS,
    Source.HOSTED: _HOSTED,
    Source.UNITS: _UNITS,
    Source.HOSTED_UNITS: _HOSTED_UNITS,
    Source.COMMUNITIES: _COMMUNITIES,
}

CONDITIONS: dict[str, str] = {
    "members": "true",
    "in_service": "in_service",
    "living_in_city": "in_service AND lives_in_city",
    "registered": "stands = 'registered'",
    "registered_living": "stands = 'registered' AND lives_in_city",
    "waiting": "stands = 'waiting'",
    "exempt": "stands = 'exempt'",
    "missing": "stands = 'missing'",
    "units": "true",
    "units_registered": "registered",
    "hosted": "stands = 'hosted'",
    "hosted_waiting": "stands = 'waiting'",
    "hosted_ended": "stands = 'ended'",
    "hosted_units": "true",
    "communities": "true",
    "communities_empty": "empty",
}


def counted(source: Source, group: str) -> str:
    """The figures of a source for each value of the column `group`, which comes first."""
    columns = ", ".join(
        f"count(*) FILTER (WHERE {CONDITIONS[code]}) AS {code}" for code in metrics_of(source)
    )
    return f"SELECT {group}, {columns} FROM ({_fenced(ROWS_OF[source])}) thing GROUP BY 1"


def _fenced(rows: str) -> str:
    """`rows` such that what conditions ask is worked out once a row, and below the place alone."""
    return f"{rows} OFFSET 0"


def counted_with_child(source: Source, depth: int) -> str:
    """The figures of a source for each `leaf` below a node at `depth`, in the order of the tree,
    with the code of the `child` of the node it lies below, or none for the node itself."""
    return f"""
        SELECT counts.organisation_id AS leaf, split_part(o.path, '.', {depth + 1}) AS child,
               {", ".join(f"counts.{code}" for code in metrics_of(source))}
        FROM ({counted(source, "organisation_id")}) counts
        JOIN orgs_organisation o ON o.id = counts.organisation_id AND o.path LIKE %(below)s
        ORDER BY o.path"""


def metrics_of(source: Source) -> list[str]:
    """The codes of the metrics that count the rows of a source."""
    return [code for code, metric in METRICS.items() if metric.source is source]


def counted_by_leaf(metric: str, where: str = "true") -> str:
    """How many rows of a metric hang on each branch, community or unit, in the order of the tree;
    `where` is a further condition on the rows."""
    source = METRICS[metric].source
    alone = source is Source.MEMBERS and "stands" not in CONDITIONS[metric]
    rows = _MEMBERS_ALONE if alone else ROWS_OF[source]
    return f"""
        SELECT organisation_id AS leaf, count(*) AS rows FROM ({_fenced(rows)}) thing
        WHERE {CONDITIONS[metric]} AND {where}
        GROUP BY organisation_id, path ORDER BY path"""


def chosen(metric: str) -> str:
    """The rows that a metric counts."""
    source = METRICS[metric].source
    return f"SELECT * FROM ({ROWS_OF[source]}) thing WHERE {CONDITIONS[metric]}"
