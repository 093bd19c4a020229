"""`baodao serve` and `baodao worker`: the two processes of an installation."""

import argparse
import asyncio
import os
import socket
from pathlib import Path

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from baodao.config.cli import leash
from baodao.config.cli.address import add_address, is_free, taken
from baodao.config.cli.database import check_schema
from baodao.config.cli.frame import Outcome, Subparsers
from baodao.kernel.errors import Refused, gettext_noop

CORES = os.cpu_count() or 1
PROCESSES = min(CORES, 4)
THREADS = min(CORES * 2, 8)


def add(subparsers: Subparsers) -> None:
    """Their arguments; what is not given comes from the environment."""
    serve = subparsers.add_parser("serve", help="the web server")
    add_address(serve)
    serve.add_argument("--processes", type=int, default=PROCESSES)
    serve.add_argument("--threads", type=int, default=THREADS, help="requests at once in each")
    serve.set_defaults(run=run_server)
    worker = subparsers.add_parser("worker", help="the worker for background jobs")
    worker.add_argument("--jobs", type=int, default=1, help="jobs at once")
    worker.add_argument("--once", action="store_true", help="end when nothing is waiting")
    worker.set_defaults(run=run_worker)


def run_server(arguments: argparse.Namespace) -> Outcome:
    """Serve until SIGINT or SIGTERM."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise Refused(
            "static.missing",
            gettext_noop("Static files are not collected. Start with `make run`, or see install."),
        )
    if not is_free(arguments.host, arguments.port):
        raise taken(arguments.port)
    check_schema()
    connections.close_all()  # or the processes to come would share it
    leash.wear()
    Granian(
        "baodao.config.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.processes,
        blocking_threads=arguments.threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
    ).serve()
    return Outcome(facts={"ended": "serve"})


def run_worker(arguments: argparse.Namespace) -> Outcome:
    """Work through background jobs until SIGINT or SIGTERM."""
    check_schema()
    leash.wear()
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(f"jobs are not kept in Django's database: {connector!r}")
    with app.replace_connector(connector.get_worker_connector()):
        asyncio.run(_work(arguments.jobs, wait=not arguments.once))
    return Outcome(facts={"ended": "worker"})


async def _work(jobs: int, *, wait: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(
            name=f"{socket.gethostname()}-{os.getpid()}",
            concurrency=jobs,
            wait=wait,
            shutdown_graceful_timeout=10,
        )
