"""A roster of 100,000 rows: read, validate, dedupe, compare, write, journal.

Limits are COPY of the same rows into a bare table and reading alone; the peer is
django-import-export in bulk mode, which validates nothing: once with the rows already read
(`peer`), once from the same file, read by its own reader (`file`), as whoever uploads one waits for
it. Then the same roster once more with one row in a hundred changed. Peak memory counts the reading
child too.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import python_calamine
import tablib
import xlsxwriter
from django.db import connections, models
from import_export import resources

from baodao.kernel.database import OWNER
from baodao.operations.postgres import Cluster
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind, path_of
from baodao.people.rules.identity import check_digit
from bench import frame
from bench.watch import worked_there

HEADER = (
    *("序号", "姓名", "公民身份号码", "手机", "性别", "出生年月", "入党时间", "党员类别"),
    *("所在党支部", "人员状态", "职务", "特长", "兴趣爱好", "住址", "民族", "学历"),
    "是否居住本市",
)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗曾单解仇"
GIVEN = "伟芳娜敏静强磊洋艳勇军杰娟涛明超秀霞平刚桂英华玉兰红春梅建国"
TABLE = "bench_row"


class Row(models.Model):
    """The peer's table: the columns of the file as text."""

    name = models.TextField()
    id_number = models.TextField(unique=True)
    phone = models.TextField()
    sex = models.TextField()
    born = models.TextField()
    joined = models.TextField()
    grade = models.TextField()
    branch = models.TextField()
    standing = models.TextField()
    position = models.TextField()
    specialty = models.TextField()
    interests = models.TextField()
    address = models.TextField()
    ethnicity = models.TextField()
    education = models.TextField()
    in_city = models.TextField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = TABLE


COLUMNS = [field.name for field in Row._meta.fields if field.name != "id"]


class PeerResource(resources.ModelResource):
    class Meta:
        model = Row
        use_bulk = True
        batch_size = 1_000
        skip_diff = True
        force_init_instance = True
        import_id_fields = ("id_number",)
        fields = COLUMNS


def rows_of(count: int, seed: int) -> list[list[str]]:
    """Faultless people, all different, of an area that does not exist."""
    draw = random.Random(seed)
    return [_person(order, draw) for order in range(count)]


def _person(order: int, draw: random.Random) -> list[str]:
    area, rest = divmod(order, 360_000)
    day, sequence = divmod(rest, 1_000)
    birth = f"{1962 + day // 12 % 40}{day % 12 + 1:02d}{draw.randrange(1, 29):02d}"
    body = f"99{area:04d}{birth}{sequence:03d}"
    return [
        str(order + 1),
        draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN),
        body + check_digit(body),
        f"199{order:08d}",
        "男" if sequence % 2 else "女",
        f"{birth[:4]}.{birth[4:6]}",
        f"{2001 + draw.randrange(24)}年{draw.randrange(1, 13)}月",
        "正式党员",
        f"第{order % 100 + 1}党支部",
        draw.choice(("在职", "在职", "在职", "退休")),
        draw.choice(("科员", "科长", "主任", "教师", "工程师")),
        draw.choice(("", "法律", "医疗", "教育", "维修")),
        draw.choice(("", "篮球", "书法", "摄影")),
        f"东岸区柳荫街道{draw.randrange(400)}号{draw.randrange(1, 30)}栋{order % 2000}室",
        draw.choice(("汉族", "汉族", "回族", "壮族")),
        draw.choice(("大学本科", "研究生", "大专")),
        draw.choice(("是", "是", "否")),
    ]


def workbook(rows: list[list[str]], path: Path) -> Path:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, HEADER)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def monthly(rows: list[list[str]]) -> list[list[str]]:
    """A month later: one row in a hundred has another telephone or another status."""
    changed = [list(row) for row in rows]
    for order in range(0, len(rows), 100):
        if order % 200:
            changed[order][3] = f"198{order:08d}"
        else:
            changed[order][9] = "借调"
    return changed


