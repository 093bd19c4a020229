"""The one place that says in SQL what each metric counts; numbers and their rows both use it.

A source gives one row for each thing that can be counted, as of `%(instant)s`, below `%(below)s`
(a pattern of paths): `organisation_id` and `path` of the branch, community or unit it hangs on, and
what the conditions ask. A metric is a condition on the rows of its source. Presence is decided by
when things were recorded, never by the dates people typed: recorded before the instant, and not
closed before it.

`OFFSET 0` inside an EXISTS has it looked up for the few rows that need it, instead of worked out
for the whole city beforehand.

Services are the exception that `serving` explains: counted from tallies, listed from the facts.
"""
# ruff: noqa: S608 - every part is a constant of this module, values are parameters

from collections.abc import Iterable

from baodao.insight.queries import offering, serving
from baodao.insight.rules import METRICS, RECORDS, Source

LEAF = "organisation_id"

_SUBMITTED = """
    stage.state = 'submitted' AND stage.since < %(instant)s
    AND (stage.until IS NULL OR stage.until >= %(instant)s)"""

_STANDS = f"""
    CASE
        WHEN m.standing <> 'in-service' THEN NULL
        WHEN r.id IS NOT NULL THEN 'registered'
        WHEN EXISTS (
            SELECT FROM registration_registration w
            JOIN registration_registrationstage stage ON stage.subject_id = w.id AND {_SUBMITTED}
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
    END AS stands"""

_ACCEPTED = """
    LEFT JOIN registration_registration r
        ON r.person_id = CASE m.standing WHEN 'in-service' THEN m.person_id END
        AND r.accepted_at < %(instant)s
        AND (r.ended_at IS NULL OR r.ended_at >= %(instant)s)"""

_MEMBERS = """
    SELECT m.branch_id AS organisation_id, branch.path, m.person_id, m.lives_in_city,
           m.standing = 'in-service' AS in_service{more}
    FROM orgs_organisation branch
    JOIN people_membership m ON m.branch_id = branch.id
        AND m.recorded_at < %(instant)s
        AND (m.closed_at IS NULL OR m.closed_at >= %(instant)s)
    {joined}
    WHERE branch.kind IN ('branch', 'unit') AND branch.path LIKE %(below)s"""

_HOSTED = f"""
    SELECT r.community_id AS organisation_id, community.path, r.person_id, r.id AS registration_id,
           CASE branch.kind WHEN 'branch' THEN branch.parent_id ELSE branch.id END AS unit_id, CASE
        WHEN r.accepted_at < %(instant)s AND r.ended_at < %(instant)s THEN 'ended'
        WHEN r.accepted_at < %(instant)s THEN 'hosted'
        WHEN EXISTS (
            SELECT FROM registration_registrationstage stage
            WHERE stage.subject_id = r.id AND {_SUBMITTED} OFFSET 0
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
        SELECT FROM partnership_unitregistration u WHERE u.unit_id = unit.id AND {_CONTACT}
    ) AS registered
    FROM orgs_organisation unit
    WHERE kind = 'unit' AND path LIKE %(below)s AND {_OPEN}"""

_HOSTED_UNITS = f"""
    SELECT community.id AS organisation_id, community.path, u.unit_id
    FROM orgs_organisation community
    JOIN partnership_unitregistration u ON u.community_id = community.id AND {_CONTACT}
    WHERE community.path LIKE %(below)s"""

_COMMUNITIES = f"""
    SELECT id AS organisation_id, path, NOT EXISTS (
        SELECT FROM registration_registration r
        WHERE r.community_id = community.id AND r.accepted_at < %(instant)s
          AND (r.ended_at IS NULL OR r.ended_at >= %(instant)s)
    ) AS empty
    FROM orgs_organisation community
    WHERE kind = 'community' AND path LIKE %(below)s AND {_OPEN}"""

_ROWS_OF: dict[Source, str] = {
    Source.UNITS: _UNITS,
    Source.HOSTED_UNITS: _HOSTED_UNITS,
    Source.COMMUNITIES: _COMMUNITIES,
    Source.SERVICES: serving.SERVICES,
    Source.SERVICES_HERE: serving.SERVICES_HERE,
    Source.POSTS: offering.POSTS,
    Source.CLAIMS: offering.CLAIMS_HERE,
    Source.NEEDS: offering.NEEDS,
    Source.OFFERS: offering.OFFERS,
}
_ONE_BY_ONE: dict[Source, str] = {
    Source.SERVICES: serving.SERVICES_ONE_BY_ONE,
    Source.SERVICES_HERE: serving.SERVICES_HERE_ONE_BY_ONE,
}
_NARROWED: dict[Source, str] = {
    Source.SERVICES: serving.SERVICES_ONE_BY_ONE,
    Source.SERVICES_HERE: serving.SERVICES_HERE_BY_UNIT,
}
"""By person, and by unit: tallies know neither."""

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
    "served": "in_service AND served",
    "services": "true",
    "minutes": "true",
    "posts_held": "of_post AND seated",
    "hosted_served": "stands = 'hosted' AND served",
    "services_here": "true",
    "minutes_here": "true",
    "needs_collected": offering.COLLECTED,
    "needs_without_help": offering.WITHOUT_HELP,
    "needs_met": offering.MET,
    "needs_unmet": offering.UNMET,
    "offers_published": "true",
    "claims_live": "true",
}


