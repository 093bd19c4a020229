"""The worker's part: long tables are read and recorded, old uploads forgotten."""

from collections.abc import Callable
from datetime import time
from functools import partial
from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from baodao.kernel.actors import run_for
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, run_to_end
from baodao.timesheets import commands
from baodao.timesheets.models import RecordImport


@app.task(name="timesheets.read_timesheet", queue="timesheets", retry=AGAIN, pass_context=True)
def read_timesheet(context: JobContext, import_id: str) -> None:
    """Read and judge an uploaded table; killed in between, it is read again."""
    _run(context, import_id, partial(commands.read, import_id=UUID(import_id)))


@app.task(name="timesheets.apply_timesheet", queue="timesheets", retry=AGAIN, pass_context=True)
def apply_timesheet(context: JobContext, import_id: str) -> None:
    """Record a table as it was asked for: once, in one transaction, with the rights that whoever
    asked for it has when it runs."""
    _run(context, import_id, partial(commands.apply_waiting, import_id=UUID(import_id)))


def _run(context: JobContext, import_id: str, act: Callable[[Actor], object]) -> None:
    row = RecordImport.objects.only("state", "options", "report").get(pk=import_id)
    start = partial(run_for, commands.starter_of(row), act)
    run_to_end(context.job, start, partial(commands.refuse, row))


@daily(time(2, 47), gettext_noop("Tables of services uploaded long ago are forgotten"))
@app.task(name="timesheets.forget_uploads", queueing_lock="timesheets.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget spreadsheets that were kept long enough; what they brought stays."""
    commands.forget_uploads()
