"""What communities write in tables of services, word for word: lengths, days, headings, names."""

from datetime import date, time

import pytest

from baodao.ledger.rules.durations import Length, TimeUnit, Uncertainty, length_of
from baodao.ledger.rules.service_days import (
    ReadDay,
    day_of,
    day_phrase,
    days_of,
    month_in,
    year_in,
)
from baodao.ledger.rules.spans import HoursServed, hours_of
from baodao.spreadsheets.cells import Cell
from baodao.spreadsheets.headings import header_key
from baodao.timesheets.rules.headings import SERVICE_WORDS, Columns, ServiceField, columns_of
from baodao.timesheets.rules.name_lists import people_in

TODAY = date(2026, 11, 28)
HOURS, MINUTES, UNSAID = TimeUnit.HOURS, TimeUnit.MINUTES, TimeUnit.UNSAID
RESTATED = TimeUnit.RESTATED
KNOWN = frozenset(
    ["乐华", "史云舒", "钱宇", "薛敏", "卢淑芬", "张三", "李四", "欧阳修远", "李和平"]
)


def headed(*titles: str) -> Columns:
    header = SERVICE_WORDS.find([titles])
    assert header is not None
    return columns_of(header)


@pytest.mark.parametrize(
    ("text", "unit", "length"),
    [
        ("2", HOURS, Length(120)),
        ("2", UNSAID, Length(120)),
        ("20", MINUTES, Length(20)),
        ("90", MINUTES, Length(90)),
        ("1.5", MINUTES, None),
        ("36", HOURS, Length(36, Uncertainty.OVER_DAY)),
        ("36.5", HOURS, Length(2190)),
        ("2000", HOURS, Length(120_000)),
        ("36", RESTATED, Length(36)),
        ("20", RESTATED, Length(20, Uncertainty.NO_UNIT)),
        ("2.5", RESTATED, Length(150)),
        ("36", UNSAID, Length(36, Uncertainty.NO_UNIT)),
        ("36分钟", HOURS, Length(36)),
        ("2小时", MINUTES, Length(120)),
        ("13", HOURS, Length(780, Uncertainty.LONG_TIME)),
        ("0.5", HOURS, Length(30)),
        ("0.25", HOURS, Length(360, Uncertainty.PART_OF_DAY)),
        ("0.125", UNSAID, Length(180, Uncertainty.PART_OF_DAY)),
        ("0.25小时", HOURS, Length(15)),
        ("半天", HOURS, Length(240, Uncertainty.WHOLE_DAYS)),
        ("0.5天", HOURS, Length(240, Uncertainty.WHOLE_DAYS)),
        ("两天", UNSAID, Length(960, Uncertainty.WHOLE_DAYS)),
        ("一天半", UNSAID, Length(720, Uncertainty.WHOLE_DAYS)),
        ("01:30:00", HOURS, Length(90)),
        ("约２小时", HOURS, Length(120)),
        ("2小时左右", HOURS, Length(120)),
        ("2小时（含路程）", HOURS, Length(120)),
        ("1.5h/人", HOURS, Length(90)),
        ("25小时", UNSAID, Length(1500)),
        ("２ 小時", MINUTES, Length(120)),
        ("１２０分钟", HOURS, Length(120)),
        ("90分鐘", UNSAID, Length(90)),
        ("兩個半小時", UNSAID, Length(150)),
        ("２小时３０分", UNSAID, Length(150)),
        ("2Ｈ", MINUTES, Length(120)),
        ("1个钟", UNSAID, Length(60)),
        ("2小时/次", UNSAID, Length(120)),
        ("全天", UNSAID, Length(480, Uncertainty.WHOLE_DAYS)),
        ("一上午", UNSAID, Length(240, Uncertainty.WHOLE_DAYS)),
        ("8小时（午休2小时）", HOURS, None),
        ("8小时（扣除午休）", UNSAID, None),
        ("6小时（已扣除午休）", HOURS, Length(360)),
        ("2小时（送餐、大扫除）", HOURS, Length(120)),
        ("2课时", HOURS, None),
        ("0", HOURS, None),
        ("很久", UNSAID, None),
    ],
)
def test_a_number_has_the_unit_of_its_heading(
    text: str, unit: TimeUnit, length: Length | None
) -> None:
    assert length_of(text, unit) == length


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("服务时长（小时）", HOURS),
        ("服务时长(分钟)", MINUTES),
        ("时长（分）", MINUTES),
        ("时长/小时", HOURS),
        ("时长（单位：分钟）", MINUTES),
        ("时长（h）", HOURS),
        ("时长（min）", MINUTES),
        ("服務時長（小時）", HOURS),
        ("時長（分鐘）", MINUTES),
        ("服务时数", HOURS),
        ("小时数", HOURS),
        ("时间（小时）", HOURS),
        ("服务时长", UNSAID),
        ("时长（小时/分钟）", UNSAID),
    ],
)
def test_the_headings_of_a_length_name_its_unit(title: str, unit: TimeUnit) -> None:
    columns = headed("参加人员", "服务日期", title)
    assert (columns.at[ServiceField.TIME], columns.unit, columns.missing(None)) == (2, unit, [])


