"""`baodao serve`: the web server of an installation."""

import argparse
import os
from pathlib import Path

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.schema import check_schema
from baodao.operations.address import add_address, check_reach, is_free, taken
from baodao.operations.frame import Outcome, Subparsers
from baodao.operations.household import wear_leash

CORES = os.cpu_count() or 1
PROCESSES = min(CORES, 4)
THREADS = min(CORES * 2, 8)


def add(subparsers: Subparsers) -> None:
    """Address, processes and threads; what is not given comes from the environment."""
    parser = subparsers.add_parser("serve", help="the web server")
    add_address(parser)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--threads", type=int, default=THREADS, help="requests at once in each")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Outcome:
    """Serve until SIGINT or SIGTERM."""
    check_reach(arguments.host)
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise Refused(
            "static.missing",
            gettext_noop("Static files are not collected. Start with `make run`, or see install."),
        )
    if not is_free(arguments.host, arguments.port):
        raise taken(arguments.port)
    check_schema()
    connections.close_all()  # or the processes to come would share it
    wear_leash()
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
