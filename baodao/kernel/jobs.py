"""Background work: deferred inside the transaction that makes its facts, and done every day.

What is done every day at an hour is declared with `daily`. A worker that was off at that hour makes
it up when it starts: once, however many days were missed, and in the order of the hours.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Greatest
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused, gettext_noop

logger = logging.getLogger(__name__)

K = TypeVar("K")
T = TypeVar("T", bound=Task[Any, Any, Any])

GRACE = timedelta(hours=1)
"""How long after its hour daily work may still wait for its turn."""
RECENT = timedelta(days=7)
"""How long a job that failed is told of."""
MOST_RETRIES = 3
AGAIN = RetryStrategy(max_attempts=MOST_RETRIES, wait=5)
"""Of a task that `run_to_end` ends for good, and of one that acts `on_each`."""
FAILURE = "job.failure"
"""The code of what is told of a job that failed for good."""
ONE_BY_ONE = "kernel.daily"
"""The lock of what is made up, so that the order holds with several jobs at once too."""


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


def run_to_end(job: Job, act: Callable[[], object], end: Callable[[Refused], object]) -> None:
    """Do the work of a job that people wait for: `end` is told why nothing came of it, so that
    what they look at never stands as being worked on for ever.

    That is a refusal, or a failure that no further try follows. A job over which workers were
    killed as often is not begun once more.
    """
    if job.attempts > MOST_RETRIES:
        end(failure())
        return
    try:
        act()
    except Refused as refused:
        end(refused)
    except Exception:
        if job.attempts >= MOST_RETRIES:
            end(failure())
        raise


def on_each(keys: Iterable[K], act: Callable[[K], object]) -> None:
    """Act on each of many, each in a transaction of its own; none keeps those behind it from
    theirs.

    What is over meanwhile is passed over, what is refused is passed over and logged. Raises what
    else was raised, as a group and at the end: the job is tried again, and seen to have failed.
    """
    raised: list[Exception] = []
    for key in keys:
        try:
            act(key)
        except Absent:
            continue
        except Refused as refused:
            logger.warning("%s: %s", key, refused.code)
        except Exception as error:
            raised.append(error)
    if raised:
        raise ExceptionGroup("Some of many failed; the others are done.", raised)


def on_shares(keys: Iterable[K], act: Callable[[Collection[K]], object], together: int) -> None:
    """Act on many, so many `together`, where one statement for all of them costs no more than one
    for each; a share that fails is halved until what fails stands alone, and holds nobody else's.

    What is passed over and raised is that of `on_each`.
    """
    many = list(keys)
    on_each(
        [many[at : at + together] for at in range(0, len(many), together)],
        lambda share: _on_halves(share, act),
    )


def _on_halves(share: list[K], act: Callable[[Collection[K]], object]) -> None:
    try:
        act(share)
    except Exception:
        if len(share) == 1:
            raise
        middle = len(share) // 2
        on_each([share[:middle], share[middle:]], lambda half: _on_halves(half, act))


def failure() -> Refused:
    """What is told of work that failed by no fault of who asked for it."""
    return Refused(
        FAILURE,
        gettext_noop(
            "Baodao failed while it worked on this, and nothing was changed. The fault is not "
            "yours: start it again, and if it fails once more, tell whoever runs Baodao."
        ),
    )


@dataclass(frozen=True)
class DailyWork:
    """A task of every day: its hour in China, and a message id that names it to people.

    `worth` is how long after its hour it is still worth making up; None for ever.
    """

    task: str
    hour: time
    words: str
    worth: timedelta | None = None

    def due(self, at: datetime) -> datetime:
        """The last instant, not after `at`, at which it was to be done."""
        instant = datetime.combine(clock.local(at).date(), self.hour, clock.ZONE)
        return instant if instant <= at else instant - timedelta(days=1)

    def is_worth(self, at: datetime) -> bool:
        """Whether making it up at that instant still helps."""
        return self.worth is None or at - self.due(at) <= self.worth


@dataclass(frozen=True)
class LastRun:
    """When daily work was done last, None for never that is known, and whether it is overdue."""

    work: DailyWork
    at: datetime | None
    overdue: bool


_declared: dict[str, DailyWork] = {}


def daily(hour: time, words: str, worth: timedelta | None = None) -> Callable[[T], T]:
    """Have a task done every day at this hour of China; it takes a `timestamp`, and is written so
    that doing it twice does no harm."""

    def declare(task: T) -> T:
        _declared[task.name] = DailyWork(task.name, hour, words, worth)
        there = datetime.combine(clock.today(), hour, clock.ZONE).astimezone(UTC)
        app.periodic(cron=f"{there.minute} {there.hour} * * *")(task)
        return task

    return declare


def daily_work() -> list[DailyWork]:
    """All that is declared, in the order of the hours."""
    return sorted(_declared.values(), key=lambda work: work.hour)


async def make_up() -> list[str]:
    """Queue what was due and never queued since, in the order in which it was due; its tasks.

    For a worker that starts, before it works. The database knows what was queued for which
    instant, so two that start together queue it once.
    """
    now = clock.now()
    return [
        work.task
        for work in sorted(daily_work(), key=lambda one: one.due(now))
        if work.is_worth(now) and await _queue(work, int(work.due(now).timestamp()))
    ]


async def _queue(work: DailyWork, timestamp: int) -> bool:
    """Queue one for its instant; False when it was queued for that before, or waits already."""
    task = app.tasks[work.task]
    job = task.configure(lock=ONE_BY_ONE, task_kwargs={"timestamp": timestamp}).job
    try:
        number = await app.job_manager.defer_periodic_job(job, "", timestamp)
    except AlreadyEnqueued:
        return False
    return number is not None


@dataclass(frozen=True)
class QueueState:
    """How many jobs wait, run and failed lately, and since when the oldest that is due waits."""

    waiting: int
    running: int
    failed: int
    due_since: datetime | None


def is_under_way(task: str) -> bool:
    """Whether the task of this name waits for its turn or runs."""
    return ProcrastinateJob.objects.filter(task_name=task, status__in=("todo", "doing")).exists()


def queue_state() -> QueueState:
    """How the queue stands now."""
    now = clock.now()
    failed = Q(status="failed", procrastinateevent__at__gt=now - RECENT)
    due = Q(status="todo") & (Q(scheduled_at=None) | Q(scheduled_at__lte=now))
    return QueueState(
        **ProcrastinateJob.objects.aggregate(
            waiting=Count("pk", filter=Q(status="todo"), distinct=True),
            running=Count("pk", filter=Q(status="doing"), distinct=True),
            failed=Count("pk", filter=failed, distinct=True),
            due_since=Min(Greatest("procrastinateevent__at", "scheduled_at"), filter=due),
        )
    )


def last_runs() -> list[LastRun]:
    """Each daily work with its last run, in the order of the hours."""
    now, works = clock.now(), daily_work()
    events = ProcrastinateEvent.objects.filter(
        type="succeeded", job__task_name__in=[work.task for work in works]
    )
    runs = dict(events.order_by().values_list("job__task_name").annotate(last=Max("at")))
    return [_last_run(work, runs.get(work.task), now) for work in works]


def _last_run(work: DailyWork, at: datetime | None, now: datetime) -> LastRun:
    expected = work.due(now - GRACE)
    late = at is None or at < expected
    return LastRun(work, at, late and work.is_worth(now))
