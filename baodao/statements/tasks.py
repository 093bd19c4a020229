"""The worker's part: every night old uploads are forgotten."""

from datetime import timedelta

from procrastinate.contrib.django import app

from baodao.kernel import clock
from baodao.statements.commands import imports

KEEP_UPLOADS = timedelta(days=30)


@app.periodic(cron="47 18 * * *")
@app.task(name="statements.forget_uploads", queueing_lock="statements.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget spreadsheets after thirty days; what they brought stays."""
    imports.forget_uploads(before=clock.now() - KEEP_UPLOADS)
