"""Tables of services shuffled, merged, hidden, banded, renamed: every service is read or named."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from baodao.ledger.rules.durations import Uncertainty
from baodao.spreadsheets.cells import Cell
from baodao.spreadsheets.workbooks import Merge, SourceSheet
from baodao.timesheets.queries.readings import read_sheet
from baodao.timesheets.queries.sheets import sheet_in
from baodao.timesheets.rules.name_lists import first_name
from baodao.timesheets.rules.questions import ImportScope
from baodao.timesheets.rules.services import Words

NAMES = ("乐华", "史云舒", "戴萍", "余承志", "秦天宇", "欧阳修远", "阿卜杜·热合曼")
WORDS = {
    "name": ("姓名", "参加人员", "志愿者姓名", "姓 名", "服务人员", "参与党员"),
    "day": ("日期", "服务日期", "活动日期", "参加日期", "服务时间"),
    "hours": ("时长（小时）", "服务時長(小時)", "服务小时数", "时长/小时"),
    "minutes": ("时长（分钟）", "服务时长(分)", "分钟数"),
    "result": ("服务内容", "活动内容", "活动名称"),
    "phone": ("联系电话", "手机号码"),
}
STRANGERS = ("所在支部", "姓名（服务对象）", "联系电话（家属）", "累计时长", "积分")
DAYS = (
    "2026-07-{:02}",
    "2026年7月{}日",
    "7月{}日",
    "{}日",
    "2026/7/{}",
    "7月{}号（{}）",
    "７月{}日",
)
BANDS = ("2026年7月{}日", "7月{}日 清洁家园", "{}日（共3人）", "一、7月{}日")
LENGTHS = {
    60: ("1小时", "60分钟", "一小时", "１小时", "1h", "1個小時"),
    90: ("1.5小时", "90分钟", "一个半小时", "1:30", "1小时30分"),
    120: ("2小时", "120分鐘", "两小时", "约2小时", "2h"),
}
WRONG_DAYS = ("某日", "2026年7月", "7月40日", "星期一")
WRONG_LENGTHS = ("很久", "若干", "2课时", "36小时")
FOOTERS = (
    ["填表人：王某"],
    ["备注：时长不含路途"],
    ["审核人：李某", "", "日期：2026年8月1日"],
    ["以上"],
)
WEEKDAYS = "一二三四五六日"
Line = list[Cell]


@dataclass
class Layout:
    """A sheet in the making: its lines and merged cells, the services in it, and the rows whose
    services cannot be read, with whom they name."""

    lines: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    right: list[tuple[str, int, int]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    last: int = 0

    def add(self, line: Line) -> int:
        self.lines.append(line)
        return len(self.lines)


@dataclass
class Table:
    """A table in the making: which facts its columns hold, and what holds for all of its rows."""

    draw: Random
    facts: list[str]
    day: int = 0
    name: str = ""

    def row(self, layout: Layout, number: int) -> Line:
        """One service, one in eight of them with a fault."""
        draw = self.draw
        name = self.name or draw.choice(NAMES)
        day = self.day or draw.randint(1, 28)
        minutes = draw.choice(list(LENGTHS))
        values = {
            "name": draw.choice((name, f" {name}", f"{name}（组长）")),
            "day": _day(draw, day),
            "hours": draw.choice((minutes / 60, *LENGTHS[minutes])),
            "minutes": draw.choice((float(minutes), *LENGTHS[minutes])),
            "result": draw.choice(("巡逻", "义诊", "")),
        }
        fault = draw.choice(("day", "length", *[""] * 14))
        if fault == "day" and "day" in self.facts:
            values["day"] = draw.choice(WRONG_DAYS)
        elif fault == "length":
            values |= dict.fromkeys(("hours", "minutes"), draw.choice(WRONG_LENGTHS))
        else:
            fault = ""
            layout.right.append((name, day, minutes))
        if fault:
            layout.wrong.append((number, name))
        layout.last = minutes
        return [values.get(fact, "") for fact in self.facts]


def _day(draw: Random, day: int) -> str:
    weekday = f"周{WEEKDAYS[date(2026, 7, day).weekday()]}"
    return draw.choice(DAYS).format(day, weekday)


def table(draw: Random, layout: Layout) -> None:
    """One table, perhaps twice side by side, its days in a column or in bands, its people in a
    column or above."""
    sides = draw.choice((1, 1, 1, 2))
    kind = draw.choice(("plain", "plain", "bands", "person")) if sides == 1 else "plain"
    facts = ["name", "day", draw.choice(("hours", "minutes"))]
    facts.remove({"bands": "day", "person": "name"}.get(kind, "")) if kind != "plain" else None
    facts += draw.sample(("result", "phone"), draw.randrange(3))
    facts += draw.sample(STRANGERS, draw.randrange(3)) if sides == 1 else []
    draw.shuffle(facts)
    titles = [draw.choice(WORDS[fact]) if fact in WORDS else fact for fact in facts]
    one = Table(draw, facts)
    if kind == "person":
        one.name = draw.choice(NAMES)
        layout.add([f"姓名：{one.name}"])
    layout.add(titles * sides)
    for _ in range(draw.randrange(1, 3 if kind != "plain" else 2)):
        if kind == "bands":
            one.day = draw.randint(1, 28)
            band = layout.add([draw.choice(BANDS).format(one.day)])
            layout.merges.append(Merge(band, 0, band, len(facts) - 1))
        rows(one, layout, sides, titles)


def rows(one: Table, layout: Layout, sides: int, titles: list[str]) -> None:
    """The rows of a table, with subtotals, blank rows and headers once more between them."""
    draw = one.draw
    for _ in range(draw.randrange(1, 5)):
        number = len(layout.lines) + 1
        cells: Line = []
        for _ in range(sides):
            cells += one.row(layout, number)
        layout.add(cells)
        if sides == 1 and draw.random() < 0.25:
            below(one, layout, cells)
        if draw.random() < 0.15:
            layout.add([])
        if draw.random() < 0.15 and sides == 1 and "name" in one.facts:
            total: Line = ["" for _ in one.facts]
            total[one.facts.index("name")] = draw.choice(("小计", "合计", "本页合计"))
            total[-1] = total[-1] or 5.0
            layout.add(total)
        if draw.random() < 0.1:
            layout.add([*titles * sides])


def below(one: Table, layout: Layout, cells: Line) -> None:
    """A row for somebody else under the merged cells of the row above: its day, length, content."""
    number = len(layout.lines)
    shared = [fact for fact in ("day", "hours", "minutes", "result") if fact in one.facts]
    if "name" not in one.facts or (number, one.name) in layout.wrong or not layout.right:
        return
    if layout.wrong and layout.wrong[-1][0] == number:
        return
    name, day, minutes = layout.right[-1]
    other = one.draw.choice([each for each in NAMES if each != name])
    line: Line = [other if fact == "name" else "" for fact in one.facts]
    for fact in shared:
        place = one.facts.index(fact)
        layout.merges.append(Merge(number, place, number + 1, place))
    layout.add(line)
    layout.right.append((other, day, minutes))


def layout_of(draw: Random) -> Layout:
    layout = Layout()
    layout.add(["柳荫社区2026年7月志愿服务统计表"])
    if draw.random() < 0.5:
        layout.add(["填表日期：2026年8月1日"])
    for _ in range(draw.randrange(1, 4)):
        table(draw, layout)
        layout.add([])
    for _ in range(draw.randrange(2)):
        layout.add([*draw.choice(FOOTERS)])
    return layout


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_every_service_is_read_or_named(seed: int) -> None:
    draw = Random(seed)
    layout = layout_of(draw)
    hidden = {number for number in range(3, len(layout.lines) + 1) if draw.random() < 0.1}
    lines = iter(list(enumerate(layout.lines, start=1)))
    source = SourceSheet("7月", False, 0, layout.merges, lines, hidden)
    scope = ImportScope(frozenset(Uncertainty) - {Uncertainty.OVER_DAY})
    found = read_sheet(sheet_in(source, scope, {}), Words({}, {}), scope, date(2026, 11, 28))
    services = [(first_name(one.names), one.served_on.day, one.minutes) for one in found.services]
    assert sorted(services) == sorted(layout.right)
    wrong = {(one.row, first_name(one.who)) for one in found.problems}
    assert wrong == set(layout.wrong)
    assert found.count == len(layout.right) + len(layout.wrong)