def rows_of(source: Source, metrics: Iterable[str]) -> str:
    """The rows of a source with the columns that these of its metrics ask."""
    asked = " ".join(CONDITIONS[code] for code in metrics)
    if source is Source.MEMBERS:
        stands = "stands" in asked
        alone = _MEMBERS.format(
            more=f", {_STANDS}" if stands else "", joined=_ACCEPTED if stands else ""
        )
        return _with_served(alone, "alone.in_service") if "served" in asked else alone
    if source is Source.HOSTED:
        return _with_served(_HOSTED, "alone.stands = 'hosted'") if "served" in asked else _HOSTED
    return _ROWS_OF[source]


def _with_served(rows: str, who: str) -> str:
    """`rows` of people and whether those for whom `who` holds served; one person after the other,
    so that neighbours in the index are looked up together."""
    person = f"CASE WHEN {who} THEN alone.person_id END"
    people = _fenced(f"{rows} ORDER BY person_id")
    return f"SELECT alone.*, {serving.served(person)} AS served FROM ({people}) alone"


def _amount(metric: str) -> str:
    """What a metric adds up: of records their services or minutes, of all else the rows."""
    found = METRICS[metric]
    if found.source in RECORDS:
        return f"coalesce(sum({'minutes' if found.minutes else 'services'}), 0)::bigint"
    return f"count(*) FILTER (WHERE {CONDITIONS[metric]})"


def counted(
    source: Source, group: str, metrics: Iterable[str] | None = None, where: str = "true"
) -> str:
    """The figures of a source, all or some, for each value of the column `group`, which comes
    first, of the rows for which `where` holds; tallies know the branch or community alone, so by
    another column records are added up."""
    codes = metrics_of(source) if metrics is None else list(metrics)
    columns = ", ".join(f"{_amount(code)} AS {code}" for code in codes)
    tallied = group == LEAF and where == "true"
    rows = rows_of(source, codes) if tallied or source not in RECORDS else _NARROWED[source]
    return f"SELECT {group}, {columns} FROM ({_fenced(rows)}) thing WHERE {where} GROUP BY 1"


def _fenced(rows: str) -> str:
    """`rows` such that what conditions ask is worked out once a row, and below the place alone."""
    return f"{rows} OFFSET 0"


def counted_with_child(source: Source, depth: int, metrics: Iterable[str]) -> str:
    """The figures of a source for each `leaf` below a node at `depth`, in the order of the tree,
    with the code of the `child` of the node it lies below, or none for the node itself."""
    codes = list(metrics)
    return f"""
        SELECT counts.organisation_id AS leaf, split_part(o.path, '.', {depth + 1}) AS child,
               {", ".join(f"counts.{code}" for code in codes)}
        FROM ({counted(source, LEAF, codes)}) counts
        JOIN orgs_organisation o ON o.id = counts.organisation_id AND o.path LIKE %(below)s
        ORDER BY o.path"""


def metrics_of(source: Source) -> list[str]:
    """The codes of the metrics that count the rows of a source."""
    return [code for code, metric in METRICS.items() if metric.source is source]


def counted_by_leaf(metric: str, where: str = "true") -> str:
    """How many `rows` of a metric hang on each branch, community or unit, in the order of the tree,
    and the `number` they make; `where` is a further condition on the rows."""
    found = METRICS[metric]
    codes = [found.rows or metric, metric]
    inner = counted(found.source, LEAF, dict.fromkeys(codes), where)
    return f"""
        SELECT counts.organisation_id AS leaf, counts.{codes[0]} AS rows, counts.{metric} AS number
        FROM ({inner}) counts JOIN orgs_organisation o ON o.id = counts.organisation_id
        WHERE counts.{codes[0]} <> 0 ORDER BY o.path"""


def chosen(metric: str) -> str:
    """The rows that a metric counts, one by one; of members also how they stand."""
    source = METRICS[metric].source
    asked = [metric, "registered"] if source is Source.MEMBERS else [metric]
    condition = serving.STANDS if source in RECORDS else CONDITIONS[metric]
    rows = _ONE_BY_ONE[source] if source in RECORDS else rows_of(source, asked)
    return f"SELECT * FROM ({rows}) thing WHERE {condition}"
