"""Rosters shuffled, merged, hidden, banded, renamed and spread over sheets: everybody is taken over
or named, and counted once."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from baodao.people.rules.standing import Standing
from baodao.rosters.facts import ROSTER
from baodao.rostersheets.rules.branches import Branches
from baodao.rostersheets.rules.judgement import judge
from baodao.rostersheets.rules.roster import RosterJudgement, Setup
from baodao.spreadsheets.cells import column_letter
from baodao.spreadsheets.leftovers import LeftoverKind
from baodao.spreadsheets.workbooks import Merge, SourceSheet
from tests.rosters import sheets

WORDS = {
    "name": ("姓名", "党员姓名", "姓 名", "*姓名", "员工名称", "姓名（本人）", "同志姓名"),
    "id": ("身份证号", "公民身份号码", "身份證號", "居民身份证号码(18位)", "身份证号（现行）"),
    "phone": ("手机", "联系电话（本人）", "电话号码", "手机号（短号）", "聯繫電話"),
    "sex": ("性别", "性 别"),
    "joined": ("入党时间", "何年何月入党", "入党年月（年月）"),
}
STRANGERS = (
    "备注",
    "姓名（配偶）",
    "身份证号（旧，作废）",
    "联系电话（家属）",
    "党支部（原）",
    "毕业院校",
)
BRANCHES = ("第一党支部", "第二党支部", "离退休党支部")
FRAMES = ("{}（3人）", "【{}】", "——{}——", "{}：共3人", "支部名称：{}", "{}（书记：王某）")
NOBODY = (["填全名", "18位", "11位"], ["---", "---", "---"], ["例：张三", "18位", "11位"])
PARTS = ("吾布力 喀斯木", "阿卜杜拉 买买提 吐尔逊", "马依木江．吐尔地", "买买提 艾力江")
COUPLES = ("张三 李四", "陈晓宇、郝一鸣", "王小明 阿卜杜拉")
OTHERS = ("其他人员", "【其他】", "B. 其他", "人事代理人员（2人）", "（三）其他")
GROUPS = ("第一党小组", "（二）第二党小组", "党小组：", "第三小组（组长：王某）")
TICKED = ("在职", "退休")
BANDS = {"在职党员": Standing.IN_SERVICE, "离退休人员": Standing.RETIRED}


@dataclass
class Layout:
    """A sheet in the making: its lines, what it has of people, how many records it shows, and how
    many people of one row are more than that row; rows that state a count, with it and with how
    many people stood above them while it holds."""

    lines: list[list[str]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    good: dict[str, tuple[str, str, Standing | None]] = field(default_factory=dict)
    faulty: list[int] = field(default_factory=list)
    records: int = 0
    more: int = 0
    open_counts: list[tuple[int, int]] = field(default_factory=list)
    wrong_counts: int = 0
    order: int = 0
    first: int = 0
    title: str = ""
    outer: str = ""

    def add(self, line: list[str], records: int = 1) -> int:
        self.lines.append(line)
        self.records += records
        return len(self.lines)

    def state(self, stated: int | None = None) -> None:
        """The counts that were stated hold no longer; another begins, if one is given."""
        people = self.order + self.more
        self.wrong_counts += sum(people - before != count for before, count in self.open_counts)
        self.open_counts = [] if stated is None else [(people, stated)]


def person(draw: Random, layout: Layout, facts: list[str], band: str, standing: str) -> list[str]:
    """A row in the order of `facts`, one in six without a number; a tick under 退休 wins over the
    band."""
    ticked = "退休" in facts and draw.random() < 0.4
    standing = "离退休人员" if ticked else standing
    layout.order += 1
    number = sheets.id_number(layout.order)
    typed, is_couple = sheets.name(layout.order), draw.random() < 0.05
    if is_couple or draw.random() < 0.1:
        typed = draw.choice(COUPLES if is_couple else PARTS)
    values = {
        "name": typed,
        "id": number if draw.random() > 1 / 6 else "",
        "phone": f"139{layout.order:08d}",
        "sex": "男",
        "joined": "2005.07",
        "退休": "√" if ticked else "",
        "在职": "",
        "branch": draw.choice(BRANCHES),
    }
    layout.more += is_couple
    if values["id"] and not is_couple:
        branch = values["branch"] if "branch" in facts else band
        name = typed.replace(" ", "·").replace("．", "·")
        layout.good[number] = (name, branch, BANDS.get(standing))
    else:
        layout.faulty.append(len(layout.lines) + 1)
    return [values.get(fact, "张某" if "姓名" in fact else "") for fact in facts]


def band_of_standing(draw: Random, layout: Layout, others: str | None) -> str:
    """A band of a standing, which is given, or one of others, who stand as `others` if known."""
    if others is not None and draw.random() < 0.5:
        words = draw.choice(OTHERS)
        layout.add([words])
        layout.state(2 if "2人" in words else None)
        return others
    words, has_count = draw.choice(list(BANDS)), draw.random() < 0.5
    layout.add(["", f"二、{words}（4人）"] if has_count else [words])
    layout.state(4 if has_count else None)
    return words


def group(draw: Random, layout: Layout) -> bool:
    """A band of a group within a branch; whether it ends the bands of standings before it."""
    layout.add([draw.choice(GROUPS)])
    layout.outer = layout.outer or "group"
    return layout.outer == "group"


def facts_of(draw: Random, layout: Layout, sides: int) -> list[str]:
    """The facts of a table in any order; of several beside each other only the members' own."""
    facts = ["name", "id", *(fact for fact in ("phone", "sex", "joined") if draw.random() < 0.6)]
    facts += draw.sample(STRANGERS, draw.randrange(3)) if sides == 1 else []
    facts += ["branch"] if draw.random() < 0.5 else []
    facts += ["在职", "退休"] if draw.random() < 0.3 else []
    facts.append(f"备注{layout.order}")
    draw.shuffle(facts)
    return facts


