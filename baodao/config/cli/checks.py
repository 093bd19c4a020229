"""`baodao doctor`: what is in order, what is not, and what to do about it."""

import argparse
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from baodao.config.cli.database import pending, unknown
from baodao.config.cli.frame import REFUSED, Outcome, Subparsers
from baodao.documents import fonts
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.facts import Fact
from baodao.ui.wording import worded

OK, WARN, FAIL = "ok", "warn", "fail"
MARKS: Mapping[str, str] = {OK: "✓", WARN: "!", FAIL: "✗"}
LABELS: Mapping[str, str] = {
    "version": gettext_noop("database version"),
    "encoding": gettext_noop("encoding"),
    "trigrams": gettext_noop("search in Chinese"),
    "durability": gettext_noop("durability"),
    "ownership": gettext_noop("role of the application"),
    "facts": gettext_noop("facts cannot be rewritten"),
    "schema": gettext_noop("schema"),
    "clock": gettext_noop("clock"),
    "fonts": gettext_noop("fonts for papers"),
    "disk": gettext_noop("disk"),
    "keys": gettext_noop("key files"),
}
FLOOR = 150000
CLOCK_TOLERANCE = timedelta(seconds=2)
GIB = 1024**3


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and what to do unless it is in order."""

    name: str
    state: str
    found: str
    advice: str = ""


def add(subparsers: Subparsers) -> None:
    """`doctor` takes no arguments of its own."""
    parser = subparsers.add_parser("doctor", help="what is in order, and what to do")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> Outcome:
    """Every check in turn; refused when one fails."""
    checks = list(examine())
    lines = [f"{MARKS[c.state]} {_(LABELS[c.name])}: {c.found}" + _advice(c) for c in checks]
    failed = any(check.state == FAIL for check in checks)
    facts = {"checks": [asdict(check) for check in checks]}
    return Outcome(REFUSED if failed else 0, facts, "\n".join(lines))


def _advice(check: Check) -> str:
    return f"\n    → {check.advice}" if check.advice else ""


def examine() -> Iterator[Check]:
    """The checks; those of the database stop when it cannot be reached."""
    in_database: dict[str, Callable[[], Check]] = {
        "version": version,
        "encoding": encoding,
        "trigrams": trigrams,
        "durability": durability,
        "ownership": ownership,
        "facts": facts_are_closed,
        "schema": schema,
        "clock": clocks,
    }
    for name, look in in_database.items():
        try:
            yield look()
        except DatabaseError as failure:
            yield Check(
                name,
                FAIL,
                str(failure).strip(),
                _("Check BAODAO_DATABASE_URL, and that the server runs and accepts this role."),
            )
    yield from (faces(), disk(), keys())


def _value(query: str, *parameters: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
    return row[0] if row else None


def version() -> Check:
    """PostgreSQL 15 is the floor."""
    number = int(str(_value("SHOW server_version_num")))
    found = f"PostgreSQL {_value('SHOW server_version')}"
    if number >= FLOOR:
        return Check("version", OK, found)
    return Check("version", FAIL, found, _("Upgrade the server to PostgreSQL 15 or newer."))


def encoding() -> Check:
    """Chinese text needs UTF-8 and a locale that knows letters."""
    row = "SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = current_database()"
    charset, locale = str(_value("SHOW server_encoding")), str(_value(row))
    found = f"{charset}, {locale}"
    if charset == "UTF8" and locale.split()[1] not in ("C", "POSIX"):
        return Check("encoding", OK, found)
    advice = _("Make the database anew with ENCODING 'UTF8' and LC_CTYPE 'C.UTF-8', and restore.")
    return Check("encoding", FAIL, found, advice)


def trigrams() -> Check:
    """Search in Chinese: under a wrong locale it silently finds nothing."""
    if not _value("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"):
        advice = _("As a superuser in this database: CREATE EXTENSION pg_trgm.")
        return Check("trigrams", FAIL, _("pg_trgm is not installed"), advice)
    count = int(str(_value("SELECT cardinality(show_trgm(%s))", "社区服务")))
    found = _("%(count)s trigrams in 社区服务") % {"count": count}
    if count:
        return Check("trigrams", OK, found)
    advice = _("Make the database anew with LC_CTYPE 'C.UTF-8': search finds no Chinese here.")
    return Check("trigrams", FAIL, found, advice)


def durability() -> Check:
    """What was acknowledged must survive a power cut."""
    names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
    values = {name: str(_value(f"SHOW {name}")) for name in names}  # names are ours
    found = ", ".join(f"{name} {value}" for name, value in values.items())
    off = [name for name in names[:3] if values[name] == "off"]
    if off:
        advice = _("Turn on %(names)s in postgresql.conf.") % {"names": ", ".join(off)}
        return Check("durability", FAIL, found, advice)
    if values["data_checksums"] == "off":
        advice = _("Stop the server and run pg_checksums --enable, to notice damaged disks.")
        return Check("durability", WARN, found, advice)
    return Check("durability", OK, found)


def ownership() -> Check:
    """The application's role owns nothing and cannot become who owns the tables."""
    role = str(_value("SELECT current_user"))
    owned = int(str(_value("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")))
    becomes = _value(
        "SELECT bool_or(pg_has_role(relowner, 'MEMBER')) FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    )
    power = "SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = %s"
    found = _("%(role)s owns %(count)s relations") % {"role": role, "count": owned}
    if not owned and not becomes and not _value(power, role):
        return Check("ownership", OK, found)
    advice = _("Use two roles: one that owns and migrates, one without rights of its own.")
    return Check("ownership", FAIL, found, advice)


def facts_are_closed() -> Check:
    """Facts may be read and appended, never changed, by the application's role."""
    models = [model for model in apps.get_models() if issubclass(model, Fact)]
    tables = sorted(model._meta.db_table for model in models)
    may = "SELECT to_regclass(%s) IS NOT NULL AND has_table_privilege(%s, 'UPDATE,DELETE,TRUNCATE')"
    absent = [table for table in tables if not _value("SELECT to_regclass(%s)", table)]
    present = [table for table in tables if table not in absent]
    still_open = [table for table in present if _value(may, table, table)]
    found = _("%(count)s tables of facts, %(open)s open") % {
        "count": len(present),
        "open": len(still_open),
    }
    if still_open:
        advice = _("Run `baodao migrate`: it closes %(tables)s.") % {
            "tables": ", ".join(still_open)
        }
        return Check("facts", FAIL, found, advice)
    return Check("facts", OK, found)


def schema() -> Check:
    """The database is at this version."""
    newer = unknown()
    if newer:
        advice = _("Install the version that brought it there, or restore an earlier backup.")
        return Check("schema", FAIL, _("newer than this version: %s") % newer[-1], advice)
    waiting = pending("default")
    found = _("%(count)s migrations wait") % {"count": len(waiting)}
    if waiting:
        return Check("schema", FAIL, found, _("Run `baodao migrate`."))
    return Check("schema", OK, found)


def clocks() -> Check:
    """Database and machine agree on the time."""
    there = _value("SELECT clock_timestamp()")
    apart = abs(clock.now() - there)  # type: ignore[operator]  # the driver gives a datetime
    found = _("%(seconds).1f s apart, here it is %(time)s") % {
        "seconds": apart.total_seconds(),
        "time": clock.local(clock.now()).strftime("%Y-%m-%d %H:%M:%S"),
    }
    if apart <= CLOCK_TOLERANCE:
        return Check("clock", OK, found)
    return Check("clock", FAIL, found, _("Let both machines follow the same time server (NTP)."))


def faces() -> Check:
    """Papers need a full Song face; FangSong is what offices expect for the text."""
    try:
        used = fonts.faces()
    except Refused as missing:
        return Check("fonts", FAIL, _("none"), worded(missing))
    if used.body != used.song:
        return Check("fonts", OK, f"{used.body[0]}, {used.song[0]}")
    advice = _("Put your licensed 仿宋_GB2312 into %(folder)s; until then Song is used.")
    return Check("fonts", WARN, used.song[0], advice % {"folder": Path(settings.VAR) / "fonts"})


def disk() -> Check:
    """Room where the data is."""
    free = shutil.disk_usage(settings.VAR).free / GIB
    found = _("%(free).1f GB free at %(place)s") % {"free": free, "place": settings.VAR}
    if free >= 5:
        return Check("disk", OK, found)
    advice = _("Make room: below 1 GB writing is at risk.")
    return Check("disk", WARN if free >= 1 else FAIL, found, advice)


def keys() -> Check:
    """Key files are readable by their owner alone."""
    folder = Path(settings.VAR) / "keys"
    files = sorted(path for path in folder.glob("*") if path.is_file())
    loose = [path.name for path in files if path.stat().st_mode & 0o077]
    found = ", ".join(path.name for path in files) or _("none in files")
    if loose:
        return Check("keys", FAIL, found, f"chmod 600 {' '.join(str(folder / n) for n in loose)}")
    return Check("keys", OK, found)
