"""What is typed, in a cell or a form, as plain text: widths, spaces, placeholders, digits."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TypeVar

from baodao.kernel.masks import masked_numbers
from baodao.kernel.texts import HIDDEN

Cell = str | float | int | bool
Pick = Callable[[Sequence[Cell]], tuple[Cell, ...]]
K = TypeVar("K")
T = TypeVar("T")

INVISIBLE = HIDDEN | dict.fromkeys(
    [
        *(0x0000, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
        *(*range(0x200B, 0x2010), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10)),
    ]
)
"""What is taken out of a cell: what is hidden anywhere, fillers, and what joins or varies an emoji.
"""
ERRORS = frozenset(
    ["#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#spill!", "#calc!"]
)
"""What spreadsheets show for a formula without a value."""
NOTHING = ERRORS | frozenset(
    ["", "-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "空", "null", "none", "n/a"]
)
LONGEST_NOTHING = max(map(len, NOTHING))
UNSAID = frozenset(
    [
        *("?", "??", "待定", "不详", "不明", "未知", "待分配", "待补", "待补充", "待查", "待核实"),
        *("不清", "不清楚", "记不清"),
    ]
)
"""What stands where a fact of somebody is not known yet: it says as little as an empty cell."""
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
WIDTHS_AND_INVISIBLE = FULL_WIDTH | INVISIBLE
PLAIN = re.compile(r"[\u4e00-\u9fff!-~]*")
SPACES = re.compile(r"\s+")
CSV_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)


def text_of(cell: Cell) -> str:
    """The cell as typed: whole numbers without a point, half-width, no invisible characters."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, str):
        if PLAIN.fullmatch(cell):
            return cell
        return SPACES.sub(" ", cell.translate(WIDTHS_AND_INVISIBLE)).strip()
    return str(cell)


def plain_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9: ٣, ۳ and 3 are one."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)


def note_of(cell: Cell, length: int) -> str:
    """Free text cut to `length`; a placeholder such as 无 or / is nothing."""
    text = text_of(cell)
    return "" if len(text) <= LONGEST_NOTHING and text.lower() in NOTHING else text[:length]


def quoted(text: str) -> str:
    """What a message may repeat of a cell: short, and no number that could be a person's."""
    return masked_numbers(text)[:30]


def compact(text: str) -> str:
    """For comparing words: compatibility forms unified, no spaces at all, lower case."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text).translate(INVISIBLE)).lower()


def bare(text: str) -> str:
    """Without the marks that keep a number text: leading apostrophes, quotes, `="…"`."""
    match = CSV_FORMULA.match(text)
    return (match[1] if match else text).strip("'’‘`´\"“”\t ")


def column_letter(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cells_at(places: Sequence[int]) -> Pick:
    """Gives the cells of a row at these places, in their order."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple(cells[place] for place in places)


class Memo(dict[K, T]):
    """What a reader makes of each different cell of a column; read once."""

    def __init__(self, read: Callable[[K], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: K) -> T:
        value = self[cell] = self._read(cell)
        return value
