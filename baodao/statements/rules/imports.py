"""A spreadsheet of services: which column holds what, and what each row says, or why it cannot."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from baodao.documents.spreadsheets.cells import Cell, compact, note_of, quoted, text_of
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.records import TEXT
from baodao.people.rules.dates import date_of
from baodao.statements.rules.durations import HOUR, minutes_of

MOST_ROWS = 5_000
HEADER_ROWS = 30
TAIL = 4


class ServiceField(StrEnum):
    """What a row can tell."""

    NAME = "name"
    NUMBER = "number"
    TAIL = "tail"
    DAY = "day"
    BEGAN = "began"
    TIME = "time"
    CATEGORY = "category"
    WAY = "way"
    PLACE = "place"
    RESULT = "result"


TITLES: dict[ServiceField, str] = {
    ServiceField.NAME: "姓名",
    ServiceField.NUMBER: "志愿服务编号",
    ServiceField.TAIL: "身份证号或手机号后四位",
    ServiceField.DAY: "服务日期",
    ServiceField.BEGAN: "开始时间",
    ServiceField.TIME: "服务时长",
    ServiceField.CATEGORY: "服务类型",
    ServiceField.WAY: "服务方式",
    ServiceField.PLACE: "服务地点",
    ServiceField.RESULT: "服务内容",
}
"""The headings of the template."""
_WORDS: dict[ServiceField, str] = {
    ServiceField.NAME: "姓名 党员姓名 名字 志愿者 志愿者姓名 name",
    ServiceField.NUMBER: "志愿服务编号 编号 志愿者编号 服务编号 number",
    ServiceField.TAIL: "身份证号或手机号后四位 身份证号后四位 身份证后四位 手机号后四位 "
    "手机后四位 后四位 证件后四位 电话后四位 tail",
    ServiceField.DAY: "服务日期 日期 活动日期 date day",
    ServiceField.BEGAN: "开始时间 起始时间 开始 起止时间 服务时段 时段 时间段 begin start began",
    ServiceField.TIME: "服务时长 时长 小时 小时数 服务小时 服务小时数 时长(小时) 服务时长(小时) "
    "分钟 时长(分钟) duration hours minutes",
    ServiceField.CATEGORY: "服务类型 类型 活动类型 类别 服务类别 kind category",
    ServiceField.WAY: "服务方式 方式 活动方式 途径 way",
    ServiceField.PLACE: "服务地点 地点 活动地点 place",
    ServiceField.RESULT: "服务内容 内容 活动内容 服务成效 成效 备注 content result",
}
_FIELDS = {compact(word): field for field, words in _WORDS.items() for word in words.split()}
_DAY_OR_HOURS = ("服务时间", "活动时间", "时间")
"""These head the day, or the hours where another column heads the day."""
NEEDED = (ServiceField.NAME, ServiceField.DAY)
TOTALS = ("合计", "总计", "小计")
EXAMPLE = ("(示例", "示例")
MINUTES_HEADS = ("分钟", "minutes")

PROBLEMS: dict[str, str] = {
    "name": gettext_noop("Write the name."),
    "day": gettext_noop("“%(text)s” is no day; write it like 2026-07-04."),
    "began": gettext_noop(
        "“%(text)s” is no hour of the day; write it like 9:30 or 9:30-11:00, or leave it out."
    ),
    "time": gettext_noop("“%(text)s” is no length of time; write it like 1.5 小时 or 90 分钟."),
    "category": gettext_noop("“%(text)s” is no kind of service here. Choose one of: %(words)s."),
    "way": gettext_noop("“%(text)s” is no way of service. Choose one of: %(words)s."),
    "tail": gettext_noop("Write the last four characters of the ID number or of the telephone."),
    "unknown": gettext_noop(
        "Nobody of this name is registered here. Check the name, or add the volunteer number."
    ),
    "number": gettext_noop("No member has this volunteer number under this name."),
    "namesakes": gettext_noop(
        "Several members here have this name. Add the volunteer number, or the last four "
        "characters of the ID number or telephone."
    ),
}


@dataclass(frozen=True)
class RowProblem:
    """What keeps a row out: where it stands, of which kind, and the sentence with its facts."""

    row: int
    column: str
    kind: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class ServiceRow:
    """A row that can be read; who it is is not known yet."""

    row: int
    name: str
    number: str
    tail: str
    served_on: date
    began_at: datetime | None
    minutes: int
    category: str
    way: str
    place: str
    result: str


@dataclass(frozen=True)
class Words:
    """The kinds and ways in force, by what they are called, in any language."""

    categories: Mapping[str, str]
    ways: Mapping[str, str]


@dataclass(frozen=True)
class Columns:
    """Where each fact stands; `in_minutes` when the heading says that plain numbers are minutes."""

    row: int
    at: Mapping[ServiceField, int]
    titles: Mapping[ServiceField, str]
    in_minutes: bool


Row = tuple[int, Sequence[Cell]]


def header_in(rows: Iterable[Row]) -> Columns | None:
    """The first of the rows that names a person, a day, and how long or from when until when."""
    for number, cells in rows:
        keys = [compact(text_of(cell)).replace("（", "(").replace("）", ")") for cell in cells]
        at = {_FIELDS[key]: place for place, key in reversed([*enumerate(keys)]) if key in _FIELDS}
        for place, key in enumerate(keys):
            if key in _DAY_OR_HOURS:
                at.setdefault(
                    ServiceField.BEGAN if ServiceField.DAY in at else ServiceField.DAY, place
                )
        if all(one in at for one in NEEDED) and (
            ServiceField.TIME in at or ServiceField.BEGAN in at
        ):
            titles = {one: text_of(cells[place]) for one, place in at.items()}
            minutes = any(word in titles.get(ServiceField.TIME, "") for word in MINUTES_HEADS)
            return Columns(number, at, titles, minutes)
    return None


def read_row(row: Row, columns: Columns, words: Words) -> ServiceRow | list[RowProblem] | None:
    """What a row says, or everything that is wrong with it; None for one that says nothing."""
    reader = _RowReader(row, columns)
    name = "".join(reader.text(ServiceField.NAME).split())
    if reader.says_nothing or name in TOTALS or name.startswith(EXAMPLE):
        return None
    if not name:
        reader.wrong("name", ServiceField.NAME)
    day, (hour, spanned) = reader.day(), reader.hours()
    minutes = reader.minutes(spanned)
    category = reader.code(ServiceField.CATEGORY, words.categories, "other")
    way = reader.code(ServiceField.WAY, words.ways, "activity")
    tail = compact(reader.text(ServiceField.TAIL)).upper()
    if tail and len(tail) != TAIL:
        reader.wrong("tail", ServiceField.TAIL)
    if reader.problems or day is None or minutes is None:
        return reader.problems
    return ServiceRow(
        row=row[0],
        name=name,
        number=compact(reader.text(ServiceField.NUMBER)).upper(),
        tail=tail,
        served_on=day,
        began_at=datetime.combine(day, hour, clock.ZONE) if hour is not None else None,
        minutes=minutes,
        category=category,
        way=way,
        place=note_of(reader.cell(ServiceField.PLACE), TEXT),
        result=note_of(reader.cell(ServiceField.RESULT), TEXT),
    )


class _RowReader:
    """One row, read fact by fact; what cannot be read is added to `problems`."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self._number, self._cells = row
        self._columns = columns
        self.problems: list[RowProblem] = []

    @property
    def says_nothing(self) -> bool:
        return not any(self.text(one) for one in self._columns.at)

    def cell(self, place: ServiceField) -> Cell:
        at = self._columns.at.get(place)
        return self._cells[at] if at is not None and at < len(self._cells) else ""

    def text(self, place: ServiceField) -> str:
        return text_of(self.cell(place))

    def wrong(self, kind: str, place: ServiceField, **facts: object) -> None:
        title = self._columns.titles.get(place, TITLES[place])
        self.problems.append(RowProblem(self._number, title, kind, PROBLEMS[kind], facts))

    def day(self) -> date | None:
        day = date_of(self.cell(ServiceField.DAY))
        if day is None or day.by_month:
            self.wrong("day", ServiceField.DAY, text=quoted(self.text(ServiceField.DAY)))
            return None
        return day.on

    def hours(self) -> tuple[time | None, int | None]:
        """When it began, and how many minutes until its end, if the end is told too."""
        text = self.text(ServiceField.BEGAN)
        hours = compact(text).rpartition("t")[2]
        start, *ends = _TO.split(hours) if _TO.search(hours) else [self.cell(ServiceField.BEGAN)]
        began = _hour(start)
        end = _hour(ends[0]) if len(ends) == 1 else None
        if began and end and end.hour < began.hour and began.hour >= NOON > end.hour:
            end = end.replace(hour=end.hour + NOON)
        if (began is None and text) or (ends and (end is None or began is None or end <= began)):
            self.wrong("began", ServiceField.BEGAN, text=quoted(text))
            return None, None
        if began is None or end is None:
            return began, None
        return began, (end.hour - began.hour) * HOUR + end.minute - began.minute

    def minutes(self, spanned: int | None) -> int | None:
        """How long it took: as said, pauses taken off, else from its beginning to its end."""
        text = self.text(ServiceField.TIME)
        if not text and spanned:
            return spanned
        if self._columns.in_minutes and text.replace(".", "", 1).isdecimal():
            minutes = round(float(text)) or None
        else:
            minutes = minutes_of(text)
        if minutes is None:
            self.wrong("time", ServiceField.TIME, text=quoted(text))
        return minutes

    def code(self, place: ServiceField, known: Mapping[str, str], otherwise: str) -> str:
        text = self.text(place)
        code = known.get(compact(text)) if text else otherwise
        if code is None:
            names = "、".join(dict.fromkeys(word for word in known if not word.isascii()))
            self.wrong(str(place), place, text=quoted(text), words=names)
        return code or ""


NOON = 12
_TO = re.compile(r"[-–—~～至到]+")
_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|am|pm)?(?P<hour>\d{1,2})[:时点](?P<minute>\d{2}|半)?(?::\d{2})?分?"
)
_LATER = ("下午", "晚上", "pm")


def _hour(cell: Cell) -> time | None:
    """9:30, 下午2点半, 09:30:00, or Excel's part of a day."""
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else None
    match = _CLOCK.fullmatch(compact(text_of(cell)).rpartition("t")[2])
    if not match:
        return None
    minute = 30 if match["minute"] == "半" else int(match["minute"] or 0)
    later = match["half"] in _LATER and int(match["hour"]) < 12
    hour = int(match["hour"]) + (12 if later else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def check_size(rows: int) -> None:
    """So many rows are recorded while one waits."""
    if rows > MOST_ROWS:
        raise Refused(
            "import.too-many",
            gettext_noop("At most %(most)s rows at once; divide the table."),
            most=MOST_ROWS,
        )
