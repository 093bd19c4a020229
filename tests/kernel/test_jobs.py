"""Work of every day: declared once, made up by a worker that was off, told by the doctor."""

import ast
import logging
import os
import subprocess
from collections.abc import Collection
from datetime import datetime, time, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.utils.translation import gettext as translate
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from baodao.home.queries.compliance import upkeep
from baodao.kernel import clock
from baodao.kernel.checks import daily
from baodao.kernel.database import APP
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.health import Health
from baodao.kernel.jobs import DailyWork, daily_work, last_runs, on_each, on_shares
from baodao.operations.postgres import Cluster
from tests.architecture.source import modules
from tests.environment import ROOT, VAR
from tests.operations.storm import CLI, PATIENCE
from tests.world import World

TWO_NIGHTS_OFF = (
    "UPDATE procrastinate_events SET at = at - interval '2 days'",
    "UPDATE procrastinate_periodic_defers SET defer_timestamp = defer_timestamp - 2 * 86400",
)


def work(folder: Path) -> None:
    """A worker starts, does what waits, and ends."""
    name = str(connections["default"].settings_dict["NAME"])
    variables = {
        "BAODAO_DATABASE_URL": Cluster(VAR / "postgres").url(APP, name),
        "BAODAO_SEALS": str(folder),
    }
    subprocess.run(
        [*CLI, "worker", "--once"],
        env={**os.environ, **variables},
        cwd=ROOT,
        check=True,
        timeout=PATIENCE,
    )


def done() -> list[tuple[str, int]]:
    """The daily tasks that were done, each with the instant it was due, as they were queued."""
    names = [one.task for one in daily_work()]
    jobs = ProcrastinateJob.objects.filter(task_name__in=names).order_by("id")
    assert {job.status for job in jobs} <= {"succeeded"}
    return [(job.task_name, job.args["timestamp"]) for job in jobs]


def due(now: datetime) -> list[tuple[str, int]]:
    """What is to be made up at that instant, in the order in which it was due."""
    works = sorted(daily_work(), key=lambda one: one.due(now))
    return [(one.task, int(one.due(now).timestamp())) for one in works if one.is_worth(now)]


def struck(since: datetime) -> list[tuple[str, int]]:
    """What became due while the test ran: an hour may strike in the middle of it."""
    before = due(since)
    return [one for one in due(clock.now()) if one not in before]


def let_two_nights_pass() -> None:
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        for statement in TWO_NIGHTS_OFF:
            owner.execute(statement)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_fell_into_nights_without_a_worker_is_made_up_once_and_in_order(
    committed_world: World, tmp_path: Path
) -> None:
    assert daily().health is Health.WARN
    start = clock.now()
    work(tmp_path)
    expected = due(start)
    assert done()[: len(expected)] == expected
    assert "ledger.seal" in dict(expected)
    assert daily().health is Health.OK
    work(tmp_path)
    assert done() == [*expected, *struck(start)], "the same day again there is nothing to make up"
    before = len(done())
    let_two_nights_pass()
    overdue = {run.work.task for run in last_runs() if run.overdue}
    assert overdue == {work.task for work in daily_work() if work.is_worth(clock.now())}
    assert daily().health is Health.FAIL
    assert "（已逾期）" in daily().parts[0][1], "what is overdue stands first"
    told = {one.name: (one.overdue, one.fact) for one in upkeep()}
    late = {str(translate(run.work.words)) for run in last_runs() if run.overdue}
    assert {name for name, (is_late, _) in told.items() if is_late} == late
    assert late <= {name for name, _ in daily().parts}
    assert told["封存服务记录"][0]
    fan = Client()
    fan.force_login(committed_world.accounts["fan"])
    assert told["封存服务记录"][1] in fan.get("/compliance/").content.decode()
    again = clock.now()
    work(tmp_path)
    made_up = done()[before:]
    assert made_up[: len(due(again))] == due(again), "two nights are made up once"
    assert set(made_up[len(due(again)) :]) <= set(struck(again))
    assert daily().health is Health.OK
    assert not any(one.overdue for one in upkeep())


def test_one_that_fails_keeps_nobody_behind_it_from_theirs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []
    faults = {
        "over": Absent("offer"),
        "refused": Refused("offer.over", "It is over."),
        "broken": ValueError("a fault of ours"),
    }

    def act(key: str) -> None:
        if key in faults:
            raise faults[key]
        done.append(key)

    with (
        caplog.at_level(logging.WARNING, "baodao.kernel.jobs"),
        pytest.raises(ExceptionGroup) as raised,
    ):
        on_each(["first", "over", "refused", "broken", "last"], act)
    assert done == ["first", "last"]
    assert raised.value.exceptions == (faults["broken"],)
    assert caplog.messages == ["refused: offer.over"]
    on_each(["over", "refused"], act)


def test_one_that_fails_holds_nobody_of_its_share() -> None:
    shares: list[list[int]] = []
    faults = {7: ValueError("a fault of ours"), 11: ValueError("another")}

    def act(share: Collection[int]) -> None:
        for key in share:
            if key in faults:
                raise faults[key]
        shares.append(list(share))

    with pytest.raises(ExceptionGroup) as raised:
        on_shares(range(1, 22), act, 10)
    done = [key for share in shares for key in share]
    assert sorted([*done, *faults]) == list(range(1, 22))
    assert done == sorted(done), "in their order"
    assert shares[-1] == [21]
    assert raised.value.split(ValueError)[1] is None
    shares.clear()
    on_shares(range(12, 22), act, 10)
    assert shares == [list(range(12, 22))], "what does not fail stays together"


def test_work_on_many_is_done_on_each_by_itself() -> None:
    loops = [
        f"{file.parent.name}/{file.name}:{node.lineno}"
        for file, tree in modules()
        if file.name == "tasks.py" and file.parent.name != "kernel"
        for node in ast.walk(tree)
        if isinstance(node, ast.For)
    ]
    assert loops == []


def test_everything_that_is_done_at_an_hour_is_declared_as_daily_work() -> None:
    at_an_hour = {
        task.task.name
        for task in app.periodic_registry.periodic_tasks.values()
        if "*" not in task.cron.split()[:2][1]
    }
    assert at_an_hour == {one.task for one in daily_work()}
    for task in app.periodic_registry.periodic_tasks.values():
        if task.task.name in at_an_hour:
            assert task.task.queueing_lock == task.task.name


def test_the_hours_are_those_of_china() -> None:
    seal = next(one for one in daily_work() if one.task == "ledger.seal")
    midnight = clock.midnight(clock.today())
    assert seal.due(midnight + timedelta(hours=3)) == midnight + timedelta(hours=2, minutes=37)
    assert seal.due(midnight) == midnight - timedelta(hours=21, minutes=23)
    entry = app.periodic_registry.periodic_tasks["ledger.seal", ""]
    assert entry.cron == "37 18 * * *"


def test_a_reminder_of_tomorrow_is_made_up_on_that_evening_alone() -> None:
    reminder = DailyWork("x", time(17, 5), "x", timedelta(hours=6))
    midnight = clock.midnight(clock.today())
    assert reminder.is_worth(midnight + timedelta(hours=20))
    assert not reminder.is_worth(midnight + timedelta(hours=33))
