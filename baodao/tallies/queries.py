"""Services added up from the tallies of months, and whether somebody served.

Everything counts a record as 1 and its reversal as -1, with its negative minutes: both carry the
same day, person, branch and community, so sums are right as of any instant. The tallies hold the
chain of each community up to its `tallies_tallyhead`; a tally all of whose rows were recorded
before the instant counts as it is, one that has rows on both sides of it is counted again from its
facts, and what no tally holds yet is added from the end of the chains. Of a period that begins or
ends amid a month the months within are so added up, and the days before and after them counted from
their facts. One statement reads all of it, so they fit each other however the worker moves. Asked
of it all: `%(instant)s`, `%(first)s`, `%(last)s`, `%(whole_months)s`, `%(below)s`.
"""
# ruff: noqa: S608 - every part is a constant of this module, values are parameters

from collections.abc import Collection

from django.db import connection

from baodao.kernel import clock
from baodao.tallies.rules.conditions import columns
from baodao.tallies.rules.parts import ANSWERING, TallyPart

ONE = "sign(r.minutes)::int"
"""A reversal alone has negative minutes; the indexes that count hold them."""
_ANSWERED = """answer.offer_id = r.offer_id AND answer.since < {then}
          AND (answer.until IS NULL OR answer.until >= {then})"""
COMPUTED = {
    ANSWERING.name: f"""CASE
        WHEN r.offer_id IS NULL THEN false
        WHEN r.reverses IS NULL THEN EXISTS (
            SELECT 1 FROM offers_answer answer WHERE {_ANSWERED.format(then="r.recorded_at")}
        )
        ELSE EXISTS (
            SELECT 1 FROM ledger_servicerecord taken_back
            JOIN offers_answer answer ON {_ANSWERED.format(then="taken_back.recorded_at")}
            WHERE taken_back.community_id = r.community_id AND taken_back.id = r.reverses
        )
    END"""
}
"""The traits of a record `r` that are no column of it."""
IN_PERIOD = "r.served_on BETWEEN %(first)s AND %(last)s AND r.recorded_at < %(instant)s"
_BEGIN = "(date_trunc('month', (%(first)s::date - 1)::timestamp) + interval '1 month')::date"
_AFTER = "date_trunc('month', (%(last)s::date + 1)::timestamp)::date"
"""The first day of the whole months of the period, and the day after them."""
_MONTHS = f"t.month >= {_BEGIN} AND t.month < {_AFTER}"
_TOUCHED = "t.month > %(first)s::date - interval '1 month' AND t.month <= %(last)s"
"""That a tally is of a month of which the period has a day at least."""
_ANY_MONTH = f"{_BEGIN} < {_AFTER}"
_OF_MONTHS = f"{_ANY_MONTH} AND r.served_on >= {_BEGIN} AND r.served_on < {_AFTER}"
_EDGES = f"""(
        SELECT * FROM (VALUES
            (%(first)s::date, CASE WHEN {_ANY_MONTH} THEN {_BEGIN} ELSE %(last)s::date + 1 END),
            (CASE WHEN {_ANY_MONTH} THEN {_AFTER} END, %(last)s::date + 1)
        ) span (since, after)
        WHERE since < after AND NOT %(whole_months)s
    )"""
"""The days of the period before and after its whole months, for which nothing is added up."""
_CUT = "t.first_at < %(instant)s AND t.last_at >= %(instant)s"
"""That the instant falls between the first row of a tally `t` and its last."""
_CUT_TALLIES = f"""
    SELECT place.id AS organisation_id, place.path, t.month{{more}},
           (t.month + interval '1 month')::date AS after,
           t.recorded_in::timestamp AT TIME ZONE '{clock.ZONE.key}' AS since,
           least((t.recorded_in + interval '1 month') AT TIME ZONE '{clock.ZONE.key}',
                 %(instant)s) AS until
    FROM tree place
    JOIN {{table}} t ON t.organisation_id = place.id AND {_MONTHS} AND {_CUT}
    WHERE {{places}} {{grouped}} OFFSET 0"""
