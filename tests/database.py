"""The tests' own PostgreSQL: started when first needed, one database per worker, real roles.

Migrations run once, as the owner, into a template; every worker copies it and then works as the
application's role, as in production. What tests roll back stays in the files as dead rows, and a
server that counts a table while a test has not committed its rows plans for one row from then on,
which made some tests thirty times as long: so this server counts nothing by itself, and every
module begins with empty files.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import conninfo_to_dict
from pytest_django import DjangoDbBlocker

from baodao.kernel.database import APP, OWNER
from baodao.kernel.facts import grant_rights
from baodao.kernel.schema import apply_migrations
from baodao.operations.postgres import Cluster
from tests.clusters import database as cluster_database
from tests.clusters import empty_cluster
from tests.environment import CLUSTER_URL, ROOT, VAR

FILLED = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND pg_relation_size(oid) > 0 AND relname <> ALL(%s)
"""
BEGIN_AGAIN = """
    SELECT setval(pg_get_serial_sequence(tables.relname, attname), 1, false)
    FROM pg_class AS tables JOIN pg_attribute ON attrelid = tables.oid
    WHERE tables.relkind = 'r' AND tables.relnamespace = 'public'::regnamespace
        AND attidentity <> '' AND tables.relname <> ALL(%s)
"""
UNNEEDED = ("fsync", "full_page_writes")
"""What keeps data through a power cut, after which nobody asks for these: a third of the time of
tests that commit. Servers that a test kills are others, and keep everything."""
KEPT = ("django_migrations", "django_content_type", "auth_permission", "procrastinate_version")


def empty_tables() -> None:
    """Empty every table that holds rows or had some, as the server's own user: the application's
    role may not, and must not be able to.

    To truncate them makes 800 files anew, and takes ten times as long."""
    own = conninfo_to_dict(CLUSTER_URL) if CLUSTER_URL else {}
    user = own.get("user", "postgres")
    server = connections["owner"].get_connection_params() | {"user": user}
    server["options"] = "-c synchronous_commit=off"  # it waits for no disk
    with psycopg.connect(**server, autocommit=True) as admin:
        if CLUSTER_URL:
            empty_cluster(admin, list(KEPT), BEGIN_AGAIN)
            return
        tables = [table for (table,) in admin.execute(FILLED, [list(KEPT)])]
        if not tables:
            return
        with admin.transaction():
            admin.execute("SET LOCAL session_replication_role = replica")  # no trigger refuses
            for table in tables:
                admin.execute(f"DELETE FROM {table}")
            admin.execute(BEGIN_AGAIN, [list(KEPT)])
        admin.execute(f"VACUUM {', '.join(tables)}")


def migrations_digest() -> str:
    """Changes whenever a migration or the granting of rights does."""
    digest = hashlib.sha256()
    files = [*ROOT.glob("baodao/*/migrations/*.py"), ROOT / "baodao" / "kernel" / "facts.py"]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of this worker's own, made from the template and dropped at the end."""
    if CLUSTER_URL:
        with django_db_blocker.unblock(), cluster_database(migrations_digest()) as name:
            for alias in connections:
                connections[alias].settings_dict["NAME"] = name
            with django_db_blocker.block():
                yield
        return
    with Cluster(VAR / "postgres") as cluster:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
        template = f"baodao_template_{migrations_digest()}"
        name = f"baodao_test_{worker}_{os.getpid()}"
        with psycopg.connect(cluster.dsn("postgres", "postgres"), autocommit=True) as admin:
            with open(VAR / "template.lock", "w") as gate:
                fcntl.flock(gate, fcntl.LOCK_EX)
                for setting in ("autovacuum", *UNNEEDED):
                    admin.execute(f"ALTER SYSTEM SET {setting} = off")
                admin.execute("SELECT pg_reload_conf()")
                with django_db_blocker.unblock():
                    _make_template(admin, template)
                admin.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")
            for alias in connections:
                connections[alias].settings_dict["NAME"] = name
            yield
            with django_db_blocker.unblock():
                connections.close_all()
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module", autouse=True)
def _empty_files(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """A module that uses the database finds no dead rows of another's."""
    own = [item for item in request.session.items if item.path == request.path]
    names = {name for item in own for name in getattr(item, "fixturenames", ())}
    if "db" in names or any(item.get_closest_marker("django_db") for item in own):
        request.getfixturevalue("django_db_setup")
        with django_db_blocker.unblock():
            empty_tables()


def _make_template(admin: psycopg.Connection, template: str) -> None:
    """Migrate into `template` unless it is there; templates of older migrations are dropped."""
    held = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE 'baodao_template_%'")
    names = {row[0] for row in held.fetchall()}
    if template in names:
        return
    for old in names:
        admin.execute(f"DROP DATABASE {old}")
    making = "baodao_making"
    admin.execute(f"DROP DATABASE IF EXISTS {making}")
    admin.execute(f"CREATE DATABASE {making} OWNER {OWNER}")
    connections["owner"].settings_dict["NAME"] = making
    apply_migrations()
    grant_rights(APP)
    connections["owner"].close()
    admin.execute(f"ALTER DATABASE {making} RENAME TO {template}")
