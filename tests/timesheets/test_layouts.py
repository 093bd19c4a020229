"""Layouts in which communities keep services, each with the services that stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.ledger.rules.durations import Uncertainty as Open
from baodao.people.models import Person
from baodao.registration.commands import arrivals, letters, presentations
from baodao.timesheets.queries.files import sheets_in
from baodao.timesheets.queries.imports import Judgement, judge
from baodao.timesheets.rules.questions import PLAIN, ImportScope
from tests import factories
from tests.world import World

A, B, C, D = "乐华", "史云舒", "戴萍", "阿卜杜·热合曼·买买提"
Rows = Sequence[Sequence[object]]


@pytest.fixture
def people(world: World) -> list[Person]:
    """Everybody of the tables, registered in An's community."""
    members = [factories.member(n, world.first, home_community=world.willow) for n in (A, B, C, D)]
    deng, an = world.actor("deng"), world.actor("an")
    batch = letters.issue_letters(deng, person_ids=[one.pk for one in members])
    presented = presentations.present_group(deng, registration_ids=[one.pk for one in batch.done])
    arrivals.accept(an, registration_ids=[one.pk for one in presented.done])
    return members


@dataclass(frozen=True)
class Layout:
    """Sheets of rows, the merged cells of the first, and what is right: services as name, day of
    July and minutes; what is asked, and the kinds of problems and leftovers."""

    rows: Rows
    services: Sequence[tuple[str, int, int]] = ()
    asked: Sequence[Open] = ()
    problems: Sequence[str] = ()
    left: Sequence[str] = ()
    merges: Sequence[str] = ()
    sheet: str = "表1"
    more: Sequence[tuple[str, Rows]] = ()


TITLE = ("柳荫社区2026年7月志愿服务统计表（单位：小时）",)

