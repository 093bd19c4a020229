"""The headings of a table of services: which column holds what, in which unit."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from baodao.ledger.rules.durations import TimeUnit
from baodao.people.rules.cells import Cell, compact, text_of


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

_WORDS: dict[ServiceField, str] = {
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
    ServiceField.DAY: "服务日期 日期 活动日期 参加日期 date day",
    ServiceField.BEGAN: "开始时间 起始时间 开始 起止时间 服务时段 时段 时间段 签到时间 到达时间 "
    "begin start began",
    ServiceField.ENDED: "结束时间 终止时间 截止时间 结束 签退时间 离开时间 end",
    ServiceField.TIME: "服务时长 时长 小时 小时数 服务小时 服务小时数 服务时数 时数 活动时长 "
    "志愿时长 志愿服务时长 志愿服务时数 参加时长 参与时长 用时 服务用时 工时 分钟 分钟数 服务分钟 "
    "服务分钟数 duration hours minutes",
    ServiceField.CATEGORY: "服务类型 类型 活动类型 类别 服务类别 kind category",
    ServiceField.WAY: "服务方式 方式 活动方式 途径 way",
    ServiceField.PLACE: "服务地点 地点 活动地点 place",
    ServiceField.RESULT: "服务内容 内容 活动内容 工作内容 服务项目 服务事项 活动名称 活动主题 "
    "服务成效 成效 备注 content result",
}
_FIELDS = {compact(word): field for field, words in _WORDS.items() for word in words.split()}
_DAY_OR_HOURS = ("服务时间", "活动时间", "参加时间", "时间")
"""These head the day, or the hours where another column heads the day."""
_BRACKET = re.compile(r"\(([^()]*)\)")
_BEHIND = re.compile(r"[/:_\-·](?:单位)?:?(小时|分钟|分|时)$")
_MINUTES = re.compile(r"分|min")
_HOURS = re.compile(r"小时|时数|工时|hour|^h$|^时$")
_OTHERS = re.compile(r"对象|家属|配偶|受助|居民|负责|带队|联系人|填|审|单位|旧|原|作废|紧急|领队")
"""In brackets behind a name or a number these say that it is somebody else's, or an old one."""
_OF_PERSONS = (
    *(ServiceField.NAME, ServiceField.NUMBER, ServiceField.IDENTITY, ServiceField.PHONE),
    ServiceField.TAIL,
)
_NUMBERED = ("序号", "序", "no", "no.")
"""Columns of running numbers; all others that are not used are told."""


@dataclass(frozen=True)
class Columns:
    """Where each fact stands, counted from the first cell; what bare numbers of the time are.

    `numbered` are the places of running numbers, `unused` the headings of what is not read.
    """

    row: int
    at: Mapping[ServiceField, int]
    titles: Mapping[ServiceField, str]
    unit: TimeUnit
    numbered: frozenset[int]
    unused: Sequence[str]

    @property
    def missing(self) -> list[str]:
        """The titles without which no service can be read."""
        lacks = [TITLES[one] for one in (ServiceField.NAME, ServiceField.DAY) if one not in self.at]
        timed = ServiceField.TIME in self.at or ServiceField.BEGAN in self.at
        with_hours = compact(self.titles.get(ServiceField.DAY, "")) in _DAY_OR_HOURS
        return lacks if timed or with_hours else [*lacks, TITLES[ServiceField.TIME]]


Row = tuple[int, Sequence[Cell]]


def columns_of(row: Row) -> Columns:
    """What the cells of a row would head."""
    number, cells = row
    at: dict[ServiceField, int] = {}
    later: list[int] = []
    unit = TimeUnit.UNSAID
    for place, cell in enumerate(cells):
        one, named = _meaning(compact(text_of(cell)))
        if one is ServiceField.TIME and one not in at:
            unit = named
        if one is not None:
            at.setdefault(one, place)
        elif compact(text_of(cell)) in _DAY_OR_HOURS:
            later.append(place)
    for place in later:
        at.setdefault(ServiceField.BEGAN if ServiceField.DAY in at else ServiceField.DAY, place)
    if ServiceField.DAY not in at and ServiceField.BEGAN in at:
        at[ServiceField.DAY] = at[ServiceField.BEGAN]
    titles = {one: text_of(cells[place]) for one, place in at.items()}
    used = set(at.values())
    others = {place: text_of(cell) for place, cell in enumerate(cells) if place not in used}
    numbered = frozenset(place for place, title in others.items() if compact(title) in _NUMBERED)
    unused = [title for place, title in others.items() if title and place not in numbered]
    return Columns(number, at, titles, unit, numbered, unused)


def header_in(rows: Iterable[Row]) -> Columns | None:
    """The first of the rows that names a person, a day, and how long or from when until when."""
    every = map(columns_of, rows)
    return next((columns for columns in every if not columns.missing), None)


def _meaning(key: str) -> tuple[ServiceField | None, TimeUnit]:
    """What a heading heads, and the unit that it names."""
    inside = " ".join(_BRACKET.findall(key))
    behind = _BEHIND.search(key)
    base = _BEHIND.sub("", _BRACKET.sub("", key))
    named = inside or (behind[1] if behind else base)
    minutes, hours = _MINUTES.search(named), _HOURS.search(named)
    unit = TimeUnit.UNSAID
    if bool(minutes) != bool(hours):
        unit = TimeUnit.MINUTES if minutes else TimeUnit.HOURS
    if base in _DAY_OR_HOURS and unit is not TimeUnit.UNSAID and base != named:
        return ServiceField.TIME, unit
    one = _FIELDS.get(key) or _FIELDS.get(base)
    if one in _OF_PERSONS and _OTHERS.search(inside):
        return None, unit
    return one, unit
