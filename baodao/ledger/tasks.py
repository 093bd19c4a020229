"""The worker's part: every night the chains are sealed, and old uploads forgotten."""

from procrastinate.contrib.django import app

from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.ledger import commands
from baodao.ledger.commands.importing import forget_uploads as forget


@app.periodic(cron="37 18 * * *")
@app.task(name="ledger.seal", queueing_lock="ledger.seal")
def seal(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Sign the heads that have moved, and write the day's file outside the tables."""
    commands.seal(NOBODY)
    commands.file_seals(clock.today())


@app.periodic(cron="47 18 * * *")
@app.task(name="ledger.forget_uploads", queueing_lock="ledger.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget spreadsheets that were kept long enough; what they brought stays."""
    forget()
