"""A table of 98,000 services of one community: read and judged, then recorded in one act.

Value: recording (judging once more, chain, journal, notices), in seconds; limit: COPY of the same
finished rows of the three tables with their indexes; peer: none. Everybody of one community serves
once a day, every second time at an hour that is told.
"""

import os
import time
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

import psycopg
import xlsxwriter
from django.db import connections

from baodao.accounts.queries import operator
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from baodao.registration.queries.registrations import accepted_rows
from baodao.timesheets.commands import apply, upload
from baodao.timesheets.models import RecordImport
from bench import frame
from bench.roster_alone import MemoryWatch
from bench.worlds import build

TABLES = ("ledger_servicerecord", "kernel_journalentry", "notices_notice")
HEADER = ("姓名", "志愿服务编号", "服务日期", "开始时间", "时长（分钟）", "活动类型", "服务内容")
KINDS = ("环境整治", "政策宣传", "便民服务")


def table(people: Sequence[Person], count: int) -> bytes:
    """An Excel table of so many services, the days backwards from yesterday."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    sheet = book.add_worksheet("服务记录")
    sheet.write_row(0, 0, HEADER)
    for number in range(count):
        turn, place = divmod(number, len(people))
        day = clock.today() - timedelta(days=1 + turn)
        began = f"{8 + place % 10}:30" if number % 2 else ""
        row = (people[place].name, people[place].number, f"{day:%Y-%m-%d}", began, 60 + place % 90)
        sheet.write_row(number + 1, 0, (*row, KINDS[place % 3], f"第{turn + 1}次清扫楼道"))
    book.close()
    return content.getvalue()


class Bench:
    """One community with its table, and what recording it leaves in the database."""

    def __init__(self, count: int) -> None:
        self.community = Organisation.objects.filter(kind=Kind.COMMUNITY).order_by("path")[0]
        here = accepted_rows(self.community).filter(ended_on=None).select_related("person")
        self.people = [row.person for row in here.order_by("accepted_at", "pk")]
        self.count = count
        self.content = table(self.people, count)
        self.rows: dict[str, bytes] = {}

    def read(self) -> RecordImport:
        who = operator()
        name = "服务记录.xlsx"
        return upload(who, community_id=self.community.pk, file_name=name, content=self.content)

    def record(self, row: RecordImport) -> None:
        done = apply(operator(), import_id=row.pk)
        if done.recorded != self.count:
            raise SystemExit(f"recorded {done.recorded} of {self.count}: {done.problems[:3]}")

    def keep(self) -> None:
        """Copy out what was recorded, and empty the tables."""
        with connections["owner"].cursor() as cursor:
            for name in TABLES:
                with cursor.copy(f"COPY {name} TO STDOUT") as copy:
                    self.rows[name] = b"".join(bytes(block) for block in copy)
        self.empty()

    def empty(self) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(TABLES)}, ledger_chainhead CASCADE")

    def copy(self) -> None:
        """Nothing but the writing of the same rows."""
        with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
            for name in TABLES:
                with owner.cursor().copy(f"COPY {name} FROM STDIN") as copy:
                    copy.write(self.rows[name])


def main() -> None:
    options = frame.arguments(__doc__ or "")
    members = options.members or (10_000 if options.full else 1_000)
    count, rounds = (98_000, 2) if options.full else (4_000, 3)
    taken: dict[str, list[float]] = {"read": [], "record": [], "copy": [], "processor": []}
    memory = MemoryWatch()
    with frame.database(f"table_{members}_{options.seed}", lambda: build(members, options.seed)):
        bench = Bench(count)
        memory.start()
        for _ in range(rounds):
            start = time.perf_counter()
            row = bench.read()
            taken["read"].append(time.perf_counter() - start)
            busy = time.process_time()
            taken["record"].append(frame.seconds(lambda: bench.record(row)))  # noqa: B023
            taken["processor"].append(time.process_time() - busy)
            bench.keep()
            taken["copy"].append(frame.seconds(bench.copy))
            bench.empty()
            print({name: round(spent[-1], 2) for name, spent in taken.items()}, os.getloadavg()[0])
    frame.report(
        "service_table",
        frame.median(taken["record"]),
        "s",
        limit=round(frame.median(taken["copy"]), 4),
        rows=count,
        seed=options.seed,
        read=round(frame.median(taken["read"]), 3),
        processor=round(frame.median(taken["processor"]), 3),
        peak_mb=round(memory.stop()),
    )


if __name__ == "__main__":
    main()
