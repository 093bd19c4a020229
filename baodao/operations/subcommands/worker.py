"""`baodao worker`: the process that works through background jobs."""

import argparse
import asyncio
import os
import socket

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from baodao.kernel.jobs import make_up
from baodao.operations.frame import Outcome, Subparsers
from baodao.operations.household import wear_leash


def add(subparsers: Subparsers) -> None:
    """How many jobs at once, and whether it stays."""
    parser = subparsers.add_parser("worker", help="the worker for background jobs")
    parser.add_argument("--jobs", type=int, default=1, help="jobs at once")
    parser.add_argument("--once", action="store_true", help="end when nothing is waiting")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Outcome:
    """Make up what was missed, then work through background jobs until SIGINT or SIGTERM."""
    wear_leash()
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(f"jobs are not kept in Django's database: {connector!r}")
    with app.replace_connector(connector.get_worker_connector()):
        asyncio.run(_work(arguments.jobs, wait=not arguments.once))
    return Outcome(facts={"ended": "worker"})


async def _work(jobs: int, *, wait: bool) -> None:
    async with app.open_async():
        await make_up()
        await app.run_worker_async(
            name=f"{socket.gethostname()}-{os.getpid()}",
            concurrency=jobs,
            wait=wait,
            shutdown_graceful_timeout=10,
        )
