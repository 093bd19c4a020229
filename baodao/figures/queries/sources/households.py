"""Files of households, help groups, their households and help: as rows that are counted, of which
nothing is listed but the community. Nobody may learn from a figure that a household has a file, so
a community counts whole fives as of the end of a quarter (`told_count` of `residents`)."""

# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from dataclasses import dataclass

from baodao.figures.queries.sources.rows import SourceRows, between, standing
from baodao.kernel import clock
from baodao.residents.rules.households import BASE
from baodao.tallies.rules.conditions import columns

_ZONE = clock.ZONE.key
_CUT = f"date_trunc('quarter', %(instant)s::timestamptz, '{_ZONE}')"
_BEGINS = "date_trunc('quarter', %(first)s::date + interval '3 month' - interval '1 day')"
_ENDS = "date_trunc('quarter', %(last)s::date + interval '1 day')"
_GROUPS = """SELECT 'group' AS sort, community_id, NULL::timestamptz AS at FROM helpgroups_helpgroup
            WHERE founded_at < %(instant)s AND (ended_at IS NULL OR ended_at >= %(instant)s)"""
_COUNTED = f"""
        {_GROUPS}
        UNION ALL
        SELECT 'file', community_id, NULL FROM residents_filestay
            WHERE since < {_CUT} AND (until IS NULL OR until >= {_CUT})
        UNION ALL
        SELECT 'closed', community_id, ended_at FROM residents_householdfile
            WHERE ended_at < {_CUT} AND ending <> 'undone'
            AND ended_at >= {_BEGINS} AT TIME ZONE '{_ZONE}'
            AND ended_at < {_ENDS} AT TIME ZONE '{_ZONE}'
        UNION ALL
        SELECT 'household', community_id, NULL FROM helpgroups_grouphousehold
            WHERE taken_at < {_CUT} AND (ended_at IS NULL OR ended_at >= {_CUT})
        UNION ALL
        SELECT 'help', stand.community_id, r.served_on::timestamp AT TIME ZONE '{_ZONE}'
            FROM helpgroups_grouphelp help
            JOIN helpgroups_grouphousehold stand ON stand.id = help.stand_id
            JOIN statements_statement statement ON statement.id = help.statement_id
            JOIN ledger_servicerecord r ON r.community_id = statement.community_id
                AND r.id = statement.record_id AND r.recorded_at < {_CUT}
                AND r.served_on >= {_BEGINS} AND r.served_on < {_ENDS}
            WHERE {standing("r", _CUT)}"""


def _select(traits: frozenset[str]) -> str:
    return f"""
        SELECT organisation_id, path{columns(traits, "told")}
        FROM (
            SELECT community.id AS organisation_id, community.path, thing.sort, thing.at,
                   row_number() OVER alike AS turn, count(*) OVER alike AS every
            FROM tree community JOIN ({_COUNTED}) thing ON thing.community_id = community.id
            WHERE community.kind = 'community' AND community.path LIKE %(below)s
            WINDOW alike AS (PARTITION BY community.id, thing.sort)
        ) told
        WHERE sort = 'group' OR turn <= every - every %% {BASE}"""


def _changes(_: frozenset[str]) -> str:
    return f"""
        date_trunc('quarter', %(since)s::timestamptz, '{_ZONE}') <> {_CUT} OR EXISTS (
            SELECT 1 FROM helpgroups_helpgroup WHERE {between("founded_at", "ended_at")}
        )"""


_LISTED = """
    SELECT community.name AS community
    FROM ({rows}) thing JOIN tree community ON community.id = thing.organisation_id
    WHERE {where}
    ORDER BY thing.path"""


@dataclass(frozen=True)
class CountedHousehold:
    """A file, a household, a group or a help: in which community, and nothing else of it."""

    community: str


HOUSEHOLDS = SourceRows(_select, _changes, _LISTED, lambda row: CountedHousehold(**row))
