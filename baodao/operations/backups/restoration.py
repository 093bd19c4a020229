"""From a file into an empty database: all of it, compared, or nothing."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.facts import give_rights
from baodao.operations.backups import keys, shape
from baodao.operations.backups.archive import Reader
from baodao.operations.backups.dump import FORMAT, SAME_EVERYWHERE, Tell
from baodao.operations.backups.shape import StoredTable

OWNER = "owner"
PATIENCE = "SET LOCAL lock_timeout = '10s'"


def refuse_unless_fit(backup: Reader, *, keys_lost: bool) -> None:
    """What stands against restoring this file here: format, schema, rows, keys; in this order."""
    if backup.manifest["format"] != FORMAT:
        raise Refused(
            "backup.other-format",
            gettext_noop(
                "The file was written by Baodao %(version)s in a form that this version does not "
                "read. Restore it with that version, then update."
            ),
            version=backup.manifest["baodao"],
        )
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        _refuse_other_migrations(cursor, backup.manifest)
        _refuse_rows(cursor)
    if not keys_lost and not keys.fit(backup.manifest["keys"]):
        raise Refused(
            "backup.other-keys",
            gettext_noop(
                "The numbers in this backup were sealed with other keys than those in %(file)s. "
                "Put the key file that was copied with the backup there. If it is lost for ever, "
                "--keys-lost restores the rest; sealed numbers then stay unreadable."
            ),
            file=str(settings.KEY_FILE),
        )


def restore(backup: Reader, tell: Tell = lambda _name: None) -> None:
    """Fill the empty database as its owner, in one transaction that ends with the comparison."""
    try:
        _refill(backup, tell)
    except DatabaseError as no:
        raise Refused(
            "restore.failed",
            gettext_noop("Nothing was restored: %(reason)s."),
            reason=_first_line(no),
        ) from no
    with connections[OWNER].cursor() as cursor:
        cursor.execute("ANALYZE")


def _first_line(no: DatabaseError) -> str:
    """Without the row that offended: it may hold what nobody should read in a log."""
    return str(no).strip().split("\n", 1)[0]


def _refill(backup: Reader, tell: Tell) -> None:
    connection = connections[OWNER]
    with transaction.atomic(using=OWNER, durable=True), connection.cursor() as cursor:
        for statement in (*SAME_EVERYWHERE, PATIENCE):
            cursor.execute(statement)
        listed = shape.tables(cursor)
        cursor.execute(f"LOCK TABLE {shape.quoted(cursor, [one.name for one in listed])}")
        _refuse_other_migrations(cursor, backup.manifest)
        _refuse_rows(cursor)
        names = shape.quoted(cursor, [table.name for table in listed])
        _triggers(cursor, listed, "DISABLE")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        for table in backup.manifest["tables"]:
            _fill(cursor, backup, table)
            tell(table["name"])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers(cursor, listed, "ENABLE")
        _refuse_other_counts(cursor, listed, backup)
        for name, last in backup.manifest["sequences"].items():
            if last is not None:
                cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, last])
        give_rights()


def _refuse_other_migrations(cursor: CursorWrapper, manifest: dict[str, Any]) -> None:
    there = {(app, name) for app, name in manifest["migrations"]}
    here = set(shape.migrations(cursor))
    if there == here:
        return
    unknown, further = sorted(there - here), sorted(here - there)
    if not here:
        reason = gettext_noop("This database has no tables yet. Run `baodao migrate` first.")
        raise Refused("backup.not-migrated", reason)
    raise Refused(
        "backup.other-migrations",
        gettext_noop(
            "The backup is of Baodao %(version)s and this database of another version: "
            "%(differing)s. Check out that version, migrate an empty database with it, restore "
            "there, then update and migrate."
        ),
        version=manifest["baodao"],
        differing=", ".join(
            [f"-{app}.{name}" for app, name in unknown] + [f"+{a}.{n}" for a, n in further]
        ),
    )


def _refuse_rows(cursor: CursorWrapper) -> None:
    """A restore never writes over or beside what somebody entered."""
    counts = shape.counts(cursor, [one for one in shape.tables(cursor) if one.holds_facts])
    filled = [f"{name} ({count})" for name, count in counts.items() if count]
    if filled:
        raise Refused(
            "database.not-empty",
            gettext_noop(
                "The database %(database)s is not empty: %(tables)s. Make a new one, migrate it "
                "and restore there; nothing was changed here."
            ),
            database=connections[OWNER].settings_dict["NAME"],
            tables=", ".join(filled[:5]) + (" …" if len(filled) > 5 else ""),
        )


def _triggers(cursor: CursorWrapper, listed: Sequence[StoredTable], state: str) -> None:
    """Rows that come back set nothing off a second time; references are compared all the same."""
    for table in (one for one in listed if one.has_triggers):
        cursor.execute(f"ALTER TABLE {shape.quoted(cursor, [table.name])} {state} TRIGGER USER")


def _fill(cursor: CursorWrapper, backup: Reader, table: dict[str, Any]) -> None:
    if not table["file"]:
        return
    columns = shape.quoted(cursor, table["columns"])
    name = shape.quoted(cursor, [table["name"]])
    copying = f"COPY {name} ({columns}) FROM STDIN (ENCODING 'UTF8')"
    with cursor.db.wrap_database_errors, cursor.copy(copying) as rows:
        for chunk in backup.chunks(table["file"]):
            rows.write(chunk)


def _refuse_other_counts(
    cursor: CursorWrapper, listed: Sequence[StoredTable], backup: Reader
) -> None:
    before = {table["name"]: table["rows"] for table in backup.manifest["tables"]}
    after = shape.counts(cursor, listed)
    wrong = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    if wrong:
        raise Refused(
            "restore.incomplete",
            gettext_noop("Not every row came back: %(tables)s. Nothing was restored."),
            tables=", ".join(wrong),
        )
