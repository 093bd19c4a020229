"""Background work, deferred by name inside the transaction that makes its facts."""

from datetime import datetime

from procrastinate.contrib.django import app


def defer(
    task: str,
    *,
    lock: str | None = None,
    at: datetime | None = None,
    **arguments: str | int | bool | None,
) -> int:
    """Queue the task named `<slice>.<verb>`; it exists exactly when the caller commits.

    `arguments` are ids, never personal facts: they are stored in clear. Jobs with the same
    `lock` run one after the other; `at` lets it wait until then. Returns the job's number.
    """
    return app.configure_task(task, lock=lock, schedule_at=at).defer(**arguments)
