"""The day that rows without one have from what stands above them: a band, a title, a row before."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baodao.ledger.rules.service_days import day_phrase
from baodao.ledger.rules.spans import hours_of
from baodao.spreadsheets.cells import Cell, text_of

_PAPERWORK = re.compile(
    r"(?:填表|填报|制表|上报|报送|打印|导出|统计|截止|截至|更新|审核|编制|出生|印发)[^0-9]{0,8}$"
)
"""Before a day: it is that of the paper, and of no service."""
_LENGTH = re.compile(r"(?:服务|活动|志愿)?(?:时长|时数)(?:\([^()]*\))?[:：]\s*([^\s,，;；。]+)")
_BEFORE = re.compile(r"^\W*[一二三四五六七八九十0-9]{0,2}[、.．)]?\s*[^0-9]{0,8}$")
"""What may stand before the day in a band: its number, and a short word such as 日期：."""
_MOST_TEXTS = 4


@dataclass(frozen=True)
class DayAbove:
    """The days, perhaps with hours, that stand above rows without any, and how long it was if that
    stands there too. One that is not `certain` is asked about."""

    text: str
    is_certain: bool
    length: str = ""

    @property
    def tells_time(self) -> bool:
        """Whether the hours or the length stand there as well."""
        return bool(self.length) or any(map(hours_of, self.text.split()[1:]))


def day_over(rows: Iterable[Sequence[Cell]], sheet: str) -> DayAbove | None:
    """The one day that the rows over a table name, else the name of its sheet; None where there is
    none, or several."""
    days: dict[str, None] = {}
    length = ""
    for row in rows:
        before = ""
        for text in filter(None, map(text_of, row)):
            phrase = day_phrase(text)
            lead = before + text[: _start(text)] if phrase else ""
            if phrase and not _PAPERWORK.search(lead):
                days[phrase] = None
            if match := _LENGTH.search(text):
                length = match[1]
            before = text
    if not days and (phrase := day_phrase(sheet)):
        days[phrase] = None
    return DayAbove(next(iter(days)), is_certain=False, length=length) if len(days) == 1 else None


def band_day(cells: Sequence[Cell]) -> DayAbove | None:
    """The day of a row that holds for those below: it begins with one and says little more."""
    texts = [text for cell in cells if (text := text_of(cell))]
    if not 0 < len(texts) <= _MOST_TEXTS:
        return None
    phrase = day_phrase(texts[0])
    if not phrase or not _BEFORE.match(texts[0][: _start(texts[0])]):
        return None
    if _PAPERWORK.search(texts[0][: _start(texts[0])]):
        return None
    length = next((match[1] for text in texts if (match := _LENGTH.search(text))), "")
    return DayAbove(phrase, is_certain=True, length=length)


def _start(text: str) -> int:
    """Where the first figure of a text stands, which begins its day."""
    match = re.search(r"[0-9〇零○一二三四五六七八九十]{1,4}\s*[年月./-]", text)
    return match.start() if match else len(text)
