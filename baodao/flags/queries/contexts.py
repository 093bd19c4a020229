"""What stands around the records of a stretch of the chains, worked out for all of them at once.

Whatever is new may complete a pattern of what was recorded before: the earlier records of the same
words, the same sitting, the same crowded day, week or month come along. Those that are flagged
already, or count no more, do not.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from baodao.flags.rules import patterns
from baodao.flags.rules.patterns import RecordContext
from baodao.kernel import clock
from baodao.ledger.rules.records import Origin

REMEMBERED = timedelta(days=366)
"""How far back words are compared by which accounts typed."""


class ChainPart(NamedTuple):
    """Records of a community's chain: those after one place, up to another."""

    community_id: int
    after: int
    until: int


_UNREAD = """
    SELECT chain.community_id, coalesce(head.seq, 0), chain.seq
    FROM ledger_chainhead chain
    LEFT JOIN (SELECT * FROM flags_flaghead OFFSET 0) head USING (community_id)
    WHERE chain.seq > coalesce(head.seq, 0) ORDER BY chain.community_id"""

_CONTEXTS = """
    WITH unread AS MATERIALIZED (
        SELECT r.community_id, r.id, r.person_id, r.account_id, r.served_on, r.origin
        FROM unnest(%(communities)s::bigint[], %(after)s::bigint[], %(until)s::bigint[])
             AS part (community_id, after, until)
        JOIN ledger_servicerecord r ON r.community_id = part.community_id
             AND r.seq > part.after AND r.seq <= part.until
        WHERE r.reverses IS NULL
    ), typed AS MATERIALIZED (
        SELECT r.community_id, r.id, r.account_id, r.person_id, r.served_on, r.minutes,
               r.result, r.origin, r.recorded_at
        FROM ledger_servicerecord r
        WHERE r.account_id IN (SELECT account_id FROM unread WHERE origin = ANY(%(typed)s))
          AND r.origin IN ('office', 'import') AND r.recorded_at > %(since)s
          AND r.reverses IS NULL
          AND NOT EXISTS (SELECT 1 FROM ledger_servicerecord undo
                          WHERE undo.community_id = r.community_id AND undo.reverses = r.id)
          AND NOT EXISTS (SELECT 1 FROM ledger_servicerecord was
                          WHERE was.community_id = r.community_id AND was.id = r.supersedes
                            AND was.person_id <> r.person_id)
    ), texts AS MATERIALIZED (
        SELECT account_id, person_id, result, count(DISTINCT served_on) AS days FROM typed
        WHERE char_length(result) >= %(words)s GROUP BY 1, 2, 3
        HAVING count(DISTINCT served_on) >= %(days)s
    ), ahead AS (
        SELECT community_id, id, account_id, person_id, recorded_at,
               count(*) OVER (PARTITION BY account_id, person_id ORDER BY recorded_at
                              RANGE BETWEEN CURRENT ROW AND %(sitting)s FOLLOWING) AS longs
        FROM typed WHERE origin = %(office)s AND minutes >= %(long)s
    ), sittings AS MATERIALIZED (
        SELECT * FROM (
            SELECT community_id, id,
                   max(longs) OVER (PARTITION BY account_id, person_id ORDER BY recorded_at
                                    RANGE BETWEEN %(sitting)s PRECEDING AND CURRENT ROW) AS longs
            FROM ahead) counted WHERE longs >= %(fewest)s
    ), persons AS (
        SELECT person_id, date_trunc('month', min(served_on) - 6)::date AS since,
               (date_trunc('month', max(served_on) + 6) + interval '1 month')::date AS until
        FROM unread GROUP BY 1
    ), days AS MATERIALIZED (
        SELECT r.person_id, r.served_on, sum(r.minutes) AS minutes
        FROM persons JOIN ledger_servicerecord r ON r.person_id = persons.person_id
             AND r.served_on >= persons.since AND r.served_on < persons.until
        GROUP BY 1, 2
    ), weeks AS MATERIALIZED (
        SELECT person_id, date_trunc('week', served_on)::date AS week, sum(minutes) AS minutes
        FROM days GROUP BY 1, 2 HAVING sum(minutes) > %(week)s
    ), months AS MATERIALIZED (
        SELECT person_id, date_trunc('month', served_on)::date AS month, sum(minutes) AS minutes
        FROM days GROUP BY 1, 2 HAVING sum(minutes) > %(month)s
    ), crowded AS MATERIALIZED (
        SELECT days.person_id, days.served_on, days.minutes AS day_minutes,
               coalesce(weeks.minutes, 0) AS week_minutes,
               coalesce(months.minutes, 0) AS month_minutes
        FROM days
        LEFT JOIN weeks ON weeks.person_id = days.person_id
             AND weeks.week = date_trunc('week', days.served_on)::date
        LEFT JOIN months ON months.person_id = days.person_id
             AND months.month = date_trunc('month', days.served_on)::date
        WHERE days.minutes > %(day)s OR weeks.minutes IS NOT NULL OR months.minutes IS NOT NULL
    ), these AS MATERIALIZED (
        SELECT community_id, id FROM unread
        UNION SELECT community_id, id FROM typed JOIN texts USING (account_id, person_id, result)
        UNION SELECT community_id, id FROM sittings
        UNION SELECT r.community_id, r.id FROM crowded
              JOIN ledger_servicerecord r USING (person_id, served_on) WHERE r.reverses IS NULL
    ), received AS MATERIALIZED (
        SELECT r.community_id, r.id, r.person_id, max(reception.accepted_at) AS accepted_at
        FROM these JOIN ledger_servicerecord r USING (community_id, id)
        JOIN registration_registration reception ON reception.person_id = r.person_id
             AND reception.community_id = r.community_id
             AND reception.accepted_at <= r.recorded_at
             AND reception.accepted_at > r.recorded_at - %(fresh)s
        WHERE r.origin = ANY(%(typed)s) GROUP BY 1, 2, 3
    ), besides AS MATERIALIZED (
        SELECT received.community_id, received.id, count(*) AS records
        FROM received JOIN ledger_servicerecord beside ON beside.person_id = received.person_id
             AND beside.community_id = received.community_id
             AND beside.origin = ANY(%(typed)s) AND beside.reverses IS NULL
             AND beside.recorded_at >= received.accepted_at
             AND beside.recorded_at < received.accepted_at + %(fresh)s
        WHERE NOT EXISTS (SELECT 1 FROM ledger_servicerecord undo
                          WHERE undo.community_id = beside.community_id
                            AND undo.reverses = beside.id)
        GROUP BY 1, 2
    )
    SELECT r.community_id, r.id, r.origin, r.recorded_at, r.served_on,
           r.offer_id IS NOT NULL OR r.recipient_confirmed OR r.confirmed_by <> r.recorded_by,
           was.id IS NOT NULL,
           received.accepted_at, coalesce(besides.records, 0),
           coalesce(texts.days, 0), coalesce(sittings.longs, 0),
           coalesce(crowded.day_minutes, 0)::int, coalesce(crowded.week_minutes, 0)::int,
           coalesce(crowded.month_minutes, 0)::int
    FROM these JOIN ledger_servicerecord r USING (community_id, id)
    LEFT JOIN ledger_servicerecord was ON was.community_id = r.community_id
         AND was.id = r.supersedes AND was.person_id <> r.person_id
    LEFT JOIN received ON received.community_id = r.community_id AND received.id = r.id
    LEFT JOIN besides ON besides.community_id = r.community_id AND besides.id = r.id
    LEFT JOIN texts ON texts.account_id = r.account_id AND texts.person_id = r.person_id
         AND texts.result = r.result AND r.origin = ANY(%(typed)s)
    LEFT JOIN sittings ON sittings.community_id = r.community_id AND sittings.id = r.id
    LEFT JOIN crowded ON crowded.person_id = r.person_id AND crowded.served_on = r.served_on
    WHERE NOT EXISTS (SELECT 1 FROM ledger_servicerecord undo
                      WHERE undo.community_id = r.community_id AND undo.reverses = r.id)
      AND NOT EXISTS (SELECT 1 FROM flags_flag flag
                      WHERE flag.community_id = r.community_id AND flag.record_id = r.id)"""
