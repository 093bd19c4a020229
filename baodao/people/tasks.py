"""Background work of rosters: long files are read and applied here, old ones forgotten."""

from functools import partial
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baodao.kernel.actors import run_for
from baodao.kernel.errors import Refused
from baodao.people.commands import roster as commands
from baodao.people.models import RosterImport

AGAIN = RetryStrategy(max_attempts=3, wait=5)


@app.task(name="people.read_roster", queue="rosters", retry=AGAIN)
def read_roster(roster_id: str) -> None:
    """Read and judge an uploaded file; killed in between, it is read again."""
    commands.read(UUID(roster_id))


@app.task(name="people.apply_roster", queue="rosters", retry=AGAIN)
def apply_roster(roster_id: str) -> None:
    """Apply a roster that was asked for: once, in one transaction, with the rights that whoever
    asked for it has when it runs."""
    roster = RosterImport.objects.select_related("unit").get(pk=roster_id)
    try:
        run_for(commands.starter_of(roster), partial(commands.apply_asked, roster_id=roster.id))
    except Refused as refused:
        commands.put_back(roster.id, refused)


@app.periodic(cron="20 3 * * *")
@app.task(name="people.forget_uploads", queue="rosters")
def forget_uploads(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget uploaded files that nobody applied in time."""
    commands.forget_uploads()
