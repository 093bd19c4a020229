"""Taking records into the tallies: each exactly once, by its place in its community's chain."""
# ruff: noqa: S608 - every part is a constant of this module, values are parameters

from django.db import connection

from baodao.figures.models import TallyHead
from baodao.figures.queries.sources.rows import columns
from baodao.figures.queries.sources.tallies import COMPUTED, ONE, amounts, names_of
from baodao.figures.rules.parts import PARTS
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command

BATCH = 20_000
"""Records to a transaction: a worker that is killed repeats no more than these."""

_UNTIL = """
    SELECT max(r.seq) FROM ledger_servicerecord r
    WHERE r.community_id = %(community)s AND r.seq > %(after)s AND r.seq <= %(after)s + %(batch)s"""
_THESE = "r.community_id = %(community)s AND r.seq > %(after)s AND r.seq <= %(until)s"
_MONTH = "date_trunc('month', r.served_on)::date"
_RECORDED_IN = f"date_trunc('month', r.recorded_at AT TIME ZONE '{clock.ZONE.key}')::date"

_PARTS = names_of(PARTS)
_ADDED = "".join(
    f",\n        {name} = figures_monthtally.{name} + excluded.{name}" for name in _PARTS
)
_TALLIES = f"""
    INSERT INTO figures_monthtally
        (organisation_id, month, recorded_in, services, minutes, first_at, last_at,
         {", ".join(_PARTS)})
    SELECT hangs.id, {_MONTH}, {_RECORDED_IN}, sum({ONE}), sum(r.minutes),
           min(r.recorded_at), max(r.recorded_at){amounts(PARTS, "sum({})")}
    FROM (
        SELECT r.*{columns(COMPUTED, "r", COMPUTED)} FROM ledger_servicerecord r
        WHERE {_THESE} OFFSET 0
    ) r
    CROSS JOIN LATERAL (VALUES (r.community_id), (r.branch_id)) AS hangs (id)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (organisation_id, month, recorded_in) DO UPDATE SET
        services = figures_monthtally.services + excluded.services,
        minutes = figures_monthtally.minutes + excluded.minutes,
        first_at = least(figures_monthtally.first_at, excluded.first_at),
        last_at = greatest(figures_monthtally.last_at, excluded.last_at){_ADDED}"""

_KINDS = f"""
    INSERT INTO figures_kindmonth
        (organisation_id, month, recorded_in, category, minutes, first_at, last_at)
    SELECT hangs.id, {_MONTH}, {_RECORDED_IN}, r.category, sum(r.minutes),
           min(r.recorded_at), max(r.recorded_at)
    FROM ledger_servicerecord r
    CROSS JOIN LATERAL (VALUES (r.community_id), (r.branch_id)) AS hangs (id)
    WHERE {_THESE}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (organisation_id, month, recorded_in, category) DO UPDATE SET
        minutes = figures_kindmonth.minutes + excluded.minutes,
        first_at = least(figures_kindmonth.first_at, excluded.first_at),
        last_at = greatest(figures_kindmonth.last_at, excluded.last_at)"""

_PERSONS = f"""
    INSERT INTO figures_personmonth (person_id, month, standing, first_at, last_at)
    SELECT r.person_id, {_MONTH}, sum({ONE}), min(r.recorded_at), max(r.recorded_at)
    FROM ledger_servicerecord r WHERE {_THESE}
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (person_id, month) DO UPDATE SET
        standing = figures_personmonth.standing + excluded.standing,
        first_at = least(figures_personmonth.first_at, excluded.first_at),
        last_at = greatest(figures_personmonth.last_at, excluded.last_at)"""

_YEAR = "extract(year FROM r.served_on)"
_YEARS = f"""
    INSERT INTO figures_personyear (person_id, year, months, first_at, last_at)
    SELECT r.person_id, {_YEAR}, 0, min(r.recorded_at), max(r.recorded_at)
    FROM ledger_servicerecord r WHERE {_THESE}
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (person_id, year) DO UPDATE SET
        first_at = least(figures_personyear.first_at, excluded.first_at),
        last_at = greatest(figures_personyear.last_at, excluded.last_at)"""
"""Before the months: whoever writes a month of a person holds the row of its year."""

_MONTHS_OF_YEARS = f"""
    UPDATE figures_personyear year SET months = standing.months
    FROM (
        SELECT those.person_id, those.year,
               coalesce(bit_or(1 << extract(month FROM t.month)::int)
                        FILTER (WHERE t.standing > 0), 0) AS months
        FROM (SELECT DISTINCT r.person_id, {_YEAR}::int AS year
              FROM ledger_servicerecord r WHERE {_THESE}) those
        JOIN figures_personmonth t ON t.person_id = those.person_id
            AND t.month BETWEEN make_date(those.year, 1, 1) AND make_date(those.year, 12, 1)
        GROUP BY 1, 2
    ) standing
    WHERE year.person_id = standing.person_id AND year.year = standing.year"""


@command
def tally_records(actor: Actor, *, community_id: int, batch: int = BATCH) -> int:  # noqa: ARG001
    """Take the next records of a community's chain into the tallies; returns how many.

    The chain has no gaps and is written in order, so what lies after the last one tallied is what
    is new. Tallies and the place in the chain change in one transaction. Anybody may ask: no fact
    changes.
    """
    TallyHead.objects.bulk_create([TallyHead(community_id=community_id)], ignore_conflicts=True)
    head = TallyHead.objects.select_for_update().get(pk=community_id)
    values = {"community": community_id, "after": head.seq, "batch": batch}
    with connection.cursor() as cursor:
        cursor.execute(_UNTIL, values)
        (until,) = cursor.fetchone()
        if until is None:
            return 0
        for sql in (_TALLIES, _KINDS, _YEARS, _PERSONS, _MONTHS_OF_YEARS):
            cursor.execute(sql, values | {"until": until})
    count = int(until) - head.seq
    head.seq = until
    head.save(update_fields=["seq"])
    return count