@pytest.mark.parametrize("title", ["累计时长", "服务总时长", "全年时长", "积分"])
def test_a_sum_over_many_days_is_no_length_of_a_service(title: str) -> None:
    columns = headed("姓名", "服务日期", title)
    assert columns.missing(None) == ["服务时长"]
    assert [one.header for one in columns.header.unused] == [title]


def test_the_names_and_numbers_of_others_are_not_the_members() -> None:
    titles = ["姓名（服务对象）", "志愿者姓名", "联系电话（家属）", "手机号码", "日期", "时长"]
    columns = headed(*titles)
    assert (columns.at[ServiceField.NAME], columns.at[ServiceField.PHONE]) == (1, 3)
    assert len(columns.header.unused) == 2


@pytest.mark.parametrize(
    ("cell", "year", "day"),
    [
        ("2026年3月5日（星期四）", None, ReadDay(date(2026, 3, 5))),
        ("2026-03-05 周四", None, ReadDay(date(2026, 3, 5))),
        ("2026年3月5日（星期五）", None, "weekday"),
        ("3月5日", 2025, ReadDay(date(2025, 3, 5))),
        ("三月五日", 2026, ReadDay(date(2026, 3, 5))),
        ("3月5日", None, ReadDay(date(2026, 3, 5), question=Uncertainty.NO_YEAR)),
        ("12月5日", None, ReadDay(date(2025, 12, 5), question=Uncertainty.NO_YEAR)),
        ("26年3月5日", None, ReadDay(date(2026, 3, 5))),
        ("二〇二六年三月五日", None, ReadDay(date(2026, 3, 5))),
        ("2026/3/5 9:00—11:30", None, ReadDay(date(2026, 3, 5), HoursServed(time(9), 150))),
        ("2026-03-05（午休2小时）", None, ReadDay(date(2026, 3, 5), pause="(午休2小时)")),
        ("2026-03-05（9:00-11:30）", None, ReadDay(date(2026, 3, 5), HoursServed(time(9), 150))),
        ("2026-03-05（晴）", None, ReadDay(date(2026, 3, 5))),
        ("2026-03-05 午休2小时", None, "began"),
        ("2026-07-04 00:00:00", None, ReadDay(date(2026, 7, 4))),
        ("3月5日上午", 2026, ReadDay(date(2026, 3, 5))),
        ("2026年3月5日-7日", None, "days"),
        ("2026-03-05至2026-03-08", None, "days"),
        ("3月5日、8日", 2026, "days"),
        ("2026-03-05 25:00", None, "began"),
        ("2026-02-30", None, "day"),
        ("2026年3月", None, "day"),
        ("2026年", None, "day"),
        ("", None, "day"),
    ],
)
def test_a_day_is_read_as_tables_write_it(cell: str, year: int | None, day: object) -> None:
    assert day_of(cell, year, TODAY) == day


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("5日", [5]),
        ("５日（星期日）", [5]),
        ("5号上午", [5]),
        ("5", [5]),
        (5.0, [5]),
        ("5-6日", [5, 6]),
        ("5日-7日", [5, 6, 7]),
        ("5、8日", [5, 8]),
        ("5日和8日", [5, 8]),
        ("7.10", [10]),
        ("7/10", [10]),
        (7.1, "day"),
        ("8.10", "day"),
        ("5日（星期一）", "weekday"),
        ("32日", "day"),
        ("5号楼", "began"),
        ("6-5日", "days"),
        ("5-6", "day"),
        ("5、6", [5, 6]),
        ("5，6，8", [5, 6, 8]),
        ("5和6", [5, 6]),
        ("5、6上午", [5, 6]),
        ("5日上午、6日下午", [5, 6]),
        ("5、32", "days"),
        ("5、6个", "day"),
    ],
)
def test_a_day_without_its_month_is_of_the_month_of_the_table(cell: Cell, days: object) -> None:
    answer = days_of(cell, 2026, TODAY, 7)
    assert (answer if isinstance(answer, str) else [one.on.day for one in answer]) == days
    if isinstance(days, list) and "7" not in str(cell):
        assert days_of(cell, 2026, TODAY) == "day-month"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("柳荫社区2026年7月服务统计表", 7),
        ("2026年七月", 7),
        ("2026年十二月份", 12),
        ("2026.07", 7),
        ("2026-7月", 7),
        ("2026年1-3月", None),
        ("一至三月", None),
        ("6月、7月", None),
        ("2026年第三季度", None),
        ("2026年13月", None),
    ],
)
def test_the_month_of_days_without_one_is_the_only_one_that_is_named(
    text: str, month: int | None
) -> None:
    assert month_in([text]) == month


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (["柳荫社区2026年三月服务统计表"], 2026),
        (["二〇二六年三月"], 2026),
        (["2026-10-12", "2026-10-13"], 2026),
        (["2025年", "2026年"], None),
        (["3月", "联系电话 20260000"], None),
    ],
)
def test_the_year_of_days_without_one_is_the_only_one_that_is_named(
    texts: list[str], year: int | None
) -> None:
    assert year_in(texts) == year


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("上午9点-11点半", HoursServed(time(9), 150)),
        ("下午2:00-4:00", HoursServed(time(14), 120)),
        ("9:00-11:30（共2.5小时）", HoursServed(time(9), 150)),
        ("9:00-11:30（共3小时）", None),
        ("9:00-11:30（周四上午）", HoursServed(time(9), 150)),
        ("9:00-11:30（周四，上午）", HoursServed(time(9), 150)),
        ("8:30-17:00（午休2小时）", HoursServed(time(8, 30), 390)),
        ("8:30-17:00午休2小时", HoursServed(time(8, 30), 390)),
        ("8:30-17:00（中午休息1小时）", HoursServed(time(8, 30), 450)),
        ("8:30-17:00 中午休息一小时", HoursServed(time(8, 30), 450)),
        ("8:30-17:00（扣除午休1.5小时）", HoursServed(time(8, 30), 420)),
        ("8:30-17:00，扣除午休1.5小时", HoursServed(time(8, 30), 420)),
        ("8:30-17:00（午休12:00-14:00）", HoursServed(time(8, 30), 390)),
        ("8:30-17:00 午休12:00-14:00", HoursServed(time(8, 30), 390)),
        ("8:30-17:00（午休2小时，共6.5小时）", HoursServed(time(8, 30), 390)),
        ("8:30-17:00（午休2）", None),
        ("8:30-17:00（含午休）", None),
        ("8:30-17:00（午休16:00-18:00）", None),
        ("8:30-10:00（午休2小时）", None),
        ("8:30-17:00（中途离开）", None),
        ("8:30-11:00，14:00-16:00", HoursServed(time(8, 30), 270)),
        ("8:30-11:00\n14:00-16:00", HoursServed(time(8, 30), 270)),
        ("上午9点-11点；下午2点-4点", HoursServed(time(9), 240)),
        ("上午9:00-11:00下午14:00-16:00", HoursServed(time(9), 240)),
        ("9:00-11:00及14:00-16:00", HoursServed(time(9), 240)),
        ("9:00-11:00/14:00-16:00", HoursServed(time(9), 240)),
        ("上午9点-11点、下午2点-4点，共4小时", HoursServed(time(9), 240)),
        ("8:30-11:30、14:00-17:00（午休11:30-14:00）", HoursServed(time(8, 30), 360)),
        ("8:30-11:30、14:00-17:00（午休1小时）", None),
        ("8:30-11:00，10:00-12:00", None),
        ("8:30-11:00，14:00", None),
        ("9:30", HoursServed(time(9, 30))),
        ("9:30（签到）", HoursServed(time(9, 30))),
        ("11:00-9:00", None),
        ("上午", None),
    ],
)
def test_from_when_until_when(cell: str, hours: HoursServed | None) -> None:
    assert hours_of(cell) == hours


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("2026年3月5日 8:30-17:00 柳荫社区", "2026年3月5日 8:30-17:00"),
        ("2026年3月5日 8:30-17:00 （午休2小时）", "2026年3月5日 8:30-17:00(午休2小时)"),
        ("2026年3月5日 8:30-17:00 （中途离开）", "2026年3月5日"),
        ("2026年3月5日 8:30-11:00 14:00-16:00", "2026年3月5日 8:30-11:00 14:00-16:00"),
    ],
)
def test_a_title_tells_its_day_with_hours_that_are_understood(title: str, phrase: str) -> None:
    assert day_phrase(title) == phrase


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("乐华、史云舒", ("乐华", "史云舒")),
        ("乐华，薛敏；钱宇", ("乐华", "薛敏", "钱宇")),
        ("钱宇 薛敏", ("钱宇", "薛敏")),
        ("卢淑芬\n薛敏", ("卢淑芬", "薛敏")),
        ("1.乐华 2.薛敏", ("乐华", "薛敏")),
        ("乐华和薛敏", ("乐华", "薛敏")),
        ("李和平", ("李和平",)),
        ("乐华+薛敏＋钱宇", ("乐华", "薛敏", "钱宇")),
        ("乐华—薛敏", ("乐华", "薛敏")),
        ("乐华.薛敏", ("乐华", "薛敏")),
        ("乐华、薛敏等2人", ("乐华", "薛敏")),
        ("乐华、薛敏、钱宇等三人", ("乐华", "薛敏", "钱宇")),
        ("乐华、薛敏（共2人）", ("乐华", "薛敏")),
        ("乐华、薛敏2名", ("乐华", "薛敏")),
        ("共2人：乐华、薛敏", ("乐华", "薛敏")),
        ("乐华（1人）", ("乐华",)),
        ("乐华（第2名）", ("乐华",)),
        ("乐华（3人组组长）", ("乐华",)),
        ("薛敏（组长）", ("薛敏",)),
        ("薛敏同志", ("薛敏",)),
        ("★ 薛敏", ("薛敏",)),
        (" 卢\u3000淑芬", ("卢淑芬",)),
        ("欧阳 修远", ("欧阳修远",)),
        ("谁 谁", ("谁谁",)),
        ("", ()),
    ],
)
def test_a_cell_names_one_or_several(cell: str, names: tuple[str, ...]) -> None:
    people = people_in(cell, KNOWN)
    assert (people.names, people.certain) == (names, True)