def fillers(draw: Random, layout: Layout, sides: int) -> None:
    """Rows between the people that are nobody's."""
    if draw.random() < 0.2:
        layout.add([], 0)
    if draw.random() < 0.1 and sides == 1:
        layout.add(list(draw.choice(NOBODY)))


def table(draw: Random, layout: Layout, sides: int) -> None:
    """One table; `sides` of it beside each other, under a title that may give a standing."""
    standing = draw.choice(["", "", *BANDS])
    layout.outer = "standing" if standing and layout.order > layout.first else ""
    if standing:
        layout.add([f"{standing}名册"])
        layout.title = layout.title or (standing if layout.order == layout.first else "")
    others = None if standing else layout.title
    standing = standing or layout.title
    facts = facts_of(draw, layout, sides)
    titles = [
        draw.choice(WORDS[fact]) if fact in WORDS else {"branch": "所在党支部"}.get(fact, fact)
        for fact in facts
    ]
    layout.add(titles * sides, 1)
    band = "" if "branch" in facts else draw.choice(BRANCHES)
    if band:
        frame = draw.choice(FRAMES)
        layout.state(3 if "3人" in frame else None)
        layout.merges.append(Merge(layout.add([frame.format(band)]), 0, len(layout.lines), 2))
    standings = [standing] * sides
    for _ in range(draw.randrange(1, 5)):
        fillers(draw, layout, sides)
        if sides == 1 and draw.random() < 0.15 and group(draw, layout) and not band:
            layout.state()
            standings = [standing]
        if not band and draw.random() < 0.3:
            layout.outer = layout.outer or "standing"
            standings = [band_of_standing(draw, layout, others)] * sides
        elif sides == 2 and draw.random() < 0.3:
            standings = draw.sample(list(BANDS), 2)
            rest = [""] * (len(facts) - 1)
            layout.add([standings[0], *rest, f"（{standings[1]}）", *rest], 2)
        cells: list[str] = []
        for side in range(sides):
            cells += person(draw, layout, facts, band, standings[side])
        layout.add(cells, sides)
        if draw.random() < 0.1:
            layout.add(titles * sides)
    if sides == 1 and draw.random() < 0.2:
        wrong = draw.randrange(2)
        layout.add(["", f"合计：{layout.order - layout.first + layout.more + 1000 * wrong}人"])
        layout.wrong_counts += wrong
    layout.state()


