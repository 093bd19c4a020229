"""Totals that a table states itself, held against the sum of what was read above them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from baodao.ledger.rules.durations import TimeUnit, Uncertainty, length_of
from baodao.rostersheets.rules.margins import TOTAL
from baodao.spreadsheets.cells import compact
from baodao.spreadsheets.lengths import HOUR

_SUBTOTAL = re.compile(r".{2,12}(?:小计|合计|总计|共计|汇总)")
_IN_WORDS = re.compile(
    r"(?:共计|合计|总计|小计|共|总时[长数]|时[长数]合计)(?:约|为|[:])?\s*"
    r"(?P<length>\d+(?:\.\d+)?(?:个?小时|分钟))"
)
"""A total in a sentence: 共计10小时."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NEAR = 1
"""So many minutes are lost where hours are rounded."""


@dataclass(frozen=True)
class TotalFault:
    """A total that is not the sum of what was read: minutes that are `stated`, and those `read`."""

    sheet: str
    row: int
    text: str
    stated: int
    read: int


@dataclass
class _Sum:
    """Minutes of rows, counted once a row and once for each of its people."""

    rows: int = 0
    people: int = 0

    def add(self, minutes: int, people: int) -> None:
        self.rows += minutes
        self.people += minutes * people

    def agrees(self, stated: Iterable[int]) -> bool:
        own = (self.rows, self.people)
        return any(abs(total - minutes) <= _NEAR for total in stated for minutes in own)


@dataclass
class RunningTotals:
    """What was read so far of a sheet: since the last total, of a column, and altogether."""

    _parts: defaultdict[str, _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    _columns: defaultdict[str, _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    _sheet: _Sum = field(default_factory=_Sum)

    def add(self, column: str, minutes: int, people: int) -> None:
        """Count one row of a column of lengths, and how many people it names."""
        for one in (self._parts[column], self._columns[column], self._sheet):
            one.add(minutes, people)

    def difference(self, column: str, stated: list[int], *, is_day: bool) -> tuple[int, int] | None:
        """The minutes that a total states and those that were read, where no sum above it agrees;
        one below a column of one day never is that of the sheet."""
        sums = [self._parts.pop(column, _Sum()), self._columns[column]]
        sums += [] if is_day else [self._sheet]
        if not any(stated) or any(one.agrees(stated) for one in sums):
            return None
        return stated[0], sums[1].people

    def of_sheet(self, stated: list[int]) -> tuple[int, int] | None:
        """As `difference`, for a total above or below everything."""
        agrees = not any(stated) or self._sheet.agrees(stated)
        return None if agrees else (stated[0], self._sheet.people)


def total_in(texts: Iterable[str], length: str, unit: TimeUnit) -> list[int]:
    """The minutes that a row states as a total, in every unit that they can have; `length` is what
    stands in the column of lengths."""
    every = [compact(text) for text in texts]
    if not any(TOTAL.fullmatch(one) or _SUBTOTAL.fullmatch(one) for one in every):
        return []
    plain = compact(length)
    if _NUMBER.fullmatch(plain):
        hours, minutes = round(float(plain) * HOUR), round(float(plain))
        units = {TimeUnit.HOURS: [hours], TimeUnit.MINUTES: [minutes]}
        return units.get(unit, [hours, minutes])
    read = length_of(length, unit) if length else None
    is_sure = read is not None and read.question in (None, Uncertainty.LONG_TIME)
    return [read.minutes] if read and is_sure else total_of_words(every)


def total_of_words(texts: Iterable[str]) -> list[int]:
    """The minutes of the one total that these texts tell in words: 共计10小时."""
    matches = (match for text in texts for match in _IN_WORDS.finditer(compact(text)))
    lengths = (length_of(match["length"], TimeUnit.UNSAID) for match in matches)
    minutes = {one.minutes for one in lengths if one}
    return list(minutes) if len(minutes) == 1 else []