@pytest.mark.parametrize(
    "cell",
    [
        *("张三李四", "乐华等5人", "乐华等", "乐华、薛敏等三人", "乐华、王五", "乐华、乐华"),
        *("5人", "全体党员", "志愿队（乐华、薛敏）", "党员20余名", "赵某某 钱某某"),
        *("乐华（带薛敏）", "乐华【与卢 淑芬同去】"),
        *("乐华（2人）", "乐华 等", "乐华、薛敏等同志", "乐华夫妇", "乐华和家人", "乐华2人"),
        *("乐华、薛敏共3人", "共3人：乐华、薛敏", "乐华、薛敏、王五等3人", "乐华·王五、薛敏"),
    ],
)
def test_several_who_are_not_all_known_by_name_are_not_guessed(cell: str) -> None:
    assert not people_in(cell, KNOWN).certain


@pytest.mark.parametrize("title", ["计划时长", "累计时长", "时长（积分）"])
def test_a_length_that_is_none_is_one_where_somebody_says_so(title: str) -> None:
    titles = ["姓名", "日期", title]
    assert ServiceField.TIME not in headed(*titles).at
    header = SERVICE_WORDS.find([titles], {header_key(title): ServiceField.TIME})
    assert header is not None
    assert columns_of(header).at[ServiceField.TIME] == 2


@pytest.mark.parametrize("title", ["应急服务时长", "模拟演练服务时长", "任务时长", "申报时长"])
def test_a_word_that_only_looks_like_a_plan_heads_a_length(title: str) -> None:
    assert headed("姓名", "日期", title).at[ServiceField.TIME] == 2
