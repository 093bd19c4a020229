"""From the database into a file: every table as it was at one and the same instant."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from baodao import __version__
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.operations.backups import shape
from baodao.operations.backups.archive import Writer
from baodao.operations.backups.keys import marks
from baodao.operations.backups.shape import StoredTable

FORMAT = 1
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
SAME_EVERYWHERE = (
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'iso_8601'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
"""So that any PostgreSQL from 15 on reads what another wrote, however long it takes."""

Tell = Callable[[str], object]


@dataclass(frozen=True)
class Backup:
    """A backup that is whole and on the disk."""

    path: Path
    size: int
    manifest: dict[str, Any]

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.manifest["tables"])


def back_up(folder: Path, tell: Tell = lambda _name: None) -> Backup:
    """Write a backup into `folder`, telling the name of each table that is done.

    Reads as the application's role, while everybody goes on working. Refused when the folder
    cannot be written or is full; then nothing is left in it. Refused on a cluster too, whose nodes
    have no snapshot in common.
    """
    if settings.CLUSTER:
        raise Refused(
            "backup.cluster",
            gettext_noop(
                "This database is a cluster: what one node has and another has not yet would stand "
                "beside each other in one file. Back up each node with pg_basebackup, as "
                "docs/operations/scale.md says."
            ),
        )
    at = clock.now()
    path = folder / _name(at)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with Writer(path) as archive:
            manifest = _rows_of_one_instant(archive, at, tell)
            return Backup(path, archive.seal(manifest), manifest)
    except OSError as no:
        raise Refused(
            "backup.unwritable",
            gettext_noop(
                "The backup cannot be written into %(folder)s: %(reason)s. Nothing is left of it "
                "there. Make room, or choose another folder with --out."
            ),
            folder=str(folder),
            reason=no.strerror or str(no),
        ) from no


def _name(at: datetime) -> str:
    database = settings.DATABASES["default"]["NAME"]
    return f"baodao-{database}-{clock.local(at):%Y%m%d-%H%M%S}.zip"


def _rows_of_one_instant(archive: Writer, at: datetime, tell: Tell) -> dict[str, Any]:
    with _snapshot() as cursor:
        written = []
        for table in shape.tables(cursor):
            written.append(_table(archive, cursor, table))
            tell(table.name)
        cursor.execute("SELECT current_database(), current_setting('server_version')")
        database, server = cursor.fetchone()
        return {
            "format": FORMAT,
            "baodao": __version__,
            "made_at": at.isoformat(),
            "database": database,
            "server": f"PostgreSQL {server}",
            "migrations": shape.migrations(cursor),
            "tables": written,
            "sequences": shape.sequences(cursor),  # never behind the rows: they only go forward
            "keys": marks(),
        }


@contextmanager
def _snapshot() -> Iterator[CursorWrapper]:
    """One transaction that sees what was committed when it began, and nothing later."""
    connection = connections["default"]
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        for statement in SAME_EVERYWHERE:
            cursor.execute(statement)
        with connection.wrap_database_errors:
            yield cursor


def _table(archive: Writer, cursor: CursorWrapper, table: StoredTable) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": table.name, "columns": table.columns, "rows": 0, "file": ""}
    if not table.kept:
        return entry
    name = f"{table.name}.copy"
    columns, source = (shape.quoted(cursor, some) for some in (table.columns, [table.name]))
    copying = f"COPY (SELECT {columns} FROM {source}) TO STDOUT (ENCODING 'UTF8')"  # noqa: S608
    with archive.part(name) as stream, cursor.copy(copying) as rows:
        for row in rows:
            stream.write(row)
    return entry | {"rows": cursor.rowcount, "file": name}
