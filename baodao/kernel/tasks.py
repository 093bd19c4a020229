"""The upkeep of queue and answers: what a killed worker left is taken up again, old rows go."""

from datetime import time, timedelta

from procrastinate.contrib.django import app

from baodao.kernel import clock, quotas
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import daily
from baodao.kernel.models import ClientRequest, UndoNote

KEPT_HOURS = 24 * 30


@app.periodic(cron="* * * * *")
@app.task(name="kernel.take_up_stalled", queueing_lock="kernel.take_up_stalled")
async def take_up_stalled(timestamp: int) -> None:  # noqa: ARG001 — Procrastinate names it
    """Queue again the jobs whose worker has shown no sign of life; tasks are written for that."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@daily(time(3, 17), gettext_noop("Finished background jobs are forgotten"))
@app.task(name="kernel.forget_old_jobs", queueing_lock="kernel.forget_old_jobs")
async def forget_old_jobs(timestamp: int) -> None:  # noqa: ARG001 — Procrastinate names it
    """Delete jobs that succeeded a month ago."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


@daily(time(3, 27), gettext_noop("Answers kept for forms sent long ago are forgotten"))
@app.task(name="kernel.forget_old_answers", queueing_lock="kernel.forget_old_answers")
def forget_old_answers(timestamp: int) -> None:  # noqa: ARG001 — Procrastinate names it
    """Delete the answers kept for clients' ids after a month, when no form is sent again, what was
    counted in a window that is over, and notes of what can be taken back no more."""
    old = clock.now() - timedelta(hours=KEPT_HOURS)
    ClientRequest.objects.filter(at__lt=old).delete()
    UndoNote.objects.filter(at__lt=old).delete()
    quotas.forget(old)
