"""The headings of a table of services: which column holds what, in which unit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.durations import TimeUnit
from baodao.spreadsheets.cells import compact
from baodao.spreadsheets.headers import HeaderWords, TableHeader, UnusedColumn
from baodao.spreadsheets.headings import SIMPLE, header_key, heading_of
from baodao.timesheets.rules.day_columns import DayHeading
from baodao.timesheets.rules.days_above import DayAbove
from baodao.vocabulary.rules.words import WordRole, WordTable


class ServiceField(StrEnum):
    """What a row can tell."""

    NAME = "name"
    NUMBER = "number"
    IDENTITY = "identity"
    PHONE = "phone"
    TAIL = "tail"
    DAY = "day"
    BEGAN = "began"
    ENDED = "ended"
    TIME = "time"
    UNIT = "unit"
    PRESENT = "present"
    CATEGORY = "category"
    WAY = "way"
    PLACE = "place"
    RESULT = "result"


TITLES: dict[ServiceField, str] = {
    ServiceField.NAME: "姓名",
    ServiceField.NUMBER: "志愿服务编号",
    ServiceField.IDENTITY: "身份证号",
    ServiceField.PHONE: "手机号",
    ServiceField.TAIL: "身份证号或手机号后四位",
    ServiceField.DAY: "服务日期",
    ServiceField.BEGAN: "开始时间",
    ServiceField.ENDED: "结束时间",
    ServiceField.TIME: "服务时长",
    ServiceField.UNIT: "时长单位",
    ServiceField.PRESENT: "签到",
    ServiceField.CATEGORY: "服务类型",
    ServiceField.WAY: "服务方式",
    ServiceField.PLACE: "服务地点",
    ServiceField.RESULT: "服务内容",
}
TEMPLATE = (
    *(ServiceField.NAME, ServiceField.NUMBER, ServiceField.TAIL, ServiceField.DAY),
    *(ServiceField.BEGAN, ServiceField.TIME, ServiceField.CATEGORY, ServiceField.WAY),
    *(ServiceField.PLACE, ServiceField.RESULT),
)
"""The columns of the table that is handed out."""

_WORDS: dict[str, str] = {
    ServiceField.NAME: "姓名 党员姓名 名字 志愿者 志愿者姓名 参加人员 参与人员 参加人 参与人 "
    "服务人员 服务人 服务者 人员 人员姓名 参加人员姓名 参加党员 参与党员 服务党员 "
    "党员 志愿者名单 name",
    ServiceField.NUMBER: "志愿服务编号 编号 志愿者编号 服务编号 number",
    ServiceField.IDENTITY: "身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 证件号 证件号码 "
    "居民身份证号 idnumber",
    ServiceField.PHONE: "手机号 手机号码 手机 电话 电话号码 联系电话 联系方式 移动电话 本人电话 "
    "phone mobile telephone",
    ServiceField.TAIL: "身份证号或手机号后四位 身份证号后四位 身份证后四位 手机号后四位 "
    "手机后四位 后四位 证件后四位 电话后四位 tail",
    ServiceField.DAY: "服务日期 日期 活动日期 参加日期 服务时间 活动时间 参加时间 时间 date day",
    ServiceField.BEGAN: "开始时间 起始时间 开始 起止时间 服务时段 时段 时间段 签到时间 到达时间 "
    "begin start began",
    ServiceField.ENDED: "结束时间 终止时间 截止时间 结束 签退时间 离开时间 end",
    ServiceField.TIME: "服务时长 时长 小时 小时数 服务小时 服务小时数 服务时数 时数 活动时长 "
    "志愿时长 志愿服务时长 志愿服务时数 参加时长 参与时长 用时 服务用时 工时 分钟 分钟数 服务分钟 "
    "服务分钟数 duration hours minutes",
    ServiceField.UNIT: "时长单位 服务时长单位 活动时长单位 时间单位 计时单位 计量单位",
    ServiceField.PRESENT: "签到 签名 签字 本人签名 本人签字 签到签名 是否到场 是否参加 是否签到 "
    "到场 出勤 到场情况 参加情况 签到情况 出勤情况",
    ServiceField.CATEGORY: "服务类型 类型 活动类型 类别 服务类别 kind category",
    ServiceField.WAY: "服务方式 方式 活动方式 途径 way",
    ServiceField.PLACE: "服务地点 地点 活动地点 place",
    ServiceField.RESULT: "服务内容 内容 活动内容 工作内容 服务项目 服务事项 活动名称 活动主题 "
    "服务成效 成效 备注 content result",
}
_DAY = ServiceField.DAY.value
_NUMBERED = ("序号", "序", "no", "行号", "项次")
_LOOSE = (
    *(
        "名字",
        "人员",
        "党员",
        "编号",
        "电话",
        "手机",
        "日期",
        "时间",
        "开始",
        "时段",
        "时间段",
        "结束",
    ),
    *(
        "小时",
        "分钟",
        "时数",
        "用时",
        "工时",
        "类型",
        "类别",
        "方式",
        "途径",
        "地点",
        "内容",
        "成效",
    ),
    *("备注", "志愿者", "参与人", "参加人", "服务人", "身份证"),
)
"""Words that head these columns only where they stand alone: 出生日期 is no day of a service."""
SERVICE_WORDS = HeaderWords(
    _WORDS,
    needed=(ServiceField.NAME, ServiceField.DAY),
    loose=_LOOSE,
    instead=(
        (ServiceField.NAME, ServiceField.TIME),
        (ServiceField.NAME, ServiceField.BEGAN),
        (ServiceField.NAME, ServiceField.PRESENT),
        (ServiceField.DAY, ServiceField.TIME),
    ),
)
"""The day, or the name, may stand above the header."""

WORDS = WordTable(
    "services",
    gettext_noop("Tables of services"),
    Permission.RECORD_IMPORT,
    {WordRole.HEADER: {field.value: TITLES[field] for field in ServiceField if field in TITLES}},
    needed=frozenset({ServiceField.NAME.value, ServiceField.DAY.value}),
)
"""The headings of tables of services that a tenant may teach."""

_TIMED = frozenset({ServiceField.TIME, ServiceField.BEGAN, ServiceField.PRESENT})
_OF_LENGTHS = (None, ServiceField.TIME, ServiceField.PRESENT)
"""What may stand with the day over a column of lengths or ticks; 内容 may not."""
_DAY_OR_HOURS = ("服务时间", "活动时间", "参加时间", "时间")
"""These head the day, or the hours where another column heads the day."""
_UNIT = re.compile(r"(?:单位[:：]?|时长\(|\()(小时|分钟|分|时)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_BEHIND = re.compile(r"[/:_\-·](?:单位)?:?(小时|分钟|分|时)$")
_MINUTES = re.compile(r"分|min")
_HOURS = re.compile(r"小时|时数|工时|hour|^h$|^时$")
_PLANNED = re.compile(r"计划|预计|预定|预估|拟定|^拟|^应(?!急)|应(?:服务|到|完成)|规定|要求|目标")
"""A column headed so tells how long a service was to be, and not that it was."""
_STATED = re.compile(r"申[报请]|任务")
"""A column headed so may tell what was asked for; beside another the other counts."""
_SUM = re.compile(r"累计|总|合计|全年|年度|本年|历年|年均|月均")
"""A column headed so adds up several services, and none of them can be told from it."""

_POINTS = re.compile(r"积分|得分|分值|评分")
"""A column headed so tells how much a service is worth, and not how long it was: 时长（积分）."""
_TIMES = re.compile(
    r"(?:本[次日月期]|当[日天月])?(?:志愿)?(?:服务|活动|参加|参与|出勤|到场|签到|实际)*(?:次数?|场[次数]|天数|日数)"
)
"""A column headed so tells how often a service took place, or on how many days."""
_EACH = re.compile(r"每[次场天日]|单[次场日]|[/(][次场天日]")


@dataclass(frozen=True)
class Columns:
    """Where each fact stands, counted from the first cell; what bare numbers of the time are.

    `minutes` is the column of the minutes beside that of the hours: 小时 | 分钟.
    `days` are the columns of a table with days across, each of one day, `results` those of what was
    done on one.
    `times` are the columns that tell how often it was, `is_each` where the heading of the length
    says that it is that of each time.
    `span` are the places of the table, `numbered` those of running numbers. `header` is what was
    found, with those of its columns unused that hold no fact of a service.
    """

    header: TableHeader
    at: Mapping[ServiceField, int]
    titles: Mapping[ServiceField, str]
    unit: TimeUnit
    span: range
    numbered: frozenset[int]
    minutes: int | None = None
    days: Mapping[int, DayHeading] = field(default_factory=dict)
    results: Mapping[int, DayHeading] = field(default_factory=dict)
    times: tuple[int, ...] = ()
    is_each: bool = False

    @property
    def names_days(self) -> bool:
        """Whether the rows or the headings name their days, and the hours are not all they have."""
        day = self.at.get(ServiceField.DAY)
        return bool(self.days) or (day is not None and day != self.at.get(ServiceField.BEGAN))

    def missing(self, above: DayAbove | None, *, is_named: bool = False) -> list[str]:
        """The titles without which no service can be read below `above`; `is_named` where it stands
        above as well whom the rows are about."""
        is_named = is_named or ServiceField.NAME in self.at
        lacks = [] if is_named else [TITLES[ServiceField.NAME]]
        if not self.days and ServiceField.DAY not in self.at and above is None:
            lacks.append(TITLES[ServiceField.DAY])
        return lacks if self.tells_time(above) else [*lacks, TITLES[ServiceField.TIME]]

    def tells_time(self, above: DayAbove | None) -> bool:
        """Whether a row can say how long it was, or that somebody was there."""
        timed = not _TIMED.isdisjoint(self.at) or bool(self.days)
        with_hours = may_head_hours(self.titles.get(ServiceField.DAY, ""))
        return timed or with_hours or (above is not None and above.tells_time)

    def on_day(self, place: int) -> "Columns":
        """These columns with the length read from the column of one day."""
        heading = self.days[place]
        unit = unit_of(heading.about) if heading.about else self.unit
        hours = (ServiceField.DAY, ServiceField.BEGAN, ServiceField.ENDED)
        at = {one: index for one, index in self.at.items() if one not in hours}
        if self.results:
            at.pop(ServiceField.RESULT, None)
            same = (index for index, one in self.results.items() if one.day == heading.day)
            if (index := next(same, None)) is not None:
                at[ServiceField.RESULT] = index
        titles = {**self.titles, ServiceField.TIME: heading.title}
        return replace(self, at=at | {ServiceField.TIME: place}, titles=titles, unit=unit, days={})


def columns_of(
    header: TableHeader,
    days: Mapping[int, DayHeading] | None = None,
    unit: TimeUnit = TimeUnit.UNSAID,
) -> Columns:
    """What the columns of a header hold, as far as it is of services.

    `days` are the columns headed by days, `unit` that of numbers whose heading says none.
    """
    titles = header.titles
    results = {place: one for place, one in (days or {}).items() if _is_result(one.about)}
    days = {place: one for place, one in (days or {}).items() if _is_length(one.about)}
    at = {ServiceField(one.fact): one.index for one in header.columns if one.index not in days}
    minutes = _divide_lengths(at, header)
    _divide_days(at, header)
    if ServiceField.DAY not in at and ServiceField.BEGAN in at:
        at[ServiceField.DAY] = at[ServiceField.BEGAN]
    length = titles[at[ServiceField.TIME]] if ServiceField.TIME in at else ""
    time = unit_of(length)
    reduced = _reduced(header, {*at.values(), *days, *results, *filter(None, [minutes])})
    return Columns(
        header=reduced,
        at=at,
        titles={one: titles[place] for one, place in at.items()},
        unit=unit if time is TimeUnit.UNSAID else time,
        span=header.span,
        numbered=frozenset(i for i, title in enumerate(titles) if header_key(title) in _NUMBERED),
        minutes=minutes,
        days=days,
        results=results,
        times=tuple(one.index for one in reduced.unused if _counts_times(one.header)),
        is_each=_EACH.search(compact(length).translate(SIMPLE)) is not None,
    )


def unit_of(title: str) -> TimeUnit:
    """The unit that the heading of a length of time names."""
    key = compact(title).translate(SIMPLE)
    inside = " ".join(_BRACKET.findall(key))
    behind = _BEHIND.search(key)
    named = inside or (behind[1] if behind else key)
    minutes, hours = _MINUTES.search(named), _HOURS.search(named)
    if bool(minutes) == bool(hours):
        return TimeUnit.UNSAID
    return TimeUnit.MINUTES if minutes else TimeUnit.HOURS


def _counts_times(title: str) -> bool:
    return _TIMES.fullmatch(heading_of(title.rpartition("/")[2]).core) is not None


def unit_over(texts: Iterable[str]) -> TimeUnit:
    """The unit that a line over a table names: 单位：小时."""
    named = (
        match[1] for text in texts for match in _UNIT.finditer(compact(text).translate(SIMPLE))
    )
    units = {unit_of(name) for name in named} - {TimeUnit.UNSAID}
    return units.pop() if len(units) == 1 else TimeUnit.UNSAID


def _is_result(about: str) -> bool:
    return any(SERVICE_WORDS.meaning(word).fact == ServiceField.RESULT for word in about.split())


def _is_length(about: str) -> bool:
    """Whether what stands with a day in a heading speaks of the length, or of nothing."""
    if not about or unit_of(about) is not TimeUnit.UNSAID:
        return True
    others = [word for word in about.split() if not may_head_hours(word)]
    return all(SERVICE_WORDS.meaning(one).fact in _OF_LENGTHS for one in others)


def may_head_hours(title: str) -> bool:
    """Whether a heading of days could as well be one of hours: 服务时间."""
    return heading_of(title.rpartition("/")[2]).core in _DAY_OR_HOURS


def _divide_lengths(at: dict[ServiceField, int], header: TableHeader) -> int | None:
    """Of the columns that lengths could head, the one that somebody named, else one that tells how
    long a service was; the place of the minutes, if they stand beside the hours."""
    first = at.get(ServiceField.TIME)
    if first is None:
        return None
    titles = header.titles
    others = (one for one in header.unused if one.reason == "second")
    places = [first, *(one.index for one in others if one.fact == ServiceField.TIME)]
    lengths = [place for place in places if not _is_untold(titles[place])]
    certain = [place for place in lengths if not _STATED.search(titles[place])] or lengths
    if any(one.is_chosen for one in header.columns if one.index == first):
        certain = [first, *(place for place in certain if place != first)]
    if not certain:
        del at[ServiceField.TIME]
        return None
    at[ServiceField.TIME] = certain[0]
    units = [unit_of(titles[place]) for place in certain]
    return certain[1] if units == [TimeUnit.HOURS, TimeUnit.MINUTES] else None


def _is_untold(title: str) -> bool:
    """Whether a column tells a sum, a worth or a plan, and not how long the service was."""
    return any(one.search(title) for one in (_SUM, _POINTS, _PLANNED))


def _divide_days(at: dict[ServiceField, int], header: TableHeader) -> None:
    """Of several columns that a day could head, which holds it, which the hours or the length."""
    every = [(column.index, column.header) for column in header.columns if column.fact == _DAY]
    every += [
        (one.index, one.header)
        for one in header.unused
        if one.fact == _DAY and one.reason == "second"
    ]
    at.pop(ServiceField.DAY, None)
    for place, title in sorted(every):
        if not may_head_hours(title):
            at.setdefault(ServiceField.DAY, place)
    for place, title in sorted(every):
        if may_head_hours(title):
            timed = unit_of(title) is not TimeUnit.UNSAID
            other = ServiceField.TIME if timed else ServiceField.BEGAN
            at.setdefault(other if timed or ServiceField.DAY in at else ServiceField.DAY, place)


def _reduced(header: TableHeader, used: set[int]) -> TableHeader:
    """The header with every column unused that no fact is read from."""
    columns = tuple(column for column in header.columns if column.index in used)
    dropped = [column for column in header.columns if column.index not in used]
    others = [column for column in header.unused if column.index not in used]
    lengths = (one for one in others if one.fact == ServiceField.TIME)
    untold = [one for one in lengths if _is_untold(one.header)]
    spare = [UnusedColumn(one.index, one.header, "", "unknown") for one in dropped]
    spare += [replace(one, fact="", reason="unknown") for one in untold]
    unused = [column for column in others if column not in untold] + spare
    return replace(header, columns=columns, unused=tuple(sorted(unused, key=lambda c: c.index)))
