"""The worker's part: files whose last day is over are deleted."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily, on_each
from baodao.residents.commands.files import forget_expired
from baodao.residents.queries.files import expired_files


@daily(time(3, 45), gettext_noop("Files of households whose last day is over are deleted"))
@app.task(name="residents.forget_files", queueing_lock="residents.forget_files")
def forget_files(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night, each by itself: one that cannot be deleted keeps none of the others."""
    on_each(expired_files(), lambda pk: forget_expired(SYSTEM, file_ids=[pk]))
