"""How many people a band, a total or a title says there are, held against those who were read."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from baodao.rostersheets.rules.branches import branch_name, is_branch_name
from baodao.spreadsheets.cells import Cell, compact, text_of

STATED = re.compile(r"([0-9]{1,6})[人名位][)】\]]?$")
SUM = r"(?:共计|共有|合计|总计|小计|总人数|人数|总数|共)"
TOTAL = re.compile(
    rf"(?P<of>.{{0,12}}?)[(]?{SUM}为?:?(?:党员|人员)?:?(?P<count>[0-9]{{1,6}})(?:[人名位](?!次)|$)"
)
ALONE = re.compile(rf"(?P<of>.{{0,12}}?){SUM}:?")
"""What begins a row that states its count in a cell of its own."""
OWN = re.compile(
    r"(?:本[页表单]|以上|全[部体]|党员|人员|支部|单位|位|累计|总|名册|花|.{0,6}局|的)*"
)
COUNT = re.compile(r"([0-9]{1,6})(?:\.0)?[人名位]?")


class HeadTotal(NamedTuple):
    """A row that adds up people: how many, of which branch if it says so, and whether only those
    right above it."""

    branch: str
    people: int
    is_part: bool


def total_of(cells: Sequence[Cell], places: Collection[int] = ()) -> HeadTotal | None:
    """What a row states as a total of people: 合计：5人, 共5名党员, 第一党支部小计5人, or 合计 and
    the count alone in one of `places`; None where it states none, or one of some of them only."""
    for cell in cells:
        text = compact(text_of(cell)).partition("其中")[0]
        if match := TOTAL.match(text):
            return _total(match, match["count"])
        match = ALONE.fullmatch(text)
        counts = (COUNT.fullmatch(compact(text_of(cells[at]))) for at in places if at < len(cells))
        if match and (count := next(filter(None, counts), None)):
            return _total(match, count[1])
    return None


def _total(match: re.Match[str], count: str) -> HeadTotal | None:
    of, is_part = match["of"], "小计" in match[0] or "本页" in match[0]
    if OWN.fullmatch(of):
        return HeadTotal("", int(count), is_part)
    return HeadTotal(branch_name(of), int(count), is_part=True) if is_branch_name(of) else None


class StatedCount(NamedTuple):
    """A band in row `number` that states so many people; `before` is how many stood above it."""

    number: int
    cells: Sequence[Cell]
    stated: int
    before: int


class HeadCounts:
    """The counts of one sheet while its rows are read: those of bands that hold, and totals with
    every sum of people above them."""

    def __init__(self) -> None:
        self._open: list[StatedCount] = []
        self._totals: list[tuple[StatedCount, set[int], bool]] = []
        self._marks = {0}

    def mark(self, people: int) -> None:
        """After so many people a table, a band or what follows a total begins."""
        self._marks.add(people)

    def begin(self, number: int, cells: Sequence[Cell], people: int) -> None:
        """A band stands in row `number`, after so many people of the sheet."""
        self.mark(people)
        stated = (STATED.search(compact(text_of(cell))) for cell in cells)
        count = next((int(match[1]) for match in stated if match), None)
        if count is not None:
            self._open.append(StatedCount(number, cells, count, people))

    def close(self, holding: Collection[int], people: int) -> Iterator[tuple[StatedCount, int]]:
        """Let those end that are not in the rows `holding`; yields each whose count differs, with
        how many people stand below it. Words that add up were of those above if nobody does."""
        over = [one for one in self._open if one.number not in holding]
        self._open = [one for one in self._open if one.number in holding]
        for one in over:
            below = people - one.before
            is_total = any(TOTAL.match(compact(text_of(cell))) for cell in one.cells)
            if below != one.stated and (below or not is_total):
                yield one, below

    def add_up(
        self, number: int, cells: Sequence[Cell], total: HeadTotal, people: int, gone: int = 0
    ) -> None:
        """Row `number` states how many stand above it, or, before anybody, below it; `people` have
        stood above it, beside `gone` who are no members any more."""
        sums = {people - mark for mark in self._marks} - {0}
        sums |= {one + gone for one in sums}
        one = StatedCount(number, cells, total.people, people)
        self._totals.append((one, sums, total.is_part))
        self.mark(people)

    def differences(self, people: int, others: int) -> Iterator[tuple[StatedCount, int]]:
        """The totals that agree with no sum of `people` of the sheet, nor, unless they are of a
        part, with those of the file, `others` on other sheets; each with the nearest sum."""
        for one, sums, is_part in self._totals:
            own = sums or {*self._marks, people}
            if one.stated not in own | (set() if is_part else {people, people + others}):
                yield one, min(own - {0} or {people}, key=lambda total: abs(total - one.stated))
