"""The frame of every benchmark: its own database, interleaved timing, one JSON line at the end."""

import argparse
import hashlib
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connections

from baodao.kernel.database import APP, OWNER
from baodao.kernel.facts import grant_rights
from baodao.kernel.schema import apply_migrations
from baodao.operations.postgres import Cluster
from bench import VAR

ROOT = VAR.parent.parent


def arguments(description: str) -> argparse.Namespace:
    """`--quick` (small, at most 30 s, the default) or `--full`, and the seed of the world."""
    parser = argparse.ArgumentParser(description=description)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="small, at most 30 s (the default)")
    size.add_argument("--full", action="store_true", help="the size the aim is stated for")
    size.add_argument("--members", type=int, default=0, help="another size")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


@contextmanager
def database(name: str, fill: Callable[[], object] | None = None) -> Iterator[Cluster]:
    """A migrated database of this process in the block, dropped afterwards; empty, or as `fill`
    left it. What `fill` made is kept under `name` and copied the next time."""
    made = f"baodao_bench_{name}_{os.getpid()}"
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    with (
        Cluster(VAR / "postgres") as cluster,
        psycopg.connect(cluster.dsn("postgres", "postgres"), autocommit=True) as admin,
    ):
        template = _filled(admin, name, fill) if fill else ""
        copied = f"TEMPLATE {template or 'template1'} STRATEGY FILE_COPY"
        admin.execute(f"CREATE DATABASE {made} OWNER {OWNER} {copied}")
        try:
            _use(made)
            if not template:
                _migrate()
            yield cluster
        finally:
            connections.close_all()
            admin.execute(f"DROP DATABASE {made} WITH (FORCE)")


def _filled(admin: psycopg.Connection, name: str, fill: Callable[[], object]) -> str:
    """The kept database of this name and of these migrations, made if it is not there."""
    digest = hashlib.sha256()
    for file in sorted([*ROOT.glob("baodao/*/migrations/*.py"), *ROOT.glob("bench/world*.py")]):
        digest.update(file.read_bytes())
    kept = f"baodao_bench_kept_{name}_{digest.hexdigest()[:10]}"
    held = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept]).fetchone()
    if held is None:
        admin.execute(f"DROP DATABASE IF EXISTS {kept}_making")
        admin.execute(f"CREATE DATABASE {kept}_making OWNER {OWNER}")
        _use(f"{kept}_making")
        _migrate()
        fill()
        connections.close_all()
        admin.execute(f"ALTER DATABASE {kept}_making RENAME TO {kept}")
    return kept


def _use(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _migrate() -> None:
    apply_migrations()
    grant_rights(APP)


def seconds(act: Callable[[], object]) -> float:
    """How long `act` takes, by the wall."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def interleaved(
    acts: Mapping[str, Callable[[], object]], rounds: int, warm: int = 1
) -> dict[str, list[float]]:
    """Each act `rounds` times in turn, after `warm` turns that do not count; seconds, sorted."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(warm + rounds):
        for name, act in acts.items():
            spent = seconds(act)
            if turn >= warm:
                taken[name].append(spent)
    return {name: sorted(values) for name, values in taken.items()}


def median(values: list[float]) -> float:
    return statistics.median(values)


def high(values: list[float]) -> float:
    """The 95th percentile of sorted values: the value that 95 of 100 do not exceed."""
    return values[min(len(values) - 1, -(-len(values) * 95 // 100) - 1)]


def report(workload: str, value: float, unit: str, **more: float | int | str | None) -> None:
    """The last line: what was measured, against its limit and its peer, where and with what."""
    limit, peer = more.pop("limit", None), more.pop("peer", None)
    line = {
        "workload": workload,
        "value": round(value, 4),
        "unit": unit,
        "limit": limit,
        "peer": peer,
        "ratio_to_limit": _ratio(value, limit),
        "ratio_to_peer": _ratio(value, peer),
        "rows": more.pop("rows", None),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "seed": more.pop("seed", None),
        **more,
    }
    print(json.dumps(line, ensure_ascii=False))


def _ratio(value: float, other: float | int | str | None) -> float | None:
    return round(value / other, 3) if isinstance(other, int | float) and other else None
