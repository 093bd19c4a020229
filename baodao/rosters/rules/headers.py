"""Which column of a roster holds which fact, whatever its header is called."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from baodao.people.rules.cells import compact


class RosterFact(StrEnum):
    """The facts by which a row is judged; what else a roster tells is kept as it stands."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    SEX = "sex"
    BORN_ON = "born_on"
    JOINED_ON = "joined_on"
    FULL_ON = "full_on"
    GRADE = "grade"
    BRANCH = "branch"
    STANDING = "standing"
    LIVES_IN_CITY = "lives_in_city"


REQUIRED = (RosterFact.NAME, RosterFact.ID_NUMBER)
RETIRED_QUESTION = "是否退休"
EITHER = re.compile(r"在[职岗].*[离退]休|[离退]休.*在[职岗]")
"""A header that asks for one of the two is a status, however it words them."""
TOO_SHORT = ("党员", "专业", "出生", "类别", "状态", "支部", "职位", "岗位", "男女", "兴趣", "爱好")
OTHER_PEOPLE = re.compile(
    "配偶|介绍人|联系人|紧急|子女|父亲|母亲|家属|书记|负责人|填表|填报|审核|经办|结对|帮扶|培养"
    "|家长|单位电话|出生地|籍贯|曾用名"
)
FILLED_IN = re.compile(r"[:：]\s*\S|[0-9]{6}")
BRACKETS = re.compile(r"[(（\[【{].*?[)）\]】}]")
PUNCTUATION = re.compile(r"[\s*＊:：、,，.。/／\\|｜\-—_·\"'“”‘’?？#№]+")
LATIN = re.compile(r"[a-z0-9]+")
HAN = re.compile(r"[\u3400-\u9fff]")
WINDOW = 30
LEVELS = 3
LIKE_ENOUGH = 0.86
Rank = tuple[str | None, int]
"""The fact that a header names and how sure that is: 3 exact, 2 bilingual, 1 contained, 0 none."""

UNKNOWN: Rank = (None, 0)


@dataclass(frozen=True)
class HeaderColumn:
    """A column that was understood: its index in the row, its header as found, its fact."""

    index: int
    header: str
    fact: str


@dataclass(frozen=True)
class RosterHeader:
    """Where the header of a table ends and what its columns hold.

    `top` and `bottom` are indexes into the rows that were looked at; `titles` are the headers of
    all columns as found, levels joined by a slash.
    """

    top: int
    bottom: int
    columns: tuple[HeaderColumn, ...]
    titles: tuple[str, ...]

    def index(self, fact: str) -> int | None:
        return next((c.index for c in self.columns if c.fact == fact), None)

    @property
    def missing(self) -> list[RosterFact]:
        return [fact for fact in REQUIRED if self.index(fact) is None]


class HeaderWords:
    """The words by which headers name facts: `words` holds those of each fact, parted by blanks."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = dict(words)
        self._exact = {word: fact for fact, group in words.items() for word in group.split()}
        chinese = (word for word in self._exact if not word.isascii() and word not in TOO_SHORT)
        self._long = sorted(chinese, key=len, reverse=True)
        self._rank = lru_cache(4_096)(self._ranked)

    def __contains__(self, fact: object) -> bool:
        return fact in self._words

    def title(self, fact: str) -> str:
        """The word for a fact by which a message asks for its column: the first of its words."""
        return self._words[fact].split()[0]

    def fact_of(self, title: str) -> Rank:
        """The fact a header of one or more levels names; the lowest level that says one decides."""
        key = header_key(title)
        if EITHER.search(key) and key not in self._exact:
            return RosterFact.STANDING, 2
        if "/" not in title:
            return self._rank(title)
        if key in self._exact:
            return self._exact[key], 3
        ranks = (self._rank(part) for part in reversed(title.split("/")))
        return next((rank for rank in ranks if rank[0] is not None), UNKNOWN)

    def _ranked(self, title: str) -> Rank:
        word = header_key(title)
        if word in self._exact:
            return self._exact[word], 3
        if not word or OTHER_PEOPLE.search(word):
            return UNKNOWN
        chinese = LATIN.sub("", word) if HAN.search(word) else ""
        if chinese in self._exact:
            return self._exact[chinese], 2
        if len(chinese) > 14:
            return UNKNOWN
        inside = next((known for known in self._long if known in chinese), None)
        if inside and len(inside) * 3 >= len(chinese):
            return self._exact[inside], 1
        close = difflib.get_close_matches(chinese or word, self._exact, n=1, cutoff=LIKE_ENOUGH)
        return (self._exact[close[0]], 1) if close and len(chinese or word) > 3 else UNKNOWN

    def columns(
        self, titles: Sequence[str], choices: Mapping[str, str] | None = None
    ) -> tuple[HeaderColumn, ...]:
        """The columns understood, one a fact, the surest first.

        `choices` maps header keys to facts as a clerk corrected them; "" means none.
        """
        best: dict[str, tuple[int, HeaderColumn]] = {}
        for index, title in enumerate(titles):
            choice = (choices or {}).get(header_key(title))
            fact, rank = self.fact_of(title) if choice is None else (choice, 4)
            if fact is None or fact not in self._words:
                continue
            if fact not in best or best[fact][0] < rank:
                best[fact] = (rank, HeaderColumn(index, title, fact))
        return tuple(sorted((column for _, column in best.values()), key=lambda c: c.index))

    def find(
        self, rows: Sequence[Sequence[str]], choices: Mapping[str, str] | None = None
    ) -> RosterHeader | None:
        """The header among the first rows (merged cells already filled), or None.

        It must name a person or an ID number, or at least two facts; of several windows of one to
        three rows the one that names most facts is taken, the shortest and uppermost of equals.
        """
        best: tuple[int, int, int] = (0, 0, 0)
        header: RosterHeader | None = None
        for top in range(min(len(rows), WINDOW)):
            for levels in range(1, LEVELS + 1):
                window = rows[top : top + levels]
                if len(window) < levels or not _may_be_header(window):
                    break
                titles = _titles(window)
                columns = self.columns(titles, choices)
                facts = {column.fact for column in columns}
                if len(facts) < 2 and not facts & set(REQUIRED):
                    continue
                score = (len(facts), -levels, -top)
                if header is None or score > best:
                    best, header = score, RosterHeader(top, top + levels - 1, columns, titles)
        return header


def header_key(text: str) -> str:
    """A header by which clerks' corrections are remembered: no spaces, marks or brackets."""
    word = compact(text)
    return PUNCTUATION.sub("", BRACKETS.sub("", word) or word)


def _may_be_header(window: Sequence[Sequence[str]]) -> bool:
    """Rows of words; in a header of several levels none is a title or a filled-in line."""
    if not any(window[-1]):
        return False
    if len(window) == 1:
        return True
    return all(
        len(set(filter(None, row))) > 1 and not any(FILLED_IN.search(cell) for cell in row)
        for row in window
    )


def _titles(window: Sequence[Sequence[str]]) -> tuple[str, ...]:
    width = max(len(row) for row in window)
    return tuple(
        "/".join(_distinct(row[i] if i < len(row) else "" for row in window)) for i in range(width)
    )


def _distinct(parts: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if part and part not in kept:
            kept.append(part)
    return kept
