"""Sheets as communities build them: side by side, hidden, filtered, merged, banded; nobody and
nothing vanishes without a line that says so."""

import random
from collections.abc import Sequence
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from baodao.ledger.models import ServiceRecord
from baodao.people.models import Person
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.timesheets.models import RecordImport
from baodao.timesheets.queries.imports import Judgement, judge
from baodao.timesheets.rules.questions import PLAIN, ImportScope
from baodao.vocabulary.models import TableWord
from tests.ledger.steps import hosted
from tests.registration import steps as registration
from tests.registration.browsing import text
from tests.timesheets.test_pages import sent
from tests.world import World

HEAD = ("姓名", "服务日期", "时长（小时）")


@pytest.fixture
def here(world: World) -> World:
    hosted(world)
    return world


def book(*sheets: Sequence[Sequence[object]]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets, 1):
        sheet = workbook.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    return workbook


def first(workbook: openpyxl.Workbook) -> Worksheet:
    return workbook.worksheets[0]


def content(workbook: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def judged(world: World, workbook: openpyxl.Workbook, scope: ImportScope = PLAIN) -> Judgement:
    return judge(world.actor("an"), world.willow, content(workbook), scope)


def days(judgement: Judgement) -> list[tuple[str, int]]:
    return [(one.entry.served_on.isoformat(), one.entry.minutes) for one in judgement.services]


def left(judgement: Judgement) -> dict[str, tuple[str, str]]:
    return {one.kind: (one.sheet, one.where) for one in judgement.leftovers()}


def test_two_people_a_row_are_two(here: World) -> None:
    [other] = registration.members(here, 1)
    hosted(here, other)
    rows = [(*HEAD, *HEAD), ("陈晓宇", "2026-07-04", 1, other.name, "2026-07-05", 2)]
    rows.append(("陈晓宇", "2026-07-06", 3, "", "", ""))
    found = judged(here, book(rows))
    assert days(found) == [("2026-07-04", 60), ("2026-07-06", 180), ("2026-07-05", 120)]
    assert found.problems == []


def test_a_hidden_sheet_is_told_and_read_when_asked_for(here: World) -> None:
    workbook = book([HEAD, ("陈晓宇", "2026-07-04", 1)], [HEAD, ("陈晓宇", "2026-07-05", 2)])
    workbook.worksheets[1].sheet_state = "hidden"
    found = judged(here, workbook)
    assert (days(found), left(found)) == (
        [("2026-07-04", 60)],
        {LeftoverKind.SHEET_HIDDEN: ("表2", "")},
    )
    whole = judged(here, workbook, ImportScope(include_hidden=True))
    assert (len(whole.services), whole.leftovers()) == (2, [])


def test_filtered_rows_are_read_and_told_or_left_out(here: World) -> None:
    workbook = book([HEAD, ("陈晓宇", "2026-07-04", 1), ("陈晓宇", "2026-07-05", 2)])
    first(workbook).row_dimensions[3].hidden = True
    found = judged(here, workbook)
    assert len(found.services) == 2
    assert left(found) == {LeftoverKind.ROWS_HIDDEN_READ: ("表1", "3")}
    without = judged(here, workbook, ImportScope(skip_unseen=True))
    assert len(without.services) == 1
    assert left(without) == {LeftoverKind.ROWS_HIDDEN: ("表1", "3")}


def test_the_page_reads_a_hidden_sheet_with_one_tap(here: World) -> None:
    workbook = book([HEAD, ("陈晓宇", "2026-07-04", 1)], [HEAD, ("陈晓宇", "2026-07-05", 2)])
    workbook.worksheets[1].sheet_state = "hidden"
    file = SimpleUploadedFile("x.xlsx", content(workbook))
    assert 'name="include_hidden" value="1"' in text(sent(here, "an", "all", file=file))
    upload = RecordImport.objects.get()
    again = text(sent(here, "an", "columns", upload.pk, include_hidden="1"))
    assert "2 条服务可以登记" in again
    sent(here, "an", "apply", upload.pk)
    upload.refresh_from_db()
    assert upload.recorded == 2


def test_the_year_stands_in_the_title_or_in_the_name_of_the_sheet(here: World) -> None:
    rows = [("柳荫社区2026年三月服务表",), HEAD, ("陈晓宇", "3月5日", 1)]
    assert days(judged(here, book(rows))) == [("2026-03-05", 60)]
    workbook = book(rows[1:])
    first(workbook).title = "2026年3月"
    assert days(judged(here, workbook)) == [("2026-03-05", 60)]


def test_other_sheets_columns_and_rows_are_listed(here: World) -> None:
    services = [
        ("序号", *HEAD, "满意度", "累计时长"),
        (1, "陈晓宇", "2026-07-04", 1, "好", 20, "雨天改期"),
        (2, "路长河", "", "", "", ""),
        ("", "", "", 1, "", ""),
        (3, "", "", "", "", ""),
    ]
    dues = [("姓名", "月份", "党费"), ("陈晓宇", "7月", 12)]
    found = judged(here, book(services, dues, []))
    assert (len(found.services), found.problems, found.rows) == (1, [], 1)
    assert left(found) == {
        LeftoverKind.COLUMN_UNKNOWN: ("表1", "E、F"),
        LeftoverKind.COLUMN_NAMELESS: ("表1", "G"),
        LeftoverKind.ROWS_NAMES: ("表1", "3"),
        LeftoverKind.ROWS_MARGIN: ("表1", "4"),
        LeftoverKind.SHEET_HEADLESS: ("表2", ""),
        LeftoverKind.SHEET_EMPTY: ("表3", ""),
    }


def test_a_service_of_nobody_is_a_problem_and_no_total(here: World) -> None:
    rows = [HEAD, ("陈晓宇", "2026-07-04", 1), ("", "2026-07-05", 2), ("", "合计", 3)]
    found = judged(here, book(rows))
    assert [(one.row, one.kind) for one in found.problems] == [(3, "name")]
    assert left(found)[LeftoverKind.ROWS_MARGIN] == ("表1", "4")


def test_a_merged_name_holds_for_its_days(here: World) -> None:
    workbook = book([HEAD, ("陈晓宇", "2026-07-04", 1), (None, "2026-07-05", 2)])
    first(workbook).merge_cells("A2:A3")
    assert days(judged(here, workbook)) == [("2026-07-04", 60), ("2026-07-05", 120)]


def test_a_header_of_two_levels_is_one(here: World) -> None:
    workbook = book(
        [("姓名", "服务时间", "", "内容"), ("", "日期", "时长（分钟）", "")],
    )
    sheet = first(workbook)
    sheet.append(["陈晓宇", "2026-07-04", 45, "巡逻"])
    for cells in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(cells)
    assert days(judged(here, workbook)) == [("2026-07-04", 45)]


@pytest.fixture
def crowd(here: World) -> list[Person]:
    return [hosted(here, one) for one in registration.members(here, 4)]


@pytest.mark.parametrize("seed", range(12))
def test_everybody_is_recorded_or_named_whatever_the_shape(
    here: World, crowd: list[Person], seed: int
) -> None:
    chance = random.Random(seed)
    columns = chance.sample(
        [
            ("序号", None),
            ("姓名", "name"),
            ("服务日期", "day"),
            ("时长（小时）", "hours"),
            ("备注", None),
        ],
        5,
    )
    people = [*(one.name for one in crowd), "路长河"]
    lines: list[dict[str, object]] = [
        {
            "name": name,
            "day": f"2026-0{chance.randint(1, 7)}-0{chance.randint(1, 9)}",
            "hours": chance.choice([1, "2小时", "90分钟", 36, "半天", "", "很久"]),
        }
        for name in people
        for _ in range(chance.randint(1, 3))
    ]
    lines.sort(key=lambda line: str(line["day"]))
    rows: list[list[object]] = [["服务统计表"]] * chance.randint(0, 2)
    rows.append([title for title, _ in columns])
    where: dict[int, str] = {}
    for line in lines:
        if chance.random() < 0.2:
            rows.append(["小计", "", "", 3, ""])
        rows.append([line.get(key or "", "") for _, key in columns])
        where[len(rows)] = str(line["name"])
    workbook = book(rows)
    for number in chance.sample(sorted(where), 2):
        first(workbook).row_dimensions[number].hidden = True
    found = judged(here, workbook)
    good = {(one.row.row, one.person.name) for one in found.services}
    faulty = {(one.row, one.who) for one in found.problems}
    assert good | faulty == set(where.items())
    assert not good & faulty
    assert found.rows == len(lines) == len(good) + found.left_out


def test_a_column_that_was_not_used_is_used_with_one_tap(here: World) -> None:
    workbook = book(
        [
            ("姓名", "服务日期", "时长（小时）", "时长（分钟）", "姓名（服务对象）"),
            ("陈晓宇", "2026-07-04", 1, 90, "某某"),
        ]
    )
    first(workbook).column_dimensions["D"].hidden = True
    file = SimpleUploadedFile("a.xlsx", content(workbook))
    shown = text(sent(here, "an", "all", file=file))
    assert "隐藏列，未使用" in shown
    assert "用作“服务时长”" in shown
    upload = RecordImport.objects.get()
    again = text(sent(here, "an", "columns", upload.pk, use="time|时长(分钟)"))
    assert "1 小时 30 分钟" in again
    assert TableWord.objects.get().meaning == "time"
    sent(here, "an", "apply", upload.pk)
    assert ServiceRecord.objects.get().minutes == 90


def test_days_of_1904_are_the_days_that_are_seen(here: World) -> None:
    workbook = book([HEAD, ("陈晓宇", date(2026, 7, 4), 1)])
    workbook.epoch = CALENDAR_MAC_1904
    assert days(judged(here, workbook)) == [("2026-07-04", 60)]
