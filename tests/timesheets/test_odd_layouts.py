"""Layouts that leave something to the reader: days without months, one person's sheet, totals."""

from datetime import timedelta

import pytest

from baodao.ledger.rules.durations import Uncertainty as Open
from baodao.people.models import Person
from tests.timesheets.test_layouts import TITLE, A, B, C, Layout, has_its_right_value
from tests.timesheets.test_layouts import people as people
from tests.world import World

HEAD = ("姓名", "日期", "时长（小时）")
MONTH = ("2026年7月志愿服务统计表",)

LAYOUTS: dict[str, Layout] = {
    "hours with their half of the day and one 点": Layout(
        [
            ("姓名", "服务时间"),
            (A, "2026年7月4日下午2-4点"),
            (B, "2026年7月4日上午9-11点半"),
            (C, "2026年7月4日9-11点"),
            (A, "2026年7月5日2-4点"),
        ],
        [(A, 4, 120), (B, 4, 150), (C, 4, 120)],
        problems=("began",),
    ),
    "names that are covered or stand for somebody": Layout(
        [
            ("姓名", "志愿服务编号", "日期", "时长（小时）"),
            ("史某某", "", "2026-07-04", 2),
            ("戴女士", "ZY00000001", "2026-07-04", 2),
            ("戴阿姨、史云舒", "", "2026-07-04", 2),
        ],
        problems=("name-not-whole", "name-not-whole", "several-unknown"),
    ),
    "how often, beside how long each time": Layout(
        [
            ("姓名", "日期", "服务次数", "每次时长（小时）", "备注"),
            (A, "2026-07-04", 3, 2, ""),
            (B, "2026-07-04", "2次", 2, ""),
            (C, "2026-07-04", 1, 2, ""),
            (A, "7月5日、7月6日", 2, 2, ""),
            (B, "7月5日、7月6日", 3, 2, ""),
            (B, "2026-07-07", "", 2, "共三次"),
            (f"{A}（3次）", "2026-07-08", "", 2, ""),
            (f"{A}*3", "2026-07-09", "", 2, ""),
            (A, "2026-07-10", "", 2, "第3次"),
            (C, "2026-07-11", 0, 2, ""),
        ],
        [(C, 4, 120), (A, 5, 120), (A, 6, 120), (A, 10, 120)],
        problems=(*("times",) * 6, "void"),
        left=("column-unknown",),
    ),
    "how often in all, beside the days across": Layout(
        [("姓名", "2026年7月4日", "2026年7月5日", "服务次数"), (A, "2小时", "1小时", 2)],
        [(A, 4, 120), (A, 5, 60)],
        left=("column-unknown",),
    ),
    "what a remark takes off the length": Layout(
        [
            ("姓名", "日期", "时长（小时）", "备注"),
            (A, "2026-07-04", 2, "迟到1小时"),
            (B, "2026-07-04", 2, "扣除半小时"),
            (C, "2026-07-04", 2, "实际1.5小时"),
            (A, "2026-07-05", 2, "按一小时计"),
            (B, "2026-07-05", 2, "实际2小时"),
            (C, "2026-07-05", 2, "迟到"),
            (A, "2026-07-06", 2, "由戴萍代"),
            (B, "2026-07-06", 2, "关心下一代"),
        ],
        [(B, 5, 120), (C, 5, 120), (B, 6, 120)],
        problems=(*("length-otherwise",) * 4, "void"),
    ),
    "points are no length": Layout(
        [("姓名", "日期", "时长（积分）"), (A, "2026-07-04", 20)], problems=("refused",)
    ),
    "what a row says itself does not count": Layout(
        [
            ("姓名", "日期", "时长（小时）", "备注", "审核结果"),
            (A, "2026-07-04", 2, "活动取消", ""),
            (B, "2026-07-04", 2, "重复", ""),
            (C, "2026-07-04", 2, "", "不通过"),
            (A, "2026-07-05", 2, "取消了堆放的杂物", "通过"),
            (B, "2026-07-05", 2, "待核实", ""),
        ],
        [(A, 5, 120)],
        problems=("void",) * 4,
        left=("column-other",),
    ),
    "how long was owed beside how long it was": Layout(
        [("姓名", "日期", "应服务时长", "实际服务时长"), (A, "2026-07-04", "2小时", "1小时")],
        [(A, 4, 60)],
        left=("column-unknown",),
    ),
    "hours, and the same in minutes": Layout(
        [
            ("姓名", "日期", "时长（小时）", "时长（分钟）"),
            (A, "2026-07-04", 2, 120),
            (B, "2026-07-04", 1, 30),
            (C, "2026-07-04", 1, 90),
        ],
        [(A, 4, 120), (B, 4, 90)],
        problems=("time",),
    ),
    "formulas without a value": Layout(
        [
            ("姓名", "日期", "时长（小时）", "内容"),
            (A, "2026-07-04", "#VALUE!", "巡逻"),
            (B, "#N/A", 2, "巡逻"),
            ("#N/A", "2026-07-04", 2, "巡逻"),
            (C, "2026-07-04", 2, "#REF!"),
            ("#N/A", "#N/A", "#N/A", ""),
        ],
        [(C, 4, 120)],
        problems=("day", "name", "time-missing"),
        left=("cells-error",),
    ),
    "a sheet that is called old": Layout(
        [("姓名", "日期", "时长（小时）"), (A, "2026-07-04", 2)],
        [(A, 4, 120)],
        left=("past-list",),
        more=[("作废", [("姓名", "日期", "时长（小时）"), (B, "2026-07-04", 2)])],
    ),
    "days of the month in the title": Layout(
        [MONTH, HEAD, (A, "5日", 1), (B, 6, 2), (C, "7", "2小時"), (A, "8-9日", "每天1小时")],
        [(A, 5, 60), (B, 6, 120), (C, 7, 120), (A, 8, 60), (A, 9, 60)],
        left=("rows-above",),
    ),
    "days in the month in the title, one length": Layout(
        [MONTH, HEAD, (A, "5-6日", 2), (B, "7月5-6日", 1)],
        [(A, 5, 120), (A, 6, 120), (B, 5, 60), (B, 6, 60)],
        [Open.SEVERAL_DAYS],
        left=("rows-above",),
    ),
    "days of the month that names the sheet": Layout(
        [HEAD, (A, "5日", 1)], [(A, 5, 60)], sheet="2026年七月"
    ),
    "days without any month": Layout(
        [("志愿服务统计表",), HEAD, (A, "5日", 1), (B, "5-6日", 2), (C, 5, 1)],
        problems=("day-month", "day-month", "day-month"),
        left=("rows-above",),
    ),
    "days of a quarter": Layout(
        [("2026年5-7月志愿服务统计表",), HEAD, (A, "5日", 1), (B, "7月5日", 1)],
        [(B, 5, 60)],
        problems=("day-month",),
        left=("rows-above",),
    ),
    "the month of the paper is none of the days": Layout(
        [MONTH, ("填表日期：", "2026年8月1日"), HEAD, (A, "5日", 1)],
        [(A, 5, 60)],
        left=("rows-above",),
    ),
    "the day of the paper stands right over the length": Layout(
        [MONTH, ("填表日期：", "2026年8月1日", ""), ("姓名", "时长", "日期"), (A, 1, "5日")],
        [(A, 5, 60)],
        left=("rows-above",),
    ),
    "a number where hours could stand is no day": Layout(
        [MONTH, ("姓名", "服务时间", "时长"), (A, 5, 1)],
        problems=("day-month",),
        left=("rows-above",),
    ),
    "bands of days in the month of the title": Layout(
        [TITLE, ("姓名", "时长"), ("5日（星期日）",), (A, 2), ("6日 巡逻",), (B, 1)],
        [(A, 5, 120), (B, 6, 60)],
        left=("rows-above", "rows-band"),
    ),
    "a building is no day": Layout(
        [TITLE, ("姓名", "日期", "时长"), ("5号楼",), (A, "7月6日", 2)],
        [(A, 6, 120)],
        left=("rows-above", "rows-margin"),
    ),
    "a matrix of two days": Layout(
        [TITLE, ("姓名", "4日", "5日"), (A, 2, 1), (B, "", "半小时")],
        [(A, 4, 120), (A, 5, 60), (B, 5, 30)],
        left=("rows-above",),
    ),
}