LAYOUTS: dict[str, Layout] = {
    "who did not come, said in place of the length or in a remark": Layout(
        [
            ("姓名", "日期", "时长", "备注"),
            (A, "2026-07-04", "请假", ""),
            (B, "2026-07-04", "2小时", "未到"),
            (C, "2026-07-04", "2小时", "无"),
            (A, "2026-07-05", "2小时", "未到退休年龄"),
            (B, "2026-07-05", "缺席", "因病"),
        ],
        services=[(C, 4, 120), (A, 5, 120)],
        left=["rows-absent"],
    ),
    "minutes under a heading without a unit, small ones too": Layout(
        [
            ("2026年7月服务表",),
            ("姓名", "日期", "服务时长"),
            (A, "7月4日", 60),
            (B, "7月4日", 90),
            (C, "7月4日", 10),
            (D, "7月4日", 5),
        ],
        services=[(A, 4, 60), (B, 4, 90), (C, 4, 10), (D, 4, 5)],
        asked=[Open.NO_UNIT],
        left=["rows-above"],
    ),
    "hours under a heading without a unit, with their total": Layout(
        [
            ("2026年7月服务表",),
            ("姓名", "日期", "服务时长"),
            (A, "7月4日", 6),
            (B, "7月4日", 8),
            ("合计", "", 14),
        ],
        services=[(A, 4, 360), (B, 4, 480)],
        left=["rows-above", "rows-margin"],
    ),
    "bands of days": Layout(
        [
            TITLE,
            ("姓名", "时长", "内容"),
            ("7月4日",),
            (A, 2, "巡逻"),
            (B, 1, ""),
            ("7月5日",),
            (C, 3),
        ],
        [(A, 4, 120), (B, 4, 60), (C, 5, 180)],
        left=("rows-above", "rows-band"),
    ),
    "merged bands with a subject": Layout(
        [
            TITLE,
            ("序号", "姓名", "时长"),
            ("一、7月4日 清洁家园（2人）",),
            (1, A, 2),
            (2, B, 1),
            ("二、7月5日 义诊（1人）",),
            (1, C, 3),
        ],
        [(A, 4, 120), (B, 4, 60), (C, 5, 180)],
        left=("rows-above", "rows-band"),
        merges=("A3:C3", "A6:C6"),
    ),
    "bands with hours and no length": Layout(
        [("姓名", "电话"), ("2026年7月4日 9:00-11:00",), (A,), (B,)],
        [(A, 4, 120), (B, 4, 120)],
        left=("rows-band",),
    ),
    "bands before headers": Layout(
        [
            ("2026年7月4日",),
            ("姓名", "时长（小时）"),
            (A, 2),
            (),
            ("2026年7月5日",),
            ("姓名", "时长（小时）"),
            (B, 3),
        ],
        [(A, 4, 120), (B, 5, 180)],
        [Open.DAY_ABOVE],
        left=("rows-above", "rows-band", "rows-header"),
    ),
    "matrix": Layout(
        [
            TITLE,
            ("姓名", "7月1日", "7月2日", "7月3日", "合计"),
            (A, 2, "", 1.5, 3.5),
            (B, "", 1, "", 1),
            ("合计", 2, 1, 1.5, 4.5),
        ],
        [(A, 1, 120), (A, 3, 90), (B, 2, 60)],
        left=("column-unknown", "rows-above", "rows-margin"),
    ),
    "matrix of bare days": Layout(
        [
            TITLE,
            ("序号", "姓名", 1, 2, 3, 4, "合计"),
            (1, A, 2, "", "", 1, 3),
            (2, B, "", "", "", "", 0),
        ],
        [(A, 1, 120), (A, 4, 60)],
        left=("column-unknown", "rows-above", "rows-names"),
    ),
    "matrix of dates": Layout(
        [("姓名", date(2026, 7, 1), date(2026, 7, 2)), (A, 2, ""), (B, "半小时", 1)],
        [(A, 1, 120), (B, 1, 30), (B, 2, 60)],
    ),
    "matrix with the month over the days": Layout(
        [
            TITLE,
            ("姓名", "7月", "", "", "备注"),
            ("", 1, 2, 3, ""),
            (A, 2, "", 1, "好"),
            (B, "", 2, "", ""),
        ],
        [(A, 1, 120), (A, 3, 60), (B, 2, 120)],
        left=("rows-above",),
        merges=("B2:D2",),
    ),
    "matrix with merged levels": Layout(
        [
            ("序号", "姓名", "服务时长（小时）", "", ""),
            ("", "", "2026.7.4", "2026.7.5", "2026.7.6"),
            (1, A, 2, 1, ""),
            (2, B, "", "", 4),
        ],
        [(A, 4, 120), (A, 5, 60), (B, 6, 240)],
        merges=("A1:A2", "B1:B2", "C1:E1"),
    ),
    "matrix in minutes": Layout(
        [("2026年服务时长（分钟）",), ("姓名", "7.4", "7.5"), (A, 90, 30)],
        [(A, 4, 90), (A, 5, 30)],
        left=("rows-above",),
    ),
    "matrix of ticks": Layout(
        [TITLE, ("姓名", "7月4日", "7月5日"), (A, "√", "×"), (B, "√", "请假")],
        [(A, 4, 60), (B, 4, 60)],
        [Open.TICK],
        left=("rows-above", "rows-absent"),
    ),
    "matrix with hours in the cells": Layout(
        [TITLE, ("姓名", "7月4日（周六）", "7月5日（周日）"), (A, "9:00-11:00", "14:00—16:30")],
        [(A, 4, 120), (A, 5, 150)],
        left=("rows-above",),
    ),
    "matrix with a cell that cannot be read": Layout(
        [TITLE, ("姓名", "7月4日", "7月5日"), (A, "打扫", 2), ("路长河", 1, 1)],
        [(A, 5, 120)],
        problems=("time", "unknown", "unknown"),
        left=("rows-above",),
    ),
    "matrix with a day that is more than a day": Layout(
        [TITLE, ("姓名", "7月4日", "7月5日"), (A, 36, 2)],
        [(A, 4, 36)],
        [Open.OVER_DAY],
        problems=("time-unit",),
        left=("rows-above",),
    ),
    "two matrices, one below the other": Layout(
        [TITLE, ("姓名", "7月1日", "7月2日"), (A, 2, ""), ("姓名", "7月3日", "7月4日"), (A, "", 1)],
        [(A, 1, 120), (A, 4, 60)],
        left=("rows-above", "rows-header"),
    ),
    "a range of days": Layout(
        [("姓名", "日期", "时长"), (A, "2026.7.4-7.6", "2小时")],
        [(A, 4, 120), (A, 5, 120), (A, 6, 120)],
        [Open.SEVERAL_DAYS],
    ),
    "days in a list, so long each day": Layout(
        [
            ("姓名", "日期", "时长"),
            (A, "2026年7月4日、5日", "每天2小时"),
            (B, "2026年7月4日、11日 9:00-10:00", ""),
        ],
        [(A, 4, 120), (A, 5, 120), (B, 4, 60), (B, 11, 60)],
    ),
    "days the wrong way round": Layout(
        [("姓名", "日期", "时长"), (A, "2026.7.6-7.4", "2小时")], problems=("days",)
    ),
    "sign-in sheet with the hours above": Layout(
        [
            ("柳荫社区志愿服务签到表",),
            ("活动时间：2026年7月4日 9:00-11:00", "", "活动地点：社区广场"),
            ("序号", "姓名", "联系电话", "签名"),
            (1, A, "", "乐华"),
            (2, B, "", ""),
            (3, C, "", "√"),
        ],
        [(A, 4, 120), (C, 4, 120)],
        [Open.DAY_ABOVE],
        left=("rows-above", "rows-names"),
    ),
    "sign-in sheet with hours of coming and going": Layout(
        [
            ("2026年7月4日志愿服务签到表",),
            ("姓名", "签到时间", "签退时间"),
            (A, "9:00", "11:00"),
            (B, "9:30", "10:30"),
            (C, "", ""),
        ],
        [(A, 4, 120), (B, 4, 60)],
        [Open.DAY_ABOVE],
        left=("rows-above", "rows-names"),
    ),
    "sign-in sheet without any time": Layout(
        [("活动日期：2026年7月4日",), ("姓名", "签到"), (A, "√"), (B, "请假"), (C, "已到")],
        [(A, 4, 60), (C, 4, 60)],
        [Open.DAY_ABOVE, Open.TICK],
        left=("rows-above", "rows-absent"),
    ),
    "the day of the paper is none of a service": Layout(
        [
            ("志愿服务登记表",),
            ("填表日期：2026年8月1日",),
            ("姓名", "日期", "时长"),
            (A, "2026-07-04", 2),
        ],
        [(A, 4, 120)],
        left=("rows-above",),
    ),
    "a sheet a day": Layout(
        [("姓名", "时长（小时）"), (A, 2)],
        [(A, 4, 120), (B, 5, 60)],
        [Open.DAY_ABOVE],
        sheet="2026年7月4日",
        more=(("2026年7月5日", [("姓名", "时长（小时）"), (B, 1)]),),
    ),
    "the day once, in the first row of each": Layout(
        [("日期", "姓名", "时长"), ("2026-07-04", A, 2), ("", B, 1), ("2026-07-05", C, 3)],
        [(A, 4, 120), (B, 4, 60), (C, 5, 180)],
        [Open.DAY_ABOVE],
    ),
    "the same as above": Layout(
        [
            ("日期", "姓名", "时长", "内容"),
            ("2026-07-04", A, "2小时", "巡逻"),
            ("同上", B, "同上", "〃"),
        ],
        [(A, 4, 120), (B, 4, 120)],
    ),
    "a year's total of each person": Layout(
        [("2026年服务时长汇总表",), ("姓名", "服务次数", "累计时长"), (A, 12, 36)],
        problems=("refused",),
    ),
    "totals beside each person": Layout(
        [
            ("姓名", "日期", "时长（小时）", "累计时长"),
            (A, "2026-07-04", 2, 2),
            (A, "2026-07-05", 1, 3),
        ],
        [(A, 4, 120), (A, 5, 60)],
        left=("column-unknown",),
    ),
    "subtotals of each person": Layout(
        [
            ("姓名", "日期", "时长（小时）"),
            (A, "2026-07-04", 2),
            (A, "2026-07-05", 1),
            ("小计", "", 3),
            (f"{A}小计", "", 3),
            (B, "2026-07-04", 1),
            ("总计：3人次", "", 4),
        ],
        [(A, 4, 120), (A, 5, 60), (B, 4, 60)],
        left=("rows-margin",),
    ),
    "rows that are only numbered": Layout(
        [
            ("序号", "姓名", "日期", "时长"),
            (1, A, "2026-07-04", "2小时"),
            (2,),
            (3,),
            ("4", "", "", ""),
        ],
        [(A, 4, 120)],
    ),
    "footers": Layout(
        [
            ("姓名", "日期", "时长"),
            (A, "2026-07-04", "2小时"),
            (),
            ("备注：时长不含路途",),
            ("填表人：安静", "", "负责人（签字）："),
            ("2026年8月1日",),
            ("社区党委（盖章）",),
        ],
        [(A, 4, 120)],
        left=("rows-margin",),
    ),
    "names of minorities": Layout(
        [
            ("姓名", "日期", "时长"),
            ("阿卜杜•热合曼•买买提", "2026-07-04", "2小时"),
            ("阿卜杜 · 热合曼 · 买买提", "2026-07-05", "2小时"),
            ("阿卜杜.热合曼.买买提", "2026-07-06", "2小时"),
            ("阿卜杜热合曼买买提", "2026-07-07", "2小时"),
            (f"{A}、阿卜杜・热合曼・买买提", "2026-07-08", "1小时"),
        ],
        [(D, 4, 120), (D, 5, 120), (D, 6, 120), (D, 7, 120), (A, 8, 60), (D, 8, 60)],
    ),
    "36 under hours": Layout(
        [("姓名", "日期", "时长（小时）"), (A, "2026-07-04", 36), (B, "2026-07-04", 13)],
        [(A, 4, 36)],
        [Open.OVER_DAY, Open.LONG_TIME],
        problems=("time-unit",),
    ),
    "every row in days": Layout(
        [
            ("姓名", "日期", "时长"),
            (A, "2026-07-04", "1天"),
            (B, "2026-07-04", "半天"),
            (C, "2026-07-05", "1天"),
        ],
        [(A, 4, 360), (B, 4, 180), (C, 5, 360)],
        [Open.WHOLE_DAYS],
    ),
    "two blocks side by side": Layout(
        [
            TITLE,
            ("姓名", "日期", "时长", "", "姓名", "日期", "时长"),
            (A, "7月4日", 2, "", B, "7月5日", 1),
            (C, "7月6日", 3, "", "", "", ""),
        ],
        [(A, 4, 120), (B, 5, 60), (C, 6, 180)],
        left=("rows-above",),
    ),
    "two sign-in blocks side by side": Layout(
        [
            ("2026年7月4日 14:00-16:00 活动签到",),
            ("序号", "姓名", "签名", "序号", "姓名", "签名"),
            (1, A, "乐华", 2, B, "史云舒"),
            (3, C, "", 4, "", ""),
        ],
        [(A, 4, 120), (B, 4, 120)],
        [Open.DAY_ABOVE],
        left=("rows-above", "rows-names"),
    ),
    "several people of one activity in a row": Layout(
        [
            ("活动日期", "活动内容", "参加人员", "服务时长"),
            ("2026-07-04", "巡逻", f"{A}、{B}、{C}", "2小时"),
        ],
        [(A, 4, 120), (B, 4, 120), (C, 4, 120)],
    ),
    "merged day and hours": Layout(
        [
            ("日期", "姓名", "时长"),
            ("2026-07-04", A, "2小时"),
            ("", B, ""),
            ("2026-07-05", C, "1小时"),
        ],
        [(A, 4, 120), (B, 4, 120), (C, 5, 60)],
        merges=("A2:A3", "C2:C3"),
    ),
    "matrix with two columns a day": Layout(
        [
            ("姓名", "2026年7月4日", "", "2026年7月5日", ""),
            ("", "时长", "内容", "时长", "内容"),
            (A, "2小时", "巡逻", "1小时", "义诊"),
        ],
        [(A, 4, 120), (A, 5, 60)],
        left=("rows-above",),
        merges=("A1:A2", "B1:C1", "D1:E1"),
    ),
    "a list of names with a title is no service": Layout(
        [("2026年7月4日党员名册",), ("姓名", "身份证号", "联系电话"), (A, "", "")],
        problems=("refused",),
    ),
}


