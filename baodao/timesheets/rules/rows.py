"""A row of a table of services: what it says, what it leaves open, or why it cannot be read."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from math import ceil

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.durations import TimeUnit, Uncertainty, is_of_each_day, length_of
from baodao.ledger.rules.records import DAY_MINUTES, TEXT
from baodao.ledger.rules.service_days import ReadDay, day_of, days_of
from baodao.ledger.rules.spans import HoursServed, hours_of, without_pause
from baodao.people.rules.identity import identity_of, tail_of
from baodao.people.rules.names import is_name, name_of
from baodao.rostersheets.rules.margins import TOTAL, is_below, is_margin
from baodao.spreadsheets.cells import Cell, compact, note_of, quoted, text_of
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.spreadsheets.lengths import HOUR, plain_words
from baodao.spreadsheets.merged_cells import FilledRow
from baodao.spreadsheets.phones import phones_of
from baodao.timesheets.rules.headings import TITLES, ServiceField, may_head_hours
from baodao.timesheets.rules.name_lists import first_name
from baodao.timesheets.rules.services import (
    PROBLEMS,
    Evidence,
    RowProblem,
    ServiceRow,
    TableContext,
)

MOST_ROWS = 150_000
LEAST_ROWS, ROWS_A_MEMBER = 5_000, 200
TAIL = 4
EXAMPLE = ("(示例", "示例")

Answer = list[ServiceRow] | LeftoverKind | list[RowProblem] | None


def read_row(row: FilledRow, context: TableContext) -> Answer:
    """What a row says, a service a day, or everything that is wrong with it; None for one that says
    nothing."""
    reader = _RowReader(row, context)
    unread = reader.unread()
    if unread is not None or reader.says_nothing:
        return unread
    if not reader.text(ServiceField.NAME):
        reader.wrong("name", ServiceField.NAME)
    reader.check_standing()
    days = reader.days()
    reader.check_times(len(days))
    hours = reader.hours(days[0] if days else None)
    minutes = reader.minutes(hours)
    reader.check_length(minutes)
    if len(days) > 1:
        reader.ask_of_each(hours)
    category = reader.code(ServiceField.CATEGORY, context.words.categories, "other")
    way = reader.code(ServiceField.WAY, context.words.ways, "activity")
    evidence = reader.evidence()
    if reader.problems or not days or minutes is None:
        return reader.problems
    return [
        ServiceRow(
            sheet=context.sheet,
            row=row.number,
            names=str(reader.cell(ServiceField.NAME)),
            evidence=evidence,
            served_on=day.on,
            began_at=datetime.combine(day.on, hours.began, clock.ZONE) if hours else None,
            minutes=minutes,
            category=category,
            way=way,
            place=note_of(reader.cell(ServiceField.PLACE), TEXT),
            result=note_of(reader.cell(ServiceField.RESULT), TEXT),
            questions=reader.questions,
            titles=context.columns.titles,
            part=context.side
            + (day.on.isoformat() if context.is_day_column or len(days) > 1 else ""),
        )
        for day in days
    ]


_TELLING = (
    *(ServiceField.DAY, ServiceField.BEGAN, ServiceField.ENDED, ServiceField.TIME),
    *(ServiceField.PLACE, ServiceField.RESULT, ServiceField.PRESENT),
)
"""Without any of these a row tells of no service."""
_AWAY_WORDS = (
    r"未(?:到场?|参加|签到|出勤)|没(?:有)?(?:来|到|参加)|缺席|缺勤|旷工?|(?:事|病|年|休)假|请(?:事|病)?假|"
    r"公出|出差"
)
_AWAY = re.compile(_AWAY_WORDS)
"""What says also in place of a length, or in a remark, that somebody did not come."""
_ABSENT = re.compile(rf"[0×xX✗✘╳]|0\.0+|否|无|未|缺|假|不在|{_AWAY_WORDS}")
"""What stands where a length could, and says that somebody did not come."""
_VOID = re.compile(
    r"(?:活动|服务|本次|本条|该条|已|因.{1,6})*(?:取消|作废|无效|撤销|驳回|退回|重复(?:登记|填报)?|误[填登]|填错)"
    r"|(?:未|不)(?:通过|予?认定|合格|计入?(?:时长|时数)?|算|审核|完成)|审核(?:未|不)通过"
    r"|(?:待|未)(?:定|审核?|核[实对]|确认|认定)"
    r"|由.{2,4}(?:代(?:为|替)?|顶?替)(?:服务|参加|出勤|值班|签到?)?"
)
"""What says, beside a service, that it does not count, not yet, or for somebody else."""
_OTHERWISE = re.compile(
    r"(?:(?P<less>迟到|早退|晚到|早走|应?扣[除减]?|核减|减去?|[多少漏][记计报])|应[为是]|改为|更正为|按"
    r"|实[际为是]*(?:服务|参加)?(?:时长)?[为是]?|只(?:服务|参加)?了?)[:约]*[计算记]*"
    r"(?P<length>(?:[\d.]+|半)个?半?(?:小时|分钟?|时|h)(?:\d+分钟?|半)?)[计算记]*"
)
"""What says beside a length that it was another: 迟到1小时, 实际1.5小时, 按1小时计."""
_TIMES = re.compile(r"(?:本[日月])?(?:总?共|共?计|合计|累计)?(?:服务|参加|活动)*(\d+)[次场]")
"""What says beside a service that it took place so often: 共3次."""
_NAMED_TIMES = re.compile(r"[(（](?:共|计)*(\d+)[次场天][)）]|[*×xX✕]\s*(\d+)$")
"""The same behind a name: 张三（3次）, 张三×3."""
_SUBTOTAL = re.compile(r".{2,12}(?:小计|合计|总计|共计|汇总)")
"""A name that adds up what stands above: 张三小计."""
_DATED = re.compile(r"[年月]|\d[-/.]\d{1,2}[-/.]\d")
"""A day stands there, and not the hours alone."""
_TICK = re.compile(r"[√✓✔☑vV○●▲△★☆]|是|有|到|已到|已?参加|已?签到|出勤|1?次|全勤|已参与")
"""What stands there and says that somebody came."""


class _RowReader:
    """One row, read fact by fact; what cannot be read is added to `problems`, what is open to
    `questions`."""

    def __init__(self, row: FilledRow, context: TableContext) -> None:
        self._row = row
        self._context = context
        self._columns = context.columns
        self.problems: list[RowProblem] = []
        self.questions: dict[Uncertainty, dict[str, object]] = {}
        self._pause = ""
        self._notes: dict[ServiceField, str] = {}

    @property
    def says_nothing(self) -> bool:
        """Whether nothing stands in the row itself; what merged cells say is of the rows above."""
        if self._context.is_day_column and not self.text(ServiceField.TIME):
            return True
        return not self._texts

    def unread(self) -> LeftoverKind | None:
        """Why the row is no service: it adds up, signs, is an example, or tells of none."""
        texts = self._texts
        if not texts:
            return None
        is_named = ServiceField.NAME not in self._columns.at
        title = "" if is_named else name_of(self.cell(ServiceField.NAME))
        name = "" if is_named else first_name(self.cell(ServiceField.NAME))
        if self._context.is_day_column and not self.text(ServiceField.TIME):
            return None
        day = self.text(ServiceField.DAY)
        served = bool(day) and not TOTAL.fullmatch(name) and not is_below(compact(day))
        if title.startswith(EXAMPLE):
            return LeftoverKind.ROWS_EXAMPLE
        if not day and _SUBTOTAL.fullmatch(title):
            return LeftoverKind.ROWS_MARGIN
        is_service = served and (is_named or is_name(name))
        if self.is_absent and (is_service or not self._lacks_only_a_name(texts)):
            return LeftoverKind.ROWS_ABSENT
        if is_service or self._lacks_only_a_name(texts):
            return None
        telling = {one for one in _TELLING if self.text(one)}
        has_facts = bool(telling - {ServiceField.TIME})
        if is_margin(texts, name, self.text(ServiceField.IDENTITY), has_facts):
            return LeftoverKind.ROWS_MARGIN
        if telling == {ServiceField.TIME} and not name:
            return LeftoverKind.ROWS_MARGIN
        if telling or (is_name(name) and self._is_listed):
            return None
        names_somebody = is_name(name) and not title[:1].isdecimal()
        return LeftoverKind.ROWS_NAMES if names_somebody else LeftoverKind.ROWS_MARGIN

    @property
    def is_absent(self) -> bool:
        """Whether the row says that somebody did not come: with a mark where it says who came, in
        words also beside or in place of the length."""
        is_day = self._context.is_day_column
        place = ServiceField.TIME if is_day else ServiceField.PRESENT
        if _ABSENT.fullmatch(compact(self.text(place))):
            return True
        if is_day:
            return False
        beside = [self.text(one) for one in (ServiceField.TIME, ServiceField.RESULT)]
        return any(_AWAY.fullmatch(compact(text)) for text in (*beside, *self._remarks))

    @property
    def _remarks(self) -> Iterator[str]:
        """What stands in columns that could hold what was done, beside the one that does."""
        cells = self._row.cells
        for column in self._columns.header.unused:
            if column.fact == ServiceField.RESULT and column.index < len(cells):
                yield text_of(cells[column.index])

    @property
    def _is_listed(self) -> bool:
        """Whether to stand in the table is to have served: the day and the hours stand above, and
        no column could tell more."""
        above, at = self._context.above, self._columns.at
        return above is not None and above.tells_time and at.keys().isdisjoint(_TELLING)

    def _lacks_only_a_name(self, texts: list[str]) -> bool:
        """Whether a row has a day and a length, and nothing in it adds up or signs."""
        if self.text(ServiceField.NAME) or not self.text(ServiceField.TIME):
            return False
        day = day_of(self.cell(ServiceField.DAY), *self._when)
        return isinstance(day, ReadDay) and not any(map(is_below, map(compact, texts)))

    @cached_property
    def _texts(self) -> list[str]:
        """What stands in the row itself and in this table, without its running number."""
        columns, cells = self._columns, self._row.cells
        own = (at for at in columns.span if at < len(cells) and at not in self._row.inherited)
        texts = [(at, text_of(cells[at])) for at in own]
        return [t for at, t in texts if t and not (at in columns.numbered and t.isdecimal())]

    def cell(self, place: ServiceField) -> Cell:
        at, cells = self._columns.at.get(place), self._row.cells
        if at is None:
            return self._context.who.get(place, "")
        return cells[at] if at < len(cells) else ""

    def text(self, place: ServiceField) -> str:
        text = self._notes.get(place)
        if text is None:
            text = note_of(self.cell(place), TEXT)
            if place is ServiceField.TIME and self._columns.minutes is not None:
                text = self._with_minutes(text, self._columns.minutes)
            elif place is ServiceField.TIME and _number(text) is not None:
                text += self.text(ServiceField.UNIT)
            self._notes[place] = text
        return text

    def _with_minutes(self, hours: str, place: int) -> str:
        """Hours with the minutes that stand in a column of their own; those may be the same length
        once more, 2 and 120, but no more than an hour's beside others."""
        cells = self._row.cells
        minutes = note_of(cells[place], TEXT) if place < len(cells) else ""
        if not minutes or not hours:
            return hours or (minutes and f"{minutes}分钟")
        rest, whole = _number(minutes), _number(hours)
        if rest and whole and rest == whole * HOUR:
            return f"{hours}小时"
        if rest is not None and rest >= HOUR:
            return f"{hours}小时/{minutes}分钟"
        return f"{hours}小时{minutes}分钟"

    def wrong(self, kind: str, place: ServiceField, **facts: object) -> None:
        title = self._columns.titles.get(place, TITLES[place])
        where = (self._context.sheet, self._row.number, quoted(self.text(ServiceField.NAME)))
        is_day_column = self._context.is_day_column
        part = self._columns.titles[ServiceField.TIME] if is_day_column else ""
        part = self._context.side + part
        self.problems.append(RowProblem(*where, title, kind, PROBLEMS[kind], facts, part))

    def check_standing(self) -> None:
        """Whether the row says itself that it does not count: 作废, 未通过, 待核实."""
        cells, columns = self._row.cells, self._columns
        at = [one.index for one in columns.header.unused if one.index < len(cells)]
        if ServiceField.RESULT in columns.at:
            at.append(columns.at[ServiceField.RESULT])
        remarks = (text_of(cells[place]) for place in at if place < len(cells))
        if void := next((text for text in remarks if _VOID.fullmatch(compact(text))), None):
            self.wrong("void", ServiceField.RESULT, text=quoted(void))

    def check_times(self, days: int) -> None:
        """Whether the row says itself that it is more services than it has days."""
        count, text = next(self._times(), (1, ""))
        if self._context.is_day_column:
            return
        if count == 0:
            self.wrong("void", ServiceField.TIME, text=quoted(text))
        elif count == days and self._columns.is_each:
            self.questions.pop(Uncertainty.SEVERAL_DAYS, None)
        elif count not in (1, days):
            self.wrong("times", ServiceField.TIME, text=quoted(text))

    def check_length(self, minutes: int | None) -> None:
        """Whether the row says beside its length that it was another, or takes something off."""
        for text in (self.text(ServiceField.RESULT), *self._remarks):
            match = _OTHERWISE.fullmatch(plain_words(text))
            length = match and length_of(match["length"], TimeUnit.UNSAID)
            if match and length and (match["less"] or length.minutes != minutes):
                self.wrong("length-otherwise", ServiceField.TIME, text=quoted(text))

    def _times(self) -> Iterator[tuple[int, str]]:
        """How often it was, wherever the row tells that, and in which words."""
        cells, columns = self._row.cells, self._columns
        for place in columns.times:
            text = text_of(cells[place]) if place < len(cells) else ""
            plain = plain_words(text).removesuffix("次").removesuffix("场").removesuffix("天")
            if (count := _number(plain)) is not None:
                yield ceil(count), f"{columns.header.titles[place]} {text}"
        beside = [self.text(one) for one in (ServiceField.RESULT, ServiceField.PRESENT)]
        for text in (*beside, *self._remarks):
            if match := _TIMES.fullmatch(plain_words(text)):
                yield int(match[1]), text
        if match := _NAMED_TIMES.search(name := self.text(ServiceField.NAME)):
            yield int(match[1] or match[2]), name

    def days(self) -> list[ReadDay]:
        """The days of the row, or those that stand above it; none if they cannot be read."""
        cell, above = self.cell(ServiceField.DAY), self._context.above
        own = bool(self.text(ServiceField.DAY)) and not (above and self._is_hour(cell))
        days = days_of(cell if own or above is None else above.text, *self._when)
        if days == "day" and own:
            days = self._in_either_order(text_of(cell)) or days
        text = quoted(self.text(ServiceField.DAY) if own or above is None else above.text)
        if isinstance(days, str):
            self.wrong(days, ServiceField.DAY, text=text)
            return []
        first = days[0]
        self._pause = first.pause
        if first.question:
            self.questions[first.question] = {"day": text, "on": first.on.isoformat()}
        if not own and above and not above.is_certain:
            self.questions[Uncertainty.DAY_ABOVE] = {"day": text}
        if len(days) > 1:
            time = quoted(self.text(ServiceField.TIME))
            self.questions[Uncertainty.SEVERAL_DAYS] = {"day": text, "time": time}
        return days

    def _in_either_order(self, text: str) -> list[ReadDay]:
        """The day of a date such as 7/4/2026, if its column tells the order or it is asked for."""
        days = self._context.dates.days(text)
        if len(days) > 1:
            first, other = (on.isoformat() for on in days[:2])
            facts: dict[str, object] = {"day": quoted(text), "on": first, "other": other}
            self.questions[Uncertainty.DAY_ORDER] = facts
        return [ReadDay(on) for on in days[:1]]

    @property
    def _when(self) -> tuple[int | None, date, int | None]:
        """The year, the present day and the month of days that do not say theirs; a bare number has
        no month under what could head hours."""
        title = self._columns.titles.get(ServiceField.DAY, "")
        is_bare = self.text(ServiceField.DAY).isdecimal() and may_head_hours(title)
        return self._context.year, self._context.today, None if is_bare else self._context.month

    def _is_hour(self, cell: Cell) -> bool:
        """Whether what heads the hours and could hold a day holds the hours alone."""
        at = self._columns.at
        same = at.get(ServiceField.BEGAN) == at.get(ServiceField.DAY)
        return same and hours_of(cell) is not None

    def ask_of_each(self, hours: HoursServed | None) -> None:
        """Leave nothing open of several days where the hours, or 每天, say that it is of each."""
        if (hours and hours.minutes) or is_of_each_day(self.text(ServiceField.TIME)):
            self.questions.pop(Uncertainty.SEVERAL_DAYS, None)

    def hours(self, day: ReadDay | None) -> HoursServed | None:
        """When it began and how long until its end, as far as the row tells it."""
        if self._ends_elsewhere(day):
            return None
        end, hours = self._clock(ServiceField.ENDED), day.hours if day else None
        if hours is None or (end is not None and self._context.above):
            hours = self._clock(ServiceField.BEGAN) or hours
        if hours is None or (end is None and not hours.minutes):
            return _span(self.text(ServiceField.TIME) + self._pause) or hours
        if end is None or hours.minutes:
            return hours
        whole = hours.until(end.began)
        whole = without_pause(whole, self._pause) if whole and self._pause else whole
        if whole is None:
            text = quoted(self.text(ServiceField.ENDED) + self._pause)
            self.wrong("began", ServiceField.ENDED, text=text)
        return whole

    def _ends_elsewhere(self, day: ReadDay | None) -> bool:
        """Whether the end has another day than the row, which is said of it."""
        cell = self.cell(ServiceField.ENDED)
        end = day_of(cell, *self._when) if _DATED.search(text_of(cell)) else None
        if day is None or not isinstance(end, ReadDay) or end.on == day.on:
            return False
        self.wrong("end-day", ServiceField.ENDED, text=quoted(text_of(cell)))
        return True

    def _clock(self, place: ServiceField) -> HoursServed | None:
        """The hours in a cell of their own, where a day may stand before them."""
        cell = self.cell(place)
        at = self._columns.at
        is_day = at.get(place) == at.get(ServiceField.DAY)
        if not text_of(cell) or (is_day and not (self._context.above and self._is_hour(cell))):
            return None
        hours = hours_of(cell)
        if hours is None:
            day = day_of(cell, *self._when)
            hours = day.hours if isinstance(day, ReadDay) else None
        if hours and hours.minutes and self._pause:
            hours = hours_of(text_of(cell) + self._pause)
        if hours is None:
            self.wrong("began", place, text=quoted(text_of(cell) + self._pause))
        return hours

    def minutes(self, hours: HoursServed | None) -> int | None:
        """How long it took: as said, pauses taken off, else from its beginning to its end."""
        text, above = self.text(ServiceField.TIME), self._context.above
        is_told = bool(above and above.length) or bool(hours and hours.minutes)
        text = "" if is_told and _TICK.fullmatch(compact(text)) else text
        if hours and hours.minutes and (not text or _span(text + self._pause)):
            return hours.minutes
        text = text or (above.length if above else "")
        if not text or _TICK.fullmatch(compact(text)):
            return self._presence(text or self.text(ServiceField.PRESENT))
        scope = self._context.scope
        length = length_of(text, self._columns.unit, scope.day_hours)
        if self._pause and not (length and hours and length.minutes == hours.minutes):
            text += self._pause
            length = length_of(text, self._columns.unit, scope.day_hours)
        title = self._columns.titles.get(ServiceField.TIME, "")
        if length is None:
            self.wrong("time", ServiceField.TIME, text=quoted(text))
            return None
        if length.minutes > DAY_MINUTES:
            self.wrong("time-day", ServiceField.TIME, text=quoted(text), title=title)
            return None
        if length.question:
            facts = {"time": quoted(text), "minutes": length.minutes, "title": title}
            self.questions[length.question] = facts
        return length.minutes

    def _presence(self, text: str) -> int | None:
        """What it counts that somebody came, where nothing says how long."""
        if text:
            minutes = round(self._context.scope.tick_hours * HOUR)
            self.questions[Uncertainty.TICK] = {"time": quoted(text), "minutes": minutes}
            return minutes
        if all(problem.kind not in ("began", "end-day") for problem in self.problems):
            self.wrong("time-missing", ServiceField.TIME)
        return None

    def code(self, place: ServiceField, known: Mapping[str, str], otherwise: str) -> str:
        text = self.text(place)
        code = known.get(compact(text)) if text else otherwise
        if code is None:
            names = "、".join(dict.fromkeys(word for word in known if not word.isascii()))
            self.wrong(str(place), place, text=quoted(text), words=names)
        return code or ""

    def evidence(self) -> Evidence:
        """The numbers of the row: in whichever of its columns one stands in full, or by its end."""
        ends: list[str] = []
        phones: list[str] = []
        id_number = ""
        for place in (ServiceField.IDENTITY, ServiceField.PHONE, ServiceField.TAIL):
            cell, text = self.cell(place), tail_of(self.text(place))
            if not text:
                continue
            if len(text) == TAIL:
                ends.append(text)
            elif not (identity := identity_of(cell)).fault:
                id_number = id_number or identity.number
            elif place is not ServiceField.IDENTITY and (read := phones_of(cell)).number:
                phones += (read.number, *read.others)
            else:
                self.wrong(str(place), place)
        number = compact(self.text(ServiceField.NUMBER)).upper()
        return Evidence(number, id_number, tuple(phones), tuple(ends))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _span(text: str) -> HoursServed | None:
    """From when until when, where a length of time could stand; a length alone is none."""
    hours = hours_of(text)
    return hours if hours and hours.minutes else None


def check_size(rows: int) -> None:
    """Refuse more rows than one act records."""
    if rows > MOST_ROWS:
        raise Refused(
            "import.too-many",
            gettext_noop("At most %(most)s rows at once; divide the table."),
            most=MOST_ROWS,
        )


def check_fit(rows: int, members: int) -> None:
    """Refuse far more rows than a community of so many members can have."""
    most = max(LEAST_ROWS, ROWS_A_MEMBER * members)
    if rows > most:
        raise Refused(
            "import.too-many-here",
            gettext_noop(
                "This table has %(rows)s rows; one of a community with your number of members may "
                "have %(most)s. Check that it is your community's, or divide it."
            ),
            rows=rows,
            most=most,
        )