EACH = ("柳荫社区2026年7月志愿服务登记表（每次2小时）",)
LAYOUTS |= {
    "a title that says how long each time was": Layout(
        [EACH, ("姓名", "日期", "内容"), (A, "7月4日", "巡逻"), (B, "7月5日", "")],
        [(A, 4, 120), (B, 5, 120)],
        left=("rows-above",),
    ),
    "a title that says how long, and lengths of their own": Layout(
        [EACH, ("姓名", "日期", "时长"), (A, "7月4日", ""), (B, "7月5日", "1小时")],
        [(A, 4, 120), (B, 5, 60)],
        left=("rows-above",),
    ),
    "a title that says how long a tick counts": Layout(
        [EACH, ("姓名", "7月4日", "7月5日"), (A, "√", ""), (B, "", "√")],
        [(A, 4, 120), (B, 5, 120)],
        left=("rows-above",),
    ),
    "a title that says how long each of one day was": Layout(
        [("2026年7月4日清洁行动，每人2小时",), ("姓名", "单位"), (A, "甲局"), (B, "乙局")],
        [(A, 4, 120), (B, 4, 120)],
        [Open.DAY_ABOVE],
        left=("rows-above", "column-unknown"),
    ),
    "a title that says how long at most": Layout(
        [("2026年7月（每次不超过2小时）",), ("姓名", "日期"), (A, "7月4日")],
        problems=("refused",),
    ),
    "who did not come by a remark beside the content": Layout(
        [
            TITLE,
            ("姓名", "日期", "时长", "内容", "备注"),
            (A, "7月4日", 2, "巡逻", "借调"),
            (B, "7月4日", 2, "巡逻", "请假"),
        ],
        [(A, 4, 120)],
        left=("rows-above", "rows-absent", "column-second"),
    ),
}

