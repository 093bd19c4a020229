"""The pages of a community that keeps 20,000 files of households: the list, what is due, visits
due, help groups, 今日, beside SQL written by hand.

One file in four has a measure, half have a help group, one of 200; nobody visited yet. The aim is
p95 ≤ 150 ms; on a busy machine the processor time (`cpu_ms`) says more.
"""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from baodao.helpgroups.models import GroupHousehold, HelpGroup
from baodao.kernel import clock, ids
from baodao.residents.models import (
    FileBasis,
    FileStay,
    HouseholdFile,
    SealedHousehold,
    SupportMeasure,
)
from bench import frame
from bench.pages import AIM, Workload, in_milliseconds, measured
from tests.residents import steps
from tests.world import World, draw

GROUPS = 200
GRADES = ("close", "regular", "regular", "light")
LIST = """
    SELECT f.number, e.name_sealed, f.grade, f.kept_until,
           (SELECT min(m.due_on) FROM residents_supportmeasure m
            WHERE m.file_id = f.id AND m.ended_at IS NULL), count(*) OVER ()
    FROM residents_householdfile f JOIN residents_sealedhousehold e ON e.id = f.entry_id
    WHERE f.community_id = %(place)s AND f.ended_at IS NULL
    ORDER BY f.filed_at DESC LIMIT 50"""
DUE = """
    SELECT f.number, e.name_sealed, g.name, v.last, count(*) OVER ()
    FROM residents_householdfile f JOIN residents_sealedhousehold e ON e.id = f.entry_id
    LEFT JOIN helpgroups_grouphousehold h ON h.household_id = e.id AND h.ended_at IS NULL
    LEFT JOIN helpgroups_helpgroup g ON g.id = h.group_id
    LEFT JOIN (SELECT d.household_id, max(s.served_on) AS last FROM helpgroups_grouphelp p
               JOIN helpgroups_grouphousehold d ON d.id = p.stand_id
               JOIN statements_statement s ON s.id = p.statement_id GROUP BY 1) v
        ON v.household_id = e.id
    WHERE f.community_id = %(place)s AND f.ended_at IS NULL AND f.grade <> 'light'
      AND greatest(v.last, f.filed_at::date) + 15 < current_date
    ORDER BY 4 LIMIT 50"""


def households(world: World, count: int, dice: Random) -> Iterator[dict[str, Any]]:
    """The rows of one household each: entry, file and what hangs on it."""
    now, today = clock.now(), clock.today()
    for number in range(count):
        entry = SealedHousehold(id=ids.new_id(), written_by="安静")
        entry.name, entry.phone, entry.address = f"高{number}", "", f"柳荫里{number}号"
        entry.hardship = "独居"
        file = HouseholdFile(
            id=ids.new_id(),
            number=f"2026-{number:05d}",
            entry=entry,
            community=world.willow,
            categories=["alone"],
            grade=dice.choice(GRADES),
            kept_until=today + timedelta(days=dice.randrange(5, 700)),
            filed_at=now - timedelta(minutes=dice.randrange(100_000)),
            filed_by="安静",
        )
        basis = FileBasis(file=file, version=1, kind="consent", text="同意", given_on=today)
        basis.kept_until = file.kept_until
        rows: dict[str, Any] = {"entry": entry, "file": file, "basis": basis}
        rows["stay"] = FileStay(file=file, community=world.willow, since=file.filed_at)
        if dice.random() < 0.25:
            due = today + timedelta(days=dice.randrange(0, 90))
            rows["measure"] = SupportMeasure(
                file=file, kind="home", due_on=due, doer="小周", planned_by="安静"
            )
        yield rows


def fill(world: World, count: int, dice: Random) -> None:
    """Everything, a table at a time."""
    steps.on(world)
    rows = list(households(world, count, dice))
    for name in ("entry", "file", "basis", "stay", "measure"):
        made = [row[name] for row in rows if name in row]
        type(made[0])._default_manager.bulk_create(made, batch_size=2_000)
    groups = [
        HelpGroup(community=world.willow, name=f"第{number}小组", founded_by="安静")
        for number in range(GROUPS)
    ]
    HelpGroup.objects.bulk_create(groups)
    stands = [
        GroupHousehold(
            group=groups[number % GROUPS],
            household=row["entry"],
            community=world.willow,
            file_number=row["file"].number,
            title="常去看望的老人",
            taken_by="安静",
        )
        for number, row in enumerate(rows)
        if number % 2
    ]
    GroupHousehold.objects.bulk_create(stands, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pages(world: World) -> dict[str, Workload]:
    """What the worker of the community opens."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(world.accounts["an"])
    values = [{"place": world.willow.pk}]
    files = reverse("residents:list")
    return {
        "files": Workload(client, [files], LIST, values),
        "files, page 300": Workload(client, [f"{files}?page=300"], LIST, values),
        "measures due": Workload(client, [f"{files}?state=due"], LIST, values),
        "soon deleted": Workload(client, [f"{files}?state=expiring"], LIST, values),
        "visits due": Workload(client, [reverse("helpgroups:due")], DUE, values),
        "groups": Workload(client, [reverse("helpgroups:list")], DUE, values),
        "today": Workload(client, [reverse("home:today")], DUE, values),
    }


def main() -> None:
    options = frame.arguments(__doc__ or "")
    count = options.members or (20_000 if options.full else 5_000)
    with frame.database("households"):
        world = draw()
        fill(world, count, Random(options.seed))
        times = measured(pages(world), 20 if options.full else 7)
    worst = max(one.p95 for one in times.values())
    frame.report(
        "households",
        1000 * worst,
        "ms p95",
        limit=1000 * AIM,
        **in_milliseconds(times),
        rows=count,
        seed=options.seed,
    )


if __name__ == "__main__":
    main()
