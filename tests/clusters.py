"""A Citus cluster that somebody brings: `BAODAO_TEST_CLUSTER_URL` names the database of its
coordinator where its nodes are known, as a user who may make databases and roles.

Every database of a cluster is one on each node, so template and copies are made on all of them.
The roles of the application and its owner sign in as the tests' own server lets them: without a
password. Without the variable nothing here is used.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import conninfo

from baodao.kernel.database import APP, OWNER
from baodao.operations.subcommands.migrate import migrate
from tests.environment import CLUSTER_URL, ROOT, VAR

WORKERS = "SELECT nodename, nodeport FROM pg_dist_node WHERE groupid <> 0 ORDER BY nodeport"
FILLED = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND pg_relation_size(oid) > 0 AND relname <> ALL(%(kept)s)
        AND NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = pg_class.oid)
        AND NOT EXISTS (
            SELECT FROM pg_dist_shard WHERE relname = shard_name(logicalrelid, shardid)
        )
    UNION ALL
    SELECT table_name::text FROM citus_tables
    WHERE citus_table_type <> 'distributed' AND EXISTS (
        SELECT FROM pg_dist_shard
        WHERE logicalrelid = table_name
          AND pg_relation_size(to_regclass(shard_name(logicalrelid, shardid))) > 0
    )"""
DISTRIBUTED = "SELECT table_name::text FROM citus_tables WHERE citus_table_type = 'distributed'"
ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


def empty_cluster(admin: psycopg.Connection, kept: list[str], begin_again: str) -> None:
    """Delete every row, on all nodes; no trigger and no foreign key refuses."""
    tables = [name for (name,) in admin.execute(FILLED, {"kept": kept})]
    for (name,) in admin.execute(DISTRIBUTED).fetchall():
        if admin.execute(f"SELECT FROM {name} LIMIT 1").fetchone() is not None:
            tables.insert(0, name)
    if not tables:
        return
    with admin.transaction():
        admin.execute("SET LOCAL citus.multi_shard_modify_mode = sequential")
        admin.execute("SET LOCAL citus.propagate_set_commands = 'local'")
        admin.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            admin.execute(f"DELETE FROM {table}")
        admin.execute(begin_again, [kept])
    for table in tables:
        admin.execute(f"VACUUM {table}")


def placement_digest(migrations: str) -> str:
    """Changes whenever a migration does, or where its tables lie."""
    digest = hashlib.sha256(migrations.encode())
    models = sorted(ROOT.glob("baodao/*/models.py"))
    for file in [*models, ROOT / "baodao" / "kernel" / "cluster.py", Path(__file__)]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def database(migrations: str) -> Iterator[str]:
    """A database on all nodes, copied from the template of these migrations; dropped at the end."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    template = f"baodao_template_{placement_digest(migrations)}"
    name = f"baodao_test_{worker}_{os.getpid()}"
    with ExitStack() as stack:
        nodes = [stack.enter_context(_signed_in(url)) for url in _node_urls()]
        with open(VAR / "cluster.lock", "w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            if not _has(nodes[0], "pg_database WHERE datname", template):
                _make_template(nodes, template)
            for node in nodes:
                node.execute(ALONE, [template])
                node.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")
        yield name
        connections.close_all()
        for node in nodes:
            _leave(node, name)
            node.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _node_urls() -> list[str]:
    """The coordinator first, then the others with what it says of them."""
    with _signed_in(CLUSTER_URL) as coordinator:
        workers = coordinator.execute(WORKERS).fetchall()
    others = [conninfo.make_conninfo(CLUSTER_URL, host=host, port=port) for host, port in workers]
    return [CLUSTER_URL, *others]


def _signed_in(url: str, **more: str) -> psycopg.Connection:
    return psycopg.connect(conninfo.make_conninfo(url, **more), autocommit=True)


def _leave(node: psycopg.Connection, name: str) -> None:
    """Nobody uses the database any more, nor comes back; Citus itself has a process in each."""
    node.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    node.execute(ALONE, [name])


def _has(node: psycopg.Connection, where: str, name: str) -> bool:
    return node.execute(f"SELECT FROM {where} = %s", [name]).fetchone() is not None


def _make_template(nodes: list[psycopg.Connection], template: str) -> None:
    """Migrate and distribute into `template`; templates of earlier ones are dropped."""
    making = "baodao_making"
    urls = _node_urls()
    for node in nodes:
        olds = node.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'baodao_template_%'"
        )
        for (old,) in [*olds.fetchall(), (making,)]:
            node.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)")
        node.execute("SET citus.enable_create_role_propagation = off")
        for role in (OWNER, APP):
            if not _has(node, "pg_roles WHERE rolname", role):
                node.execute(f"CREATE ROLE {role} LOGIN")
        node.execute(f"CREATE DATABASE {making} OWNER {OWNER}")
    for url in urls:
        with _signed_in(url, dbname=making) as node:
            node.execute("CREATE EXTENSION citus")
    with _signed_in(urls[0], dbname=making) as coordinator:
        own = coordinator.info
        coordinator.execute("SELECT citus_set_coordinator_host(%s, %s)", [own.host, own.port])
        for url in urls[1:]:
            parts = conninfo.conninfo_to_dict(url)
            coordinator.execute(
                "SELECT citus_add_node(%s, %s)", [parts["host"], int(parts["port"])]
            )
        coordinator.execute("CREATE EXTENSION pg_trgm")
        coordinator.execute("CREATE EXTENSION btree_gist")
    connections["owner"].settings_dict["NAME"] = making
    migrate()
    connections["owner"].close()
    for node in nodes:
        _leave(node, making)
        node.execute(f"ALTER DATABASE {making} RENAME TO {template}")
