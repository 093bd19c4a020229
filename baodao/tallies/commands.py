"""Taking records into the tallies: each exactly once, by its place in its community's chain."""
# ruff: noqa: S608 - every part is a constant of this module, values are parameters

from collections.abc import Collection, Iterable

from django.db import connection

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.ledger.queries.chains import chain_ends
from baodao.tallies.models import TallyHead
from baodao.tallies.queries import COMPUTED, ONE, amounts, names_of
from baodao.tallies.rules.conditions import columns
from baodao.tallies.rules.parts import PARTS

BATCH = 1_000_000
"""Records to a transaction: a worker that is killed repeats no more than these. Their minutes, at
most 1,440 each, add up to less than an integer holds."""

_PARTS = names_of(PARTS)
_SUMMED = ("services", "minutes", *_PARTS)
_ZONE = clock.ZONE.key
_TAKE = f"""
    CREATE TEMPORARY TABLE tallies_taken ON COMMIT DROP AS
    SELECT community_id, branch_id, person_id, category, recorded_at,
           date_trunc('month', served_on::timestamp)::date AS month,
           date_trunc('month', recorded_at AT TIME ZONE '{_ZONE}')::date AS recorded_in,
           {ONE} AS services, minutes{amounts(PARTS)}
    FROM (
        SELECT r.*{columns(COMPUTED, "r", COMPUTED)}
        FROM unnest(%(communities)s::bigint[], %(after)s::bigint[], %(until)s::bigint[])
            AS span (community_id, after, until)
        JOIN ledger_servicerecord r ON r.community_id = span.community_id
            AND r.seq > span.after AND r.seq <= span.until OFFSET 0
    ) r"""
"""The records are read once, with what each counts; all tallies are added up from these."""

_INSTANTS = "min(recorded_at) AS first_at, max(recorded_at) AS last_at"
_EARLIEST = "min(first_at) AS first_at, max(last_at) AS last_at"


def _instants(table: str) -> str:
    """How the instants of a row that is there already go on."""
    return f"""
        first_at = least({table}.first_at, excluded.first_at),
        last_at = greatest({table}.last_at, excluded.last_at)"""


def _added(table: str, names: Iterable[str]) -> str:
    """How sums of a row that is there already go on."""
    return ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in names)


def _sums(names: Iterable[str]) -> str:
    """These columns, added up."""
    return ", ".join(f"sum({name}) AS {name}" for name in names)


_TALLIES = f"""
    WITH hanging AS MATERIALIZED (
        SELECT coalesce(branch_id, community_id) AS id, month, recorded_in, category, {_INSTANTS},
               {_sums(_SUMMED)}
        FROM tallies_taken
        GROUP BY GROUPING SETS (
            (community_id, month, recorded_in, category), (branch_id, month, recorded_in, category)
        )
    ), kinds AS (
        INSERT INTO tallies_kindmonth
            (organisation_id, month, recorded_in, category, first_at, last_at, minutes)
        SELECT id, month, recorded_in, category, first_at, last_at, minutes FROM hanging
        ORDER BY 1, 2, 3, 4
        ON CONFLICT (organisation_id, month, recorded_in, category) DO UPDATE SET
            {_added("tallies_kindmonth", ["minutes"])}, {_instants("tallies_kindmonth")}
    )
    INSERT INTO tallies_monthtally
        (organisation_id, month, recorded_in, first_at, last_at, {", ".join(_SUMMED)})
    SELECT id, month, recorded_in, {_EARLIEST}, {_sums(_SUMMED)}
    FROM hanging GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (organisation_id, month, recorded_in) DO UPDATE SET
        {_added("tallies_monthtally", _SUMMED)}, {_instants("tallies_monthtally")}"""
"""By kind and without it, of the branches and of the communities; every record has both."""

_MONTHS = f"""
    CREATE TEMPORARY TABLE tallies_months ON COMMIT DROP AS
    SELECT person_id, month, extract(year FROM month)::smallint AS year,
           sum(services) AS standing, {_INSTANTS}
    FROM tallies_taken GROUP BY 1, 2"""

_YEARS = f"""
    INSERT INTO tallies_personyear (person_id, year, months, first_at, last_at)
    SELECT person_id, year, 0, {_EARLIEST} FROM tallies_months GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (person_id, year) DO UPDATE SET {_instants("tallies_personyear")}"""
"""Before the months: whoever writes a month of a person holds the row of its year."""

_PERSONS = f"""
    WITH written AS (
        INSERT INTO tallies_personmonth (person_id, month, standing, first_at, last_at)
        SELECT person_id, month, standing, first_at, last_at FROM tallies_months ORDER BY 1, 2
        ON CONFLICT (person_id, month) DO UPDATE SET
            {_added("tallies_personmonth", ["standing"])}, {_instants("tallies_personmonth")}
        RETURNING person_id, extract(year FROM month)::smallint AS year,
            1 << extract(month FROM month)::int AS bit, standing
    )
    UPDATE tallies_personyear year SET months = year.months & ~told.months | told.standing
    FROM (
        SELECT person_id, year, bit_or(bit) AS months,
               coalesce(bit_or(bit) FILTER (WHERE standing > 0), 0) AS standing
        FROM written GROUP BY 1, 2
    ) told
    WHERE year.person_id = told.person_id AND year.year = told.year
      AND year.months & told.months <> told.standing"""
"""Of a year the bits of the months that are written; the others stay."""


@command
def tally_records(actor: Actor, *, community_ids: Collection[int], batch: int = BATCH) -> int:  # noqa: ARG001
    """Take the next records of the chains of these communities into the tallies, `batch` at most;
    returns how many.

    A chain has no gaps and is written in order, so what lies after the last one tallied is what is
    new. Tallies and the places in the chains change in one transaction. Anybody may ask: no fact
    changes.
    """
    rows = [TallyHead(community_id=one) for one in sorted(community_ids)]
    TallyHead.objects.bulk_create(rows, ignore_conflicts=True)
    heads = TallyHead.objects.filter(pk__in=community_ids).order_by("pk").select_for_update()
    spans = _spans(list(heads), batch)
    if not spans:
        return 0
    values = {
        "communities": [head.community_id for head, _ in spans],
        "after": [head.seq for head, _ in spans],
        "until": [until for _, until in spans],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        for sql in _FROM_TAKEN:
            cursor.execute(sql)
    count = sum(until - head.seq for head, until in spans)
    for head, until in spans:
        head.seq = until
    TallyHead.objects.bulk_update([head for head, _ in spans], ["seq"])
    return count


_FROM_TAKEN = (
    *(_TALLIES, _MONTHS, _YEARS, _PERSONS),
    "DROP TABLE tallies_taken, tallies_months",
)


def _spans(heads: Iterable[TallyHead], batch: int) -> list[tuple[TallyHead, int]]:
    """Of these chains those with records that are to be taken, and up to which, in all `batch`."""
    ends = chain_ends([head.community_id for head in heads])
    spans = []
    for head in heads:
        until = min(ends.get(head.community_id, 0), head.seq + batch)
        if until > head.seq:
            spans.append((head, until))
            batch -= until - head.seq
    return spans
