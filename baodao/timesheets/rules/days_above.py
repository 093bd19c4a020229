"""The day that rows without one have from what stands above them: a band, a title, a row before."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from baodao.ledger.rules.service_days import day_phrase, month_in
from baodao.ledger.rules.spans import hours_of
from baodao.spreadsheets.cells import Cell, text_of

_PAPERWORK = re.compile(
    r"(?:填表|填报|制表|上报|报送|打印|导出|统计|截止|截至|更新|审核|编制|出生|印发)[^0-9]{0,8}$"
)
"""Before a day: it is that of the paper, and of no service."""
_LENGTH = re.compile(r"(?:服务|活动|志愿)?(?:时长|时数)(?:\([^()]*\))?[:：]\s*([^\s,，;；。]+)")
_AMOUNT = (
    r"(?:服务|活动|按|计|约|为|:)*\s*"
    r"((?:[0-9.]+|[一二两三四五六七八九十]+|半)?个?半?(?:小时|钟头|分钟)半?)"
)
_EACH_SERVICE = re.compile(rf"每(?:人每次|次每人|[次场]){_AMOUNT}")
_EACH_PERSON = re.compile(rf"每人{_AMOUNT}")
_BEFORE = re.compile(r"^\W*[一二三四五六七八九十0-9]{0,2}[、.．)]?\s*[^0-9]{0,8}$")
"""What may stand before the day in a band: its number, and a short word such as 日期：."""
_BARE = re.compile(r"\d{1,2}\s*(?:[-–—~～至到、,和及]\s*\d{1,2}\s*)*(?:日|号(?=$|[\s(（周星]))")
"""A day, or several, without a month: 5日, 5-6日; 5号楼 is none."""
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


def day_over(
    rows: Iterable[Sequence[Cell]], sheet: str, month: int | None = None
) -> DayAbove | None:
    """The one day that the rows over a table name, else the name of its sheet, in `month` where
    that says a day alone; None where there is none, or several."""
    days: dict[str, None] = {}
    length = ""
    for row in rows:
        before = ""
        for text in filter(None, map(text_of, row)):
            phrase = day_phrase(text)
            lead = before + text[: _start(text)] if phrase else ""
            if phrase and not _PAPERWORK.search(lead):
                days[phrase] = None
            length = _length_in(text) or length
            before = text
    if not days and (phrase := day_phrase(_with_month(sheet, month))):
        days[phrase] = None
    return DayAbove(next(iter(days)), is_certain=False, length=length) if len(days) == 1 else None


def band_day(cells: Sequence[Cell], month: int | None = None) -> DayAbove | None:
    """The day of a row that holds for those below: it begins with one, perhaps of `month`, and says
    little more."""
    texts = [text for cell in cells if (text := text_of(cell))]
    if not 0 < len(texts) <= _MOST_TEXTS:
        return None
    text = _with_month(texts[0], month)
    lead = text[: _start(text)]
    phrase = day_phrase(text)
    if not phrase or not _BEFORE.match(lead) or _PAPERWORK.search(lead):
        return None
    length = next(filter(None, map(_length_in, texts)), "")
    return DayAbove(phrase, is_certain=True, length=length)


def length_over(rows: Iterable[Sequence[Cell]]) -> str:
    """The one length that the rows over a table tell of each service, 每次2小时; "" without."""
    texts = (text_of(cell) for row in rows for cell in row)
    lengths = {match[1] for text in texts if (match := _EACH_SERVICE.search(text))}
    return lengths.pop() if len(lengths) == 1 else ""


def month_over(rows: Iterable[Sequence[Cell]], sheet: str) -> int | None:
    """The one month that the rows over a table and the name of its sheet tell, rows about the paper
    apart."""
    texts = (text_of(cell) for row in rows if not is_of_paper(row) for cell in row)
    return month_in([sheet, *texts])


def is_of_paper(row: Sequence[Cell]) -> bool:
    """Whether a row tells the day on which the paper was written: 填表日期：2026年8月1日."""
    texts = [text for cell in row if (text := text_of(cell))]
    leads = (before + text[: _start(text)] for before, text in pairwise(["", *texts]))
    days = (day_phrase(text) for text in texts)
    return any(day and _PAPERWORK.search(lead) for day, lead in zip(days, leads, strict=True))


def _length_in(text: str) -> str:
    """How long a text says that it was, for all or for each; "" where it says nothing of that."""
    forms = (_LENGTH, _EACH_SERVICE, _EACH_PERSON)
    return next((match[1] for form in forms if (match := form.search(text))), "")


def _with_month(text: str, month: int | None) -> str:
    """The text with its month before it where it begins with a day alone."""
    return f"{month}月{text}" if month and _BARE.match(text) else text


def _start(text: str) -> int:
    """Where the first figure of a text stands, which begins its day."""
    match = re.search(r"[0-9〇零○一二三四五六七八九十]{1,4}\s*[年月./-]", text)
    return match.start() if match else len(text)