class Bench:
    """One empty database, one unit, and the acts that are compared on it."""

    def __init__(self, cluster: Cluster, rows: list[list[str]], folder: Path) -> None:
        self.rows = rows
        self.dsn = cluster.dsn(OWNER, str(connections["default"].settings_dict["NAME"]))
        self.first = workbook(rows, folder / "first.xlsx")
        self.second = workbook(monthly(rows), folder / "second.xlsx")
        self.data = tablib.Dataset(*(row[1:] for row in rows), headers=COLUMNS)
        self.peaks: list[float] = []
        self.processor: dict[str, list[float]] = {"whole": [], "again": [], "peer": []}
        self.database: dict[str, list[float]] = {"whole": [], "again": [], "peer": []}
        with psycopg.connect(self.dsn, autocommit=True) as owner:
            owner.execute(
                f"CREATE TABLE {TABLE} (id bigserial PRIMARY KEY, "
                f"{', '.join(f'{column} text' for column in COLUMNS)}, UNIQUE (id_number))"
            )
            owner.execute(f"GRANT ALL ON {TABLE} TO PUBLIC")
            owner.execute(f"GRANT ALL ON SEQUENCE {TABLE}_id_seq TO PUBLIC")

    def empty(self) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as owner:
            owner.execute(f"TRUNCATE {TABLE}, people_person, rosters_rosterimport CASCADE")

    def copy(self) -> float:
        self.empty()
        start = time.perf_counter()
        with psycopg.connect(self.dsn) as owner, owner.cursor() as cursor:
            owner.execute(f"CREATE TEMPORARY TABLE bare AS SELECT * FROM {TABLE}")
            with cursor.copy(f"COPY bare ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                for row in self.rows:
                    copy.write_row(row[1:])
        return time.perf_counter() - start

    def read(self) -> float:
        start = time.perf_counter()
        book = python_calamine.load_workbook(str(self.first))
        for _ in book.get_sheet_by_index(0).iter_rows():
            continue
        return time.perf_counter() - start

    def peer(self) -> float:
        self.empty()
        connections["default"].ensure_connection()
        start, busy, there = time.perf_counter(), time.process_time(), worked_there()
        self._take(self.data)
        self.processor["peer"].append(time.process_time() - busy)
        self.database["peer"].append(worked_there() - there)
        return time.perf_counter() - start

    def file(self) -> float:
        """The peer from the file: its columns are told by their order, the first is left out."""
        self.empty()
        connections["default"].ensure_connection()
        start = time.perf_counter()
        data = tablib.Dataset().load(self.first.read_bytes(), format="xlsx")
        del data[HEADER[0]]
        data.headers = COLUMNS
        self._take(data)
        return time.perf_counter() - start

    def _take(self, data: tablib.Dataset) -> None:
        result = PeerResource().import_data(data, raise_errors=True)
        assert result.total_rows == len(self.rows)

    def whole(self) -> float:
        self.empty()
        found = self._alone(self.first)
        assert (found["new"], found["problems"]) == (len(self.rows), 0), found
        self.processor["whole"].append(found["processor"])
        self.database["whole"].append(found["database"])
        return found["seconds"]

    def again(self) -> float:
        """After `whole`: the file of a month later."""
        found = self._alone(self.second)
        assert found["changed"] == -(-len(self.rows) // 100), found
        assert found["unchanged"] == len(self.rows) - found["changed"], found
        self.processor["again"].append(found["processor"])
        self.database["again"].append(found["database"])
        return found["seconds"]

    def _alone(self, path: Path) -> dict[str, float]:
        """The import in a process of its own, so that its peak memory is its own."""
        name = connections["default"].settings_dict["NAME"]
        command = [sys.executable, "-m", "bench.roster_alone", str(name), str(path)]
        reply = subprocess.run(command, check=True, capture_output=True, text=True)
        found: dict[str, float] = json.loads(reply.stdout)
        self.peaks.append(found["peak"])
        return found


def _unit() -> None:
    city = Organisation.objects.create(
        kind=Kind.CITY, name="滨河市", code="990100000000", path=path_of("", "990100000000")
    )
    Organisation.objects.create(
        kind=Kind.UNIT, name="机关党委", code="U1", parent=city, path=path_of(city.path, "U1")
    )


def main() -> None:
    options = frame.arguments(__doc__ or "")
    count, rounds = (100_000, 3) if options.full else (options.members or 3_000, 2)
    rows = rows_of(count, options.seed)
    taken: dict[str, list[float]] = {
        name: [] for name in ("copy", "read", "whole", "again", "peer", "file")
    }
    with frame.database("roster", _unit) as cluster, TemporaryDirectory() as folder:
        bench = Bench(cluster, rows, Path(folder))
        for _ in range(rounds):
            for name, spent in taken.items():
                spent.append(getattr(bench, name)())
                print(f"{name:6} {spent[-1]:6.2f} s  load {os.getloadavg()[0]:.1f}", flush=True)
    middle = {name: frame.median(spent) for name, spent in taken.items()}
    processor = {name: frame.median(spent) for name, spent in bench.processor.items()}
    database = {name: frame.median(spent) for name, spent in bench.database.items()}
    frame.report(
        "roster_import",
        middle["whole"],
        "s",
        limit=round(middle["copy"], 4),
        peer=round(middle["peer"], 4),
        rows=count,
        seed=options.seed,
        read_alone=round(middle["read"], 3),
        peer_from_file=round(middle["file"], 3),
        ratio_to_peer_from_file=round(middle["whole"] / middle["file"], 3),
        again_with_changes=round(middle["again"], 3),
        processor=round(processor["whole"], 3),
        processor_again=round(processor["again"], 3),
        processor_peer=round(processor["peer"], 3),
        processor_to_peer=round(processor["whole"] / processor["peer"], 3),
        database=round(database["whole"], 3),
        database_again=round(database["again"], 3),
        database_peer=round(database["peer"], 3),
        peak_mb=round(max(bench.peaks)),
    )


if __name__ == "__main__":
    main()