"""The tallies that the instant cuts, each with the days and instants of its rows; worked out once a
tally, not once a row, and on a cluster before the records are asked."""
_RECOUNTED = """
    r.served_on >= cut.month AND r.served_on < cut.after
    AND r.recorded_at >= cut.since AND r.recorded_at < cut.until"""
"""The rows of a tally that an instant between its first and its last row sees, those too that it
does not hold yet."""

_ENDS = """(
        SELECT head.community_id, coalesce(tallied.seq, 0) AS after, head.seq AS until
        FROM ledger_chainhead head
        {place}
        LEFT JOIN (SELECT * FROM tallies_tallyhead OFFSET 0) tallied
            ON tallied.community_id = head.community_id
        WHERE sign(head.seq - coalesce(tallied.seq, 0)) = 1 OFFSET 0
    ) chain"""
"""The end of each chain that no tally holds. Most have none: by the sign the planner expects few,
and looks the records up chain by chain instead of reading all."""

_FRESH = f"""
    FROM (
        SELECT r.*{{traits}} FROM {_ENDS}
        JOIN ledger_servicerecord r ON r.community_id = chain.community_id
            AND r.seq > chain.after AND r.seq <= chain.until AND {IN_PERIOD} AND r.way <> ''
        OFFSET 0
    ) r
    {{leaf}}"""
"""The records at the ends of chains, which no tally holds; `place` chooses chains, `leaf` ties the
records to something, `traits` are what is computed of each. Every record has a way: as no index
of days holds it, the planner, which takes the end of a chain for a ninth of it, goes by `seq`
instead of reading the whole period of every chain."""

_ALONE = _FRESH.format(place="", leaf="", traits="")

BRANCH_OF = "JOIN tree leaf ON leaf.id = r.branch_id"
"""The branch or unit of the record `r`."""

OF_BRANCHES = "place.kind IN ('branch', 'unit') AND place.path LIKE %(below)s"
OF_COMMUNITIES = "place.kind = 'community' AND place.path LIKE %(below)s"


def _fresh_of_branches(traits: str = "") -> str:
    leaf = f"JOIN tree place ON place.id = r.branch_id AND {OF_BRANCHES}"
    return _FRESH.format(place="", leaf=leaf, traits=traits)


def _fresh_here(traits: str = "") -> str:
    place = f"JOIN tree place ON place.id = head.community_id AND {OF_COMMUNITIES}"
    leaf = "JOIN tree place ON place.id = r.community_id"
    return _FRESH.format(place=place, leaf=leaf, traits=traits)


def _whole(table: str, more: str = "") -> str:
    """That no tally of the record `r` of `place` is cut by the instant: those are counted again
    with all their records, in whatever tally these are or not."""
    return f"""
    WHERE NOT EXISTS (
        SELECT 1 FROM {table} t
        WHERE t.organisation_id = place.id
          AND t.month = date_trunc('month', r.served_on::timestamp)::date
          AND t.recorded_in
              = date_trunc('month', r.recorded_at AT TIME ZONE '{clock.ZONE.key}')::date
          AND {_CUT}{more}
    )"""


def traits_of(parts: Collection[TallyPart]) -> frozenset[str]:
    """What must be known of a record to tell whether it is one of these."""
    return frozenset().union(*(part.condition.traits for part in parts))


def computed(traits: Collection[str]) -> str:
    """Those of the traits that are no column of a record, as further columns."""
    return columns(set(traits) & set(COMPUTED), "r", COMPUTED)


def amounts(parts: Collection[TallyPart], how: str = "{}") -> str:
    """How a row that has `minutes` and their traits counts in these parts, as further columns;
    `how` adds them up."""
    texts = []
    for part in parts:
        one = how.format(f"sign(minutes)::int * ({part.condition.sql})::int")
        texts.append(f", {one} AS {part.column}")
        if part.minutes_column:
            many = how.format(f"minutes * ({part.condition.sql})::int")
            texts.append(f", {many} AS {part.minutes_column}")
    return "".join(texts)


