"""Background work: long rosters are read and applied, old ones forgotten."""

from datetime import time
from functools import partial

from procrastinate import JobContext
from procrastinate.contrib.django import app

from baodao.kernel.actors import run_for
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, run_to_end
from baodao.rosters.commands import roster as commands
from baodao.rosters.models import RosterImport


@app.task(name="rosters.read_roster", queue="rosters", retry=AGAIN, pass_context=True)
def read_roster(context: JobContext, roster_id: str) -> None:
    """Read and judge an uploaded file, with the rights that whoever asked for it has when it runs;
    killed in between, it is read again."""
    roster = RosterImport.objects.only("options").get(pk=roster_id)
    act = partial(commands.read, roster_id=roster.id)
    start = partial(run_for, commands.starter_of(roster), act)
    run_to_end(context.job, start, partial(commands.stop_reading, roster))


@app.task(name="rosters.apply_roster", queue="rosters", retry=AGAIN, pass_context=True)
def apply_roster(context: JobContext, roster_id: str) -> None:
    """Apply a roster that was asked for: once, in one transaction, with the rights that whoever
    asked for it has when it runs."""
    roster = RosterImport.objects.only("options").get(pk=roster_id)
    act = partial(commands.apply_waiting, roster_id=roster.id)
    start = partial(run_for, commands.starter_of(roster), act)
    run_to_end(context.job, start, partial(commands.put_back, roster.id))


@daily(time(3, 20), gettext_noop("Rosters that nobody applied are forgotten"))
@app.task(name="rosters.forget_uploads", queue="rosters", queueing_lock="rosters.forget_uploads")
def forget_uploads(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget uploaded files that nobody applied in time."""
    commands.forget_uploads()
