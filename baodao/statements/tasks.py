"""The worker's part: every night old uploads are forgotten."""

from procrastinate.contrib.django import app

from baodao.statements.commands import imports


@app.periodic(cron="47 18 * * *")
@app.task(name="statements.forget_uploads", queueing_lock="statements.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Forget spreadsheets that were kept long enough; what they brought stays."""
    imports.forget_uploads()