def names_of(parts: Collection[TallyPart]) -> list[str]:
    """The columns of these parts, in their order."""
    names = [(part.column, part.minutes_column) for part in parts]
    return [name for both in names for name in both if name]


def _tallied(places: str, record: str, fresh: str, parts: Collection[TallyPart]) -> str:
    """Rows of services, minutes and parts of them on the branches or communities `places`; `record`
    is the column of a record that names one of them, `fresh` are those in no tally."""
    kept = "".join(f", t.{name}" for name in names_of(parts))
    cut = _CUT_TALLIES.format(table="tallies_monthtally", places=places, more="", grouped="")
    traits = columns(traits_of(parts), "r", COMPUTED)
    return f"""
    SELECT place.id AS organisation_id, place.path, t.services, t.minutes{kept}
    FROM tree place
    JOIN tallies_monthtally t ON t.organisation_id = place.id AND {_MONTHS}
        AND t.last_at < %(instant)s
    WHERE {places}
    UNION ALL
    SELECT r.organisation_id, r.path, sum({ONE}), sum(r.minutes){amounts(parts, "sum({})")}
    FROM (
        SELECT cut.organisation_id, cut.path, r.minutes{traits}
        FROM ({cut}) cut
        JOIN ledger_servicerecord r ON {record} = cut.organisation_id AND {_RECOUNTED}
        OFFSET 0
    ) r
    GROUP BY 1, 2
    UNION ALL
    SELECT r.organisation_id, r.path, sum({ONE}), sum(r.minutes){amounts(parts, "sum({})")}
    FROM (
        SELECT place.id AS organisation_id, place.path, r.minutes{traits}
        FROM tree place
        CROSS JOIN {_EDGES} edge
        JOIN ledger_servicerecord r ON {record} = place.id AND r.recorded_at < %(instant)s
            AND r.served_on >= edge.since AND r.served_on < edge.after
        WHERE {places}
        OFFSET 0
    ) r
    GROUP BY 1, 2
    UNION ALL
    SELECT place.id, place.path, {ONE}, r.minutes{amounts(parts)} {fresh}
    {_whole("tallies_monthtally")} AND {_OF_MONTHS}"""


def _by_kind(places: str, record: str, fresh: str) -> str:
    """As `_tallied`, rows of month, category and minutes."""
    cut = _CUT_TALLIES.format(
        table="tallies_kindmonth",
        places=places,
        more=", array_agg(t.category) AS categories",
        grouped="GROUP BY place.id, place.path, t.month, t.recorded_in",
    )
    return f"""
    SELECT t.month, t.category, t.minutes
    FROM tree place
    JOIN tallies_kindmonth t ON t.organisation_id = place.id AND {_MONTHS}
        AND t.last_at < %(instant)s
    WHERE {places}
    UNION ALL
    SELECT cut.month, r.category, sum(r.minutes)
    FROM ({cut}) cut
    JOIN ledger_servicerecord r ON {record} = cut.organisation_id
        AND r.category = ANY(cut.categories) AND {_RECOUNTED}
    GROUP BY 1, 2
    UNION ALL
    SELECT date_trunc('month', r.served_on)::date, r.category, r.minutes {fresh}
    {_whole("tallies_kindmonth", " AND t.category = r.category")}"""


def services(parts: Collection[TallyPart]) -> str:
    """What was done by the people of each branch."""
    fresh = _fresh_of_branches(computed(traits_of(parts)))
    return _tallied(OF_BRANCHES, "r.branch_id", fresh, parts)


def services_here(parts: Collection[TallyPart]) -> str:
    """What was done in each community."""
    fresh = _fresh_here(computed(traits_of(parts)))
    return _tallied(OF_COMMUNITIES, "r.community_id", fresh, parts)


KINDS = _by_kind(OF_BRANCHES, "r.branch_id", _fresh_of_branches())
KINDS_HERE = _by_kind(OF_COMMUNITIES, "r.community_id", _fresh_here())