"""`typed` names the origins by which the index of what was typed is found; patterns decide."""


def unread_communities() -> list[int]:
    """The communities in which anything was recorded since it was last looked at."""
    return [part.community_id for part in _unread()]


def unread_parts(most: int, community_ids: Collection[int] | None = None) -> list[ChainPart]:
    """What was recorded since it was last looked at, of some communities, of these alone where any
    are named: about `most` records."""
    parts: list[ChainPart] = []
    for part in _unread():
        if community_ids is not None and part.community_id not in community_ids:
            continue
        if most <= 0:
            break
        until = min(part.until, part.after + most)
        parts.append(part._replace(until=until))
        most -= until - part.after
    return parts


def _unread() -> list[ChainPart]:
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD)
        return [ChainPart(*row) for row in cursor.fetchall()]


def contexts(parts: Sequence[ChainPart]) -> Iterator[tuple[int, UUID, RecordContext]]:
    """The standing records of these stretches that have no flag yet, and the earlier ones whose
    patterns they may complete, each with what stands around it."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTEXTS, _values(parts))
        for community, record, *facts in cursor.fetchall():
            yield community, record, RecordContext(*facts)


def _values(parts: Sequence[ChainPart]) -> dict[str, Any]:
    return {
        "communities": [part.community_id for part in parts],
        "after": [part.after for part in parts],
        "until": [part.until for part in parts],
        "typed": sorted(patterns.TYPED),
        "office": Origin.OFFICE.value,
        "since": clock.now() - REMEMBERED,
        "words": patterns.FEWEST_WORDS,
        "days": patterns.FEWEST_DAYS,
        "sitting": patterns.SITTING_WITHIN,
        "long": patterns.SITTING_MINUTES,
        "fewest": patterns.FEWEST_SITTING,
        "fresh": patterns.FRESH_WITHIN,
        "day": patterns.MOST_DAY,
        "week": patterns.MOST_WEEK,
        "month": patterns.MOST_MONTH,
    }
