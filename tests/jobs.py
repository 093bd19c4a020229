"""A job as the worker hands it to its task."""

import time

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job


def job_context(attempts: int = 0) -> JobContext:
    """The context of a job that was tried so often before."""
    job = Job(queue="default", lock=None, queueing_lock=None, task_name="", attempts=attempts)
    return JobContext(app=app, job=job, start_timestamp=time.time(), abort_reason=lambda: None)
