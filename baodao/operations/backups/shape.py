"""What the database consists of, as PostgreSQL itself says: tables, columns, sequences, order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from django.db.backends.utils import CursorWrapper

ROWS_LEFT_OUT = frozenset({"django_session", "site_cache"})
"""Who is signed in, and what can be worked out again: a backup that held them would open the
sessions of that day to whoever reads it."""

MIGRATED = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "procrastinate_version"}
)
"""Filled in a database that holds nothing yet."""

UPKEEP = "procrastinate_"
"""A worker that once ran leaves its upkeep here; without facts there is no other work."""

_TABLES = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum), EXISTS (
        SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
    )
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.oid, c.relname ORDER BY c.relname
"""
_IN_ORDER = """
    SELECT DISTINCT one.relname, other.relname
    FROM pg_constraint k
    JOIN pg_class one ON one.oid = k.conrelid JOIN pg_class other ON other.oid = k.confrelid
    WHERE k.contype = 'f' AND NOT k.condeferrable AND k.conrelid <> k.confrelid
      AND one.relnamespace = 'public'::regnamespace
"""
_SEQUENCES = """
    SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1
"""


@dataclass(frozen=True)
class StoredTable:
    """A table, the columns that are written, in their order, and whether rows set anything off."""

    name: str
    columns: tuple[str, ...]
    has_triggers: bool

    @property
    def kept(self) -> bool:
        """Whether its rows belong in a backup."""
        return self.name not in ROWS_LEFT_OUT

    @property
    def holds_facts(self) -> bool:
        """Whether a row in it means that the database is in use."""
        return self.kept and self.name not in MIGRATED and not self.name.startswith(UPKEEP)


def tables(cursor: CursorWrapper) -> list[StoredTable]:
    """All of them, so that a row never comes before one that it must find at once."""
    cursor.execute(_TABLES)
    by_name = {
        name: StoredTable(name, tuple(columns), triggers)
        for name, columns, triggers in cursor.fetchall()
    }
    sorter: TopologicalSorter[str] = TopologicalSorter({name: set() for name in by_name})
    cursor.execute(_IN_ORDER)
    for name, needed in sorted(cursor.fetchall()):
        sorter.add(name, needed)
    return [by_name[name] for name in sorter.static_order() if name in by_name]


def sequences(cursor: CursorWrapper) -> dict[str, int | None]:
    """The last number that each gave, None before the first."""
    cursor.execute(_SEQUENCES)
    return dict(cursor.fetchall())


def migrations(cursor: CursorWrapper) -> list[tuple[str, str]]:
    """What was applied, as pairs of slice and name; nothing in a database without tables."""
    cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return []
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [(app, name) for app, name in cursor.fetchall()]


def quoted(cursor: CursorWrapper, names: Sequence[str]) -> str:
    """Names of tables or columns as SQL, with commas."""
    return ", ".join(cursor.db.ops.quote_name(name) for name in names)


def counts(cursor: CursorWrapper, listed: Sequence[StoredTable]) -> Mapping[str, int]:
    """How many rows each holds now."""
    rows = {}
    for table in listed:
        cursor.execute(f"SELECT count(*) FROM {quoted(cursor, [table.name])}")  # noqa: S608
        rows[table.name] = int(cursor.fetchone()[0])
    return rows