def test_what_was_done_on_a_day_stands_beside_its_hours(world: World, people: list[Person]) -> None:
    found = judged(world, LAYOUTS["matrix with two columns a day"], ImportScope())
    assert [one.entry.result for one in found.services] == ["巡逻", "义诊"]


def judged(world: World, layout: Layout, scope: ImportScope) -> Judgement:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in ((layout.sheet, layout.rows), *layout.more):
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append([value if value != "" else None for value in row])
    for cells in layout.merges:
        workbook.worksheets[0].merge_cells(cells)
    out = BytesIO()
    workbook.save(out)
    with clock.at(clock.end_of(date(2026, 11, 28))):
        return judge(world.actor("an"), world.willow, out.getvalue(), scope)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_has_its_right_value(world: World, people: list[Person], name: str) -> None:
    has_its_right_value(world, LAYOUTS[name])


def has_its_right_value(world: World, layout: Layout) -> None:
    """Whether a layout is read as it says, and every row is a service or has a problem."""
    if "refused" in layout.problems:
        with pytest.raises(Refused, match="no-header"):
            judged(world, layout, ImportScope())
        return
    found = judged(world, layout, ImportScope(frozenset(layout.asked), day_hours=6))
    services = [
        (one.person.name, one.entry.served_on.day, one.entry.minutes) for one in found.services
    ]
    assert sorted(services) == sorted(layout.services)
    assert sorted(one.kind for one in found.problems) == sorted(layout.problems)
    assert {one.kind for one in found.leftovers()} == set(layout.left)
    plain = judged(world, layout, ImportScope())
    asked = {one.kind for one in plain.problems} & set(Open)
    assert asked == set(layout.asked)
    good = {(one.row.sheet, one.row.row, one.row.part) for one in found.services}
    assert found.rows == len(good) + found.left_out == plain.rows


def test_a_month_of_many_people_is_not_too_many_rows() -> None:
    days = [f"7月{day}日" for day in range(1, 32)]
    rows = [("姓名", *days), *((f"党员{A}", 1, *[None] * 30) for _ in range(200))]
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.worksheets[0].append(list(row))
    out = BytesIO()
    workbook.save(out)
    [sheet], _ = sheets_in(out.getvalue(), PLAIN, {})
    assert (len(sheet.tables), sheet.count) == (31, 200)