LAYOUTS |= {
    "day and month that can be taken for each other": Layout(
        [("志愿服务统计表",), HEAD, (A, "4/7/2026", 1), (B, "7/4/2026", 2), (C, "7/7/2026", 1)],
        [(A, 4, 60), (B, 7, 120), (C, 7, 60)],
        [Open.DAY_ORDER],
        left=("rows-above",),
    ),
    "days of which one tells the order of all": Layout(
        [HEAD, (A, "13/7/2026", 1), (B, "7/4/2026", 2)], [(A, 13, 60), (B, 7, 120)]
    ),
    "days of which the month in the title tells the order": Layout(
        [MONTH, HEAD, (A, "7/4/2026", 1), (B, "7.5.26", 2)],
        [(A, 4, 60), (B, 5, 120)],
        left=("rows-above",),
    ),
    "years in two digits": Layout(
        [HEAD, (A, "26.7.4", 1), (B, "26.07.05", 2)], [(A, 4, 60), (B, 5, 120)]
    ),
    "days in two orders": Layout(
        [HEAD, (A, "13/7/2026", 1), (B, "7/14/2026", 2)], problems=("day", "day")
    ),
}

LOG = ("日期", "时长（小时）", "内容")
LAYOUTS |= {
    "one person's sheet": Layout(
        [
            ("志愿服务记录表",),
            ("姓名：乐 华  性别：男", "", "电话："),
            LOG,
            ("2026-07-04", 2, "巡逻"),
            ("2026-07-05", 1, ""),
            ("合计", 3, ""),
            ("填表人：史云舒",),
        ],
        [(A, 4, 120), (A, 5, 60)],
        left=("rows-above", "rows-margin"),
    ),
    "one person's sheet, label and name in two cells": Layout(
        [("姓名", A, "性别", "男"), LOG, ("2026-07-04", 2, ""), ("2026-07-05", "", "巡逻")],
        [(A, 4, 120)],
        problems=("time-missing",),
        left=("rows-above",),
    ),
    "one person's sheet that begins like a header": Layout(
        [("姓名", A, "电话", ""), LOG[:2], ("2026-07-04", 2)],
        [(A, 4, 120)],
    ),
    "several people's sheets, one below the other": Layout(
        [
            ("姓名：乐华",),
            LOG,
            ("2026-07-04", 2, ""),
            (),
            ("姓名：史云舒",),
            LOG,
            ("2026-07-05", 1, ""),
            ("姓名：戴萍",),
            ("时长（小时）", "日期"),
            (3, "2026-07-06"),
        ],
        [(A, 4, 120), (B, 5, 60), (C, 6, 180)],
        left=("rows-above", "rows-band", "rows-header"),
    ),
    "bands of persons below one header": Layout(
        [LOG, ("姓名：乐华",), ("2026-07-04", 2, ""), ("姓名：史云舒",), ("2026-07-05", 1, "")],
        [(A, 4, 120), (B, 5, 60)],
        left=("rows-band",),
    ),
    "a sheet a person": Layout(
        [("姓名：乐华",), LOG, ("2026-07-04", 2, "")],
        [(A, 4, 120), (B, 5, 60)],
        left=("rows-above",),
        more=(("表2", [("姓名：史云舒",), LOG, ("2026-07-05", 1, "")]),),
    ),
    "the number above decides who is meant": Layout(
        [("姓名：乐华", "手机号：19900000099"), LOG, ("2026-07-04", 2, "")],
        problems=("other-number",),
        left=("rows-above",),
    ),
    "nobody of the name above": Layout(
        [("姓名：路长河",), LOG, ("2026-07-04", 2, "")],
        problems=("unknown",),
        left=("rows-above",),
    ),
    "two names above are nobody's table": Layout(
        [("姓名：乐华  姓名：史云舒",), LOG, ("2026-07-04", 2, "")], problems=("refused",)
    ),
    "the name of another above": Layout(
        [("负责人姓名：乐华",), LOG, ("2026-07-04", 2, "")], problems=("refused",)
    ),
    "the people of one activity above its hours": Layout(
        [
            ("活动时间：2026年7月4日",),
            ("参加人员：乐华、史云舒",),
            ("内容", "时长"),
            ("巡逻", "2小时"),
        ],
        [(A, 4, 120), (B, 4, 120)],
        [Open.DAY_ABOVE],
        left=("rows-above",),
    ),
    "a count before the names is no total": Layout(
        [
            HEAD,
            (f"共2人：{A}、{B}", "2026-07-04", 1),
            ("共2人次", "", 2),
            (f"{A}（2人）", "2026-07-05", 1),
        ],
        [(A, 4, 60), (B, 4, 60)],
        problems=("several",),
        left=("rows-margin",),
    ),
    "a break beside the day": Layout(
        [
            ("姓名", "日期", "时段", "时长"),
            (A, "2026年7月4日（午休2小时）", "8:30-17:00", ""),
            (B, "2026年7月4日（午休2小时）", "8:30-17:00", "6.5小时"),
            (C, "2026年7月4日（午休2小时）", "8:30-17:00", "8.5小时"),
            (A, "2026年7月5日（午休2小时）", "", "8小时"),
            (B, "2026年7月5日（雨）", "", "8小时"),
            (C, "2026年7月5日（9:00-11:00）", "", ""),
            (A, "2026年7月6日（中午休息）", "8:30-17:00", ""),
        ],
        [(A, 4, 390), (B, 4, 390), (B, 5, 480), (C, 5, 120)],
        problems=("time", "time", "began"),
    ),
    "a break beside the day of coming and going": Layout(
        [
            ("姓名", "日期", "签到时间", "签退时间"),
            (A, "2026年7月4日（午休1小时）", "9:00", "17:00"),
            (B, "2026年7月4日（午休9小时）", "9:00", "17:00"),
        ],
        [(A, 4, 420)],
        problems=("began",),
    ),
    "another header below a band of a day": Layout(
        [
            ("2026年7月4日",),
            ("姓名", "时长"),
            (A, 2),
            ("2026年7月5日",),
            ("时长", "姓名"),
            (1, B),
        ],
        [(A, 4, 120), (B, 5, 60)],
        [Open.DAY_ABOVE],
        left=("rows-above", "rows-band", "rows-header"),
    ),
}