FRESH_SINCE = f"""
    SELECT r.person_id, r.branch_id, r.community_id {_ALONE}
    WHERE r.recorded_at >= %(since)s"""
"""What no tally holds of the records of the period that were written since `%(since)s`."""

RECORDED_OF = """
    SELECT year.person_id FROM tallies_personyear year
    WHERE year.year = %(year)s AND year.last_at >= %(since)s
    UNION ALL SELECT person_id FROM fresh"""
"""The persons of whom a record of the period was written since `%(since)s`, perhaps some more;
`fresh` is `FRESH_SINCE`."""


def changes(places: str, leaf: str) -> str:
    """Whether a record was written since `%(since)s` for one of `places`, named by the column
    `leaf` of records."""
    return f"""
    EXISTS (
        SELECT 1 FROM tallies_monthtally t JOIN tree place ON place.id = t.organisation_id
        WHERE t.last_at >= %(since)s AND {_TOUCHED} AND {places}
    ) OR EXISTS (SELECT 1 FROM fresh JOIN tree place ON place.id = fresh.{leaf} WHERE {places})"""


_MONTH_SERVED = f"""
    EXISTS (SELECT 1 FROM tallies_personmonth t
            WHERE t.person_id = alone.person_id AND {_MONTHS}
              AND t.standing > 0 AND t.last_at < %(instant)s)"""
_MONTH_OPEN = f"""
    EXISTS (SELECT 1 FROM tallies_personmonth t
            WHERE t.person_id = alone.person_id AND {_MONTHS}
              AND t.first_at < %(instant)s AND t.last_at >= %(instant)s)"""


def with_served(rows: str, who: str) -> str:
    """`rows` of people and whether those for whom `who` holds have a standing record of the period.

    By the year where all of it was recorded by then, else by its months, by the facts where these
    do not decide it, as of who served on single days before or after the whole months of the period
    alone: of those persons at once, whom a cluster wants to know before it asks its facts. Each
    EXISTS is asked so that the database may look up a few people or read the months of all.
    """
    return f"""
        (WITH decided AS MATERIALIZED (
            SELECT alone.*, CASE
                WHEN NOT ({who}) THEN false
                WHEN NOT ({_ANY_MONTH}) THEN NULL
                WHEN alone.person_id IN (SELECT r.person_id {_ALONE}) THEN NULL
                WHEN year.last_at < %(instant)s THEN CASE
                    WHEN year.months & %(months)s <> 0 THEN true
                    WHEN %(whole_months)s THEN false
                END
                WHEN year.first_at < %(instant)s THEN CASE
                    WHEN {_MONTH_SERVED} THEN true
                    WHEN %(whole_months)s AND NOT {_MONTH_OPEN} THEN false
                END
                WHEN extract(year FROM %(last)s::date) = %(year)s THEN false
            END AS is_seen
            FROM ({rows}) alone
            LEFT JOIN tallies_personyear year
                ON year.person_id = alone.person_id AND year.year = %(year)s
        )
        SELECT decided.*, coalesce(decided.is_seen, decided.person_id IN (
            SELECT asked.person_id
            FROM (SELECT DISTINCT person_id FROM decided WHERE is_seen IS NULL OFFSET 0) asked
            JOIN ledger_servicerecord r ON r.person_id = asked.person_id AND {IN_PERIOD}
            GROUP BY 1 HAVING sum({ONE}) > 0 OFFSET 0
        )) AS served
        FROM decided)"""


_BEHIND = """
    SELECT head.community_id FROM ledger_chainhead head
    LEFT JOIN (SELECT * FROM tallies_tallyhead OFFSET 0) tallied
        ON tallied.community_id = head.community_id
    WHERE head.seq > coalesce(tallied.seq, 0) ORDER BY head.community_id"""


def behind() -> list[int]:
    """The communities whose latest records are not in the tallies."""
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND)
        return [row[0] for row in cursor.fetchall()]