def layout_of(draw: Random, first: int = 0) -> Layout:
    layout = Layout(order=first, first=first)
    for title in draw.sample(["某局党员花名册", "填报单位：某局", "编制日期：2026年3月"], 2):
        layout.add([title])
    for _ in range(draw.randrange(1, 4)):
        table(draw, layout, draw.choice((1, 1, 2)))
        layout.add([], 0)
    layout.add(["填表人：王某", "", "审核人：李某"])
    return layout


def sheet_of(draw: Random, title: str, layout: Layout) -> SourceSheet:
    """The sheet of a layout, some of its rows and columns out of sight; of the two columns in which
    a standing is ticked a hidden one loses against the other, so neither is hidden."""
    hidden = {number for number in range(1, len(layout.lines) + 1) if draw.random() < 0.1}
    ticked = {place for line in layout.lines for place, cell in enumerate(line) if cell in TICKED}
    columns = {place for place in range(20) if draw.random() < 0.1} - ticked
    rows = iter(list(enumerate(layout.lines, start=1)))
    return SourceSheet(title, False, 0, layout.merges, rows, hidden, columns)


def judged(sheets: list[SourceSheet]) -> RosterJudgement:
    return judge(sheets, Setup(ROSTER, Branches({}, "某局"), date(2026, 11, 28), {}))


@example(559)
@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_everybody_is_taken_over_or_named(seed: int) -> None:
    draw = Random(seed)
    layout = layout_of(draw)
    sheet = sheet_of(draw, "名册", layout)
    found = judged([sheet])
    assert {
        row.id_number: (row.name, row.branch, row.standing) for row in found.rows
    } == layout.good
    assert {problem.row for problem in found.problems} == set(layout.faulty)
    assert found.people == len(layout.good) + len(layout.faulty) + layout.more
    assert layout.records == found.people - layout.more + found.other_rows + 1
    told = {one.kind: one.count for one in found.leftovers}
    assert told.get(LeftoverKind.COUNTS, 0) == layout.wrong_counts
    shown = [number for number in sheet.hidden_rows if layout.lines[number - 1] and number > 2]
    assert told.get(LeftoverKind.ROWS_HIDDEN_READ, 0) <= len(shown)
    used = {one.where for one in found.leftovers if one.kind == LeftoverKind.COLUMN_HIDDEN_READ}
    assert used <= {column_letter(place) for place in sheet.hidden_columns}


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_people_spread_over_sheets_are_each_taken_over_or_named(seed: int) -> None:
    draw = Random(seed)
    layouts: list[Layout] = []
    for _ in range(draw.randrange(2, 5)):
        layouts.append(layout_of(draw, layouts[-1].order if layouts else 0))
    titles = [f"名册{number}" for number in range(len(layouts))]
    found = judged([sheet_of(draw, *pair) for pair in zip(titles, layouts, strict=True)])
    taken = {row.id_number: (row.name, row.branch, row.standing) for row in found.rows}
    left = {one.sheet for one in found.leftovers if one.kind == LeftoverKind.SHEET_SECOND}
    named = {
        (one.sheet, name)
        for one in found.leftovers
        for name in [text for _, text in one.rows] or one.text.split("；")
        if one.kind == LeftoverKind.SHEET_ALONE
    }
    faulty = {(problem.sheet, problem.row) for problem in found.problems}
    for title, layout in zip(titles, layouts, strict=True):
        if title in left:
            assert {(title, name) for name, _, _ in layout.good.values()} <= named
        else:
            assert {number: taken.pop(number) for number in layout.good} == layout.good
            assert {row for sheet, row in faulty if sheet == title} == set(layout.faulty)
    assert not taken