LAYOUTS |= {
    "ticks with the hours in the headings": Layout(
        [
            TITLE,
            ("姓名", "7月4日（2小时）", "7月5日（巡逻，90分钟）", "7月6日 9:00-11:00"),
            (A, "√", "√", "√"),
            (B, "", "3小时", "请假"),
        ],
        [(A, 4, 120), (A, 5, 90), (A, 6, 120), (B, 5, 180)],
        left=("rows-above", "rows-absent"),
    ),
    "ticks with the hours in a row of their own": Layout(
        [
            TITLE,
            ("姓名", "7月4日", "7月5日"),
            ("时长", "2小时", "3小时"),
            (A, "√", ""),
            (B, 1, "√"),
        ],
        [(A, 4, 120), (B, 4, 60), (B, 5, 180)],
        left=("rows-above",),
    ),
    "ticks with the hours as a second level": Layout(
        [TITLE, ("姓名", "4日", "5日"), ("", "2小时", "9:00-12:00"), (A, "√", "√")],
        [(A, 4, 120), (A, 5, 180)],
        left=("rows-above",),
    ),
    "days with what was done, no hours": Layout(
        [TITLE, ("姓名", "7月4日巡逻", "7月5日（义诊）"), (A, "√", 2)],
        [(A, 4, 60), (A, 5, 120)],
        [Open.TICK],
        left=("rows-above",),
    ),
    "buildings are no days": Layout(
        [
            TITLE,
            ("姓名", "3号楼", "5号楼", "7号楼", "日期", "时长"),
            (A, "√", "", "√", "7月4日", 2),
        ],
        [(A, 4, 120)],
        left=("column-unknown", "rows-above"),
    ),
    "two tables side by side, each with bands of its own": Layout(
        [
            TITLE,
            ("姓名", "时长", "", "姓名", "时长"),
            ("7月4日", "", "", "7月5日", ""),
            (A, 2, "", B, 1),
            ("7月6日", "", "", C, 3),
            (B, 1, "", A, 2),
            ("7月8日",),
            (A, 1, "", B, 3),
        ],
        [
            *((A, 4, 120), (B, 5, 60), (C, 5, 180), (B, 6, 60)),
            *((A, 5, 120), (A, 8, 60), (B, 8, 180)),
        ],
        left=("rows-above", "rows-band"),
    ),
    "two tables side by side in other words": Layout(
        [
            TITLE,
            ("姓名", "日期", "时长", "", "志愿者", "服务日期", "服务时长"),
            (A, "5日", 2, "", B, "6日", 1),
        ],
        [(A, 5, 120), (B, 6, 60)],
        left=("rows-above",),
    ),
    "hours and minutes in columns of their own": Layout(
        [("姓名", "日期", "小时", "分钟"), (A, "2026-07-04", 1, 30), (B, "2026-07-04", "", 45)],
        [(A, 4, 90), (B, 4, 45)],
    ),
    "how long was planned beside how long it was": Layout(
        [("姓名", "日期", "计划时长", "实际时长"), (A, "2026-07-04", "2小时", "1小时")],
        [(A, 4, 60)],
        left=("column-unknown",),
    ),
    "how long it was planned alone": Layout(
        [("姓名", "日期", "计划服务时长"), (A, "2026-07-04", "2小时")], problems=("refused",)
    ),
    "how long it was planned beside who came": Layout(
        [("姓名", "日期", "预计时长", "签到"), (A, "2026-07-04", "3小时", "√")],
        [(A, 4, 60)],
        asked=(Open.TICK,),
        left=("column-unknown",),
    ),
    "how long it was as stated": Layout(
        [("姓名", "日期", "申报时长"), (A, "2026-07-04", "2小时")], [(A, 4, 120)]
    ),
    "a unit in a column of its own": Layout(
        [
            ("姓名", "日期", "服务时长", "服务时长单位"),
            (A, "2026-07-04", 90, "分钟"),
            (B, "2026-07-04", 2, "小时"),
            (C, "2026-07-04", 2, "场"),
        ],
        [(A, 4, 90), (B, 4, 120)],
        problems=("time",),
    ),
    "an end on another day": Layout(
        [
            ("姓名", "开始时间", "结束时间"),
            (A, "2026/7/4 9:00", "2026/7/4 11:00"),
            (B, "2026/7/4 9:00", "2026/7/6 11:00"),
        ],
        [(A, 4, 120)],
        problems=("end-day",),
    ),
    "lengths as Excel counts them, over a day too": Layout(
        [
            ("姓名", "日期", "服务时长"),
            (A, "2026-07-04", timedelta(minutes=150)),
            (B, "2026-07-04", timedelta(hours=36)),
        ],
        [(A, 4, 150)],
        problems=("time-day",),
    ),
    "people across are told to be no names": Layout(
        [TITLE, ("日期", A, B, C), ("7月4日", 2, "", 1)], problems=("refused",)
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_has_its_right_value(world: World, people: list[Person], name: str) -> None:
    has_its_right_value(world, LAYOUTS[name])
