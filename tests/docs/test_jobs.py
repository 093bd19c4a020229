"""The table of background work names every task, and none that is not there."""

import re

from procrastinate.contrib.django import app

from tests.environment import ROOT

NAME = re.compile(r"`([a-z]+\.[a-z_]+)`")


def test_the_table_of_tasks_names_every_task_of_the_project() -> None:
    lines = (ROOT / "docs" / "mechanisms" / "jobs.md").read_text().splitlines()
    rows = [line.split("|")[1] for line in lines if line.startswith("| `")]
    tasks = {name for name in app.tasks if not name.startswith("builtin")}
    tasks = {name for name in tasks if NAME.fullmatch(f"`{name}`")}
    assert {name for row in rows for name in NAME.findall(row)} == tasks
