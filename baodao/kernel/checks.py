"""What the kernel looks at: the database, its roles and schema, the clocks, the key files."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baodao.kernel import clock, cluster, workdays
from baodao.kernel.errors import gettext_noop
from baodao.kernel.facts import withheld
from baodao.kernel.health import Check, Finding, Health
from baodao.kernel.jobs import GRACE, RECENT, LastRun, last_runs, queue_state
from baodao.kernel.schema import pending, unknown

FLOOR = 150000
ANNOUNCED = 11
"""The month in which the State Council announces the holidays of the next year."""
CLOCK_TOLERANCE = timedelta(seconds=2)


def _value(query: str, *parameters: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
    return row[0] if row else None


def _rows(query: str, *parameters: list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def version() -> Finding:
    """PostgreSQL 15 is the floor."""
    number = int(str(_value("SHOW server_version_num")))
    fact = f"PostgreSQL {_value('SHOW server_version')}"
    if number >= FLOOR:
        return Finding(Health.OK, fact)
    return Finding(Health.FAIL, fact, _("Upgrade the server to PostgreSQL 15 or newer."))


def encoding() -> Finding:
    """Chinese text needs UTF-8 and a locale that knows letters."""
    row = "SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = current_database()"
    charset, locale = str(_value("SHOW server_encoding")), str(_value(row))
    fact = f"{charset}, {locale}"
    if charset == "UTF8" and locale.split()[1] not in ("C", "POSIX"):
        return Finding(Health.OK, fact)
    advice = _("Make the database anew with ENCODING 'UTF8' and LC_CTYPE 'C.UTF-8', and restore.")
    return Finding(Health.FAIL, fact, advice)


def trigrams() -> Finding:
    """Search in Chinese: under a wrong locale it silently finds nothing."""
    if not _value("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"):
        advice = _("As a superuser in this database: CREATE EXTENSION pg_trgm.")
        return Finding(Health.FAIL, _("pg_trgm is not installed"), advice)
    if _value("SELECT cardinality(show_trgm(%s))", "社区服务"):
        return Finding(Health.OK, _("Chinese words are found"))
    advice = _("Make the database anew with LC_CTYPE 'C.UTF-8': search finds no Chinese here.")
    return Finding(Health.FAIL, _("Chinese words are not found"), advice)


def durability() -> Finding:
    """What was acknowledged must survive a power cut."""
    names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
    values = dict(_rows("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", list(names)))
    values = {name: values[name] for name in names}
    fact = ", ".join(f"{name} {value}" for name, value in values.items())
    off = [name for name in names[:3] if values[name] == "off"]
    if off:
        advice = _("Turn on %(names)s in postgresql.conf.") % {"names": ", ".join(off)}
        return Finding(Health.FAIL, fact, advice)
    if values["data_checksums"] == "off":
        advice = _("Stop the server and run pg_checksums --enable, to notice damaged disks.")
        return Finding(Health.WARN, fact, advice)
    return Finding(Health.OK, _("nothing is lost in a power cut, damaged disks are noticed"))


def ownership() -> Finding:
    """The application's role owns nothing and cannot become who owns the tables."""
    role = str(_value("SELECT current_user"))
    owned = int(str(_value("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")))
    becomes = _value(
        "SELECT bool_or(pg_has_role(relowner, 'MEMBER')) FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    )
    power = "SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = %s"
    fact = _("%(role)s owns %(count)s relations") % {"role": role, "count": owned}
    if not owned and not becomes and not _value(power, role):
        return Finding(Health.OK, fact)
    advice = _("Use two roles: one that owns and migrates, one without rights of its own.")
    return Finding(Health.FAIL, fact, advice)


def facts_are_closed() -> Finding:
    """Facts may be read and appended, never changed, by the application's role."""
    rights = withheld()
    present = _rows(
        "SELECT name, has_table_privilege(to_regclass(name), acts) "
        "FROM unnest(%s::text[], %s::text[]) AS withheld (name, acts) "
        "WHERE to_regclass(name) IS NOT NULL",
        sorted(rights),
        [rights[table] for table in sorted(rights)],
    )
    still_open = [table for table, is_open in present if is_open]
    fact = _("%(count)s tables of facts, %(open)s open") % {
        "count": len(present),
        "open": len(still_open),
    }
    if still_open:
        advice = _("Run `baodao migrate`: it closes %(tables)s.") % {
            "tables": ", ".join(still_open)
        }
        return Finding(Health.FAIL, fact, advice)
    return Finding(Health.OK, fact)


def schema() -> Finding:
    """The database is at this version."""
    newer = unknown()
    if newer:
        advice = _("Install the version that brought it there, or restore an earlier backup.")
        return Finding(Health.FAIL, _("newer than this version: %s") % newer[-1], advice)
    waiting = pending("default")
    fact = _("%(count)s migrations wait") % {"count": len(waiting)}
    if waiting:
        return Finding(Health.FAIL, fact, _("Run `baodao migrate`."))
    return Finding(Health.OK, fact)


def _at(instant: datetime) -> str:
    return date_format(clock.local(instant), "DATETIME_FORMAT")


def cluster_tables() -> Finding:
    """On a cluster every node works, and every table lies where its model says."""
    if not settings.CLUSTER:
        if not cluster.has_extension():
            return Finding(Health.OK, _("one PostgreSQL"))
        return Finding(
            Health.FAIL,
            _("the database is a cluster, the settings are not"),
            _("Set BAODAO_CLUSTER=1, then run `baodao migrate`."),
        )
    if not cluster.has_extension():
        return Finding(
            Health.FAIL,
            _("the settings are for a cluster, the database is none"),
            _("Set up the nodes as docs/operations/scale.md says, or unset BAODAO_CLUSTER."),
        )
    nodes = cluster.nodes()
    parts = tuple((f"{host}:{port}", "") for host, port, is_active in nodes if not is_active)
    astray = [*cluster.misplaced(), *cluster.behind()]
    fact = _("%(count)s nodes, %(idle)s of them not in use; %(tables)s tables astray") % {
        "count": len(nodes),
        "idle": len(parts),
        "tables": len(astray),
    }
    if astray:
        advice = _("Run `baodao distribute`: it puts %(tables)s right.")
        return Finding(Health.FAIL, fact, advice % {"tables": ", ".join(astray)}, parts)
    if parts:
        return Finding(Health.FAIL, fact, _("Bring these nodes back, or drain them."), parts)
    return Finding(Health.OK, fact)


def clocks() -> Finding:
    """Database and machine agree on the time."""
    there = _value("SELECT clock_timestamp()")
    apart = abs(clock.now() - there)  # type: ignore[operator]  # the driver gives a datetime
    fact = _("%(seconds).1f s apart, here it is %(time)s") % {
        "seconds": apart.total_seconds(),
        "time": _at(clock.now()),
    }
    if apart <= CLOCK_TOLERANCE:
        return Finding(Health.OK, fact)
    return Finding(Health.FAIL, fact, _("Let both machines follow the same time server (NTP)."))


def keys() -> Finding:
    """Key files are readable by their owner alone."""
    folder = Path(settings.VAR) / "keys"
    files = sorted(path for path in folder.glob("*") if path.is_file())
    loose = [path.name for path in files if path.stat().st_mode & 0o077]
    fact = ", ".join(path.name for path in files) or _("none in files")
    if loose:
        advice = f"chmod 600 {' '.join(str(folder / name) for name in loose)}"
        return Finding(Health.FAIL, fact, advice)
    return Finding(Health.OK, fact)


def daily() -> Finding:
    """The worker does what belongs to every day."""
    runs = sorted(last_runs(), key=lambda run: not run.overdue)
    times = [run.at for run in runs if run.at is not None]
    if not times:
        return Finding(Health.WARN, _("nothing was done yet"), _("Let `baodao worker` run."))
    parts = tuple((_(run.work.words), _run_words(run)) for run in runs)
    overdue = sum(run.overdue for run in runs)
    if overdue:
        fact = _("%(overdue)s of %(count)s overdue") % {"overdue": overdue, "count": len(runs)}
        advice = _("Let `baodao worker` run: it makes up what was missed when it starts.")
        return Finding(Health.FAIL, fact, advice, parts)
    fact = _("%(count)s, none overdue; the last %(at)s") % {
        "count": len(runs),
        "at": _at(max(times)),
    }
    return Finding(Health.OK, fact, parts=parts)


def queue() -> Finding:
    """What waits is taken up soon, and what failed is looked at."""
    state = queue_state()
    fact = _("%(waiting)s wait, %(running)s run, %(failed)s failed in %(days)s days") % {
        "waiting": state.waiting,
        "running": state.running,
        "failed": state.failed,
        "days": RECENT.days,
    }
    if state.due_since and clock.now() - state.due_since > GRACE:
        since = _at(state.due_since)
        fact = _("%(fact)s; the oldest since %(since)s") % {"fact": fact, "since": since}
        return Finding(Health.FAIL, fact, _("Let `baodao worker` run."))
    if state.failed:
        advice = _("The log of the worker says why; what failed is not tried again by itself.")
        return Finding(Health.WARN, fact, advice)
    return Finding(Health.OK, fact)


def holidays() -> Finding:
    """Due days reckon with the holidays of this year, and from November with those of the next."""
    advice = _(
        "Take the State Council's table of the year and run `baodao holidays import FILE`, or "
        "update Baodao. Until then Monday to Friday count as working days."
    )
    try:
        count = len(workdays.own.days)
    except (OSError, ValueError, KeyError) as failure:
        return Finding(Health.FAIL, f"{workdays.own.file}: {failure}", advice)
    today = clock.today()
    years = [today.year, today.year + 1] if today.month >= ANNOUNCED else [today.year]
    unknown = [str(year) for year in years if not workdays.is_known(year)]
    if unknown:
        return Finding(
            Health.WARN, _("not known: %(years)s") % {"years": ", ".join(unknown)}, advice
        )
    fact = _("known: %(years)s; days in the own table: %(count)s")
    return Finding(Health.OK, fact % {"years": ", ".join(map(str, years)), "count": count})


def _run_words(run: LastRun) -> str:
    """When it was done last, and whether it should have been done since."""
    last = _at(run.at) if run.at else _("not done yet")
    return _("%(last)s, overdue") % {"last": last} if run.overdue else last


CHECKS = (
    Check("version", gettext_noop("database version"), version),
    Check("encoding", gettext_noop("encoding"), encoding),
    Check("trigrams", gettext_noop("search in Chinese"), trigrams),
    Check("durability", gettext_noop("durability"), durability),
    Check("ownership", gettext_noop("role of the application"), ownership),
    Check("facts", gettext_noop("facts cannot be rewritten"), facts_are_closed),
    Check("schema", gettext_noop("schema"), schema),
    Check("cluster", gettext_noop("cluster"), cluster_tables),
    Check("clock", gettext_noop("clock"), clocks),
    Check("keys", gettext_noop("key files"), keys),
    Check("daily", gettext_noop("work of every day"), daily),
    Check("queue", gettext_noop("queue of the worker"), queue),
    Check("holidays", gettext_noop("public holidays"), holidays),
)
