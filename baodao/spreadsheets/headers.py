"""Which column of a table holds which fact, decided once from the meaning of its header.

`HeaderWords` is given the words of each fact and finds the header of a table: the columns that are
used, and those that are not with the reason. It is told what a clerk said of whole headers, which
wins, and which columns are hidden, which lose against visible ones.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from baodao.kernel.masks import masked_numbers
from baodao.spreadsheets.headings import (
    PAST_CORE,
    PRESENT_CORE,
    ColumnHeading,
    header_key,
    heading_of,
    question_of,
)

CLERK, CONFIRMED, EXACT, BILINGUAL, ALIKE = 5, 4, 3, 2, 1
"""How sure it is that a header names a fact."""

LATIN = re.compile(r"[a-z0-9]+")
DIGITS = re.compile(r"[0-9]{3}")
HAN = re.compile(r"[\u3400-\u9fff]")
TAILS = re.compile(r"(?:名称|号码|号|情况|信息|一?栏|内容|详情|说明|必填|选填|[和及与或、].*)$")
"""What may follow the word of a fact without making it another one."""

QUANTITY = re.compile(r"[0-9]+(?:[.:：][0-9]+)?\s*个?半?(?:小时|分钟|[时分天日岁年月人元])?", re.I)
"""How much of something: a value, though its unit may head a column."""

FILLED_IN = re.compile(r"[:：]\s*\S|[0-9]{6}")
SERIALS = frozenset(["序号", "序", "行号", "no", "编号序号", "项次", "序列"])
LEVELS = 3
LONGEST = 14
LIKE_ENOUGH = 0.86
TURNING = frozenset("入出进来去离前后")
"""Characters by which a word that is written almost so is about the contrary: 转入 beside 转出."""


@dataclass(frozen=True)
class Meaning:
    """What a header says: the fact that it names, how sure that is, and why it is not used.

    `reason` is `other` (somebody else's), `past`, or "". With `opposite` a yes means the contrary
    of what the fact's own question asks: 是否离退休 beside 是否在职.
    """

    fact: str | None = None
    sure: int = 0
    reason: str = ""
    opposite: bool = False

    @property
    def own(self) -> str | None:
        """The fact of the row itself, if the header names one."""
        return None if self.reason else self.fact


UNKNOWN = Meaning()


class TableSide(NamedTuple):
    """The columns of one of several tables that stand side by side: its own and those of all."""

    span: range
    shared: tuple[int, ...]


@dataclass(frozen=True)
class HeaderColumn:
    """A column that is used: its index in the row, its header as it stands, its fact; `beside` are
    other columns of ticks that say the same of it, 离休 beside 退休; `is_chosen` one that somebody
    named, which no rule takes away."""

    index: int
    header: str
    fact: str
    opposite: bool = False
    beside: tuple[int, ...] = ()
    is_chosen: bool = False


@dataclass(frozen=True)
class UnusedColumn:
    """A column that is not used and why: `unknown`, `other`, `past`, `second`, `hidden`, `clerk`.

    `fact` is what it would be used as, "" where that is not known.
    """

    index: int
    header: str
    fact: str
    reason: str


@dataclass(frozen=True)
class TableHeader:
    """The header of one table.

    `top` and `bottom` are indexes into the rows that were looked at; `titles` are the headers of
    all columns as they stand, levels joined by a slash. `span` are the columns of the table: all,
    or one side where two tables stand side by side.
    """

    top: int
    bottom: int
    columns: tuple[HeaderColumn, ...]
    unused: tuple[UnusedColumn, ...]
    titles: tuple[str, ...]
    span: range

    def index(self, fact: str) -> int | None:
        return next((column.index for column in self.columns if column.fact == fact), None)

    def missing(self, facts: Iterable[str]) -> list[str]:
        """Those of the facts for which there is no column."""
        return [fact for fact in facts if self.index(fact) is None]


class HeaderWords:
    """The words by which headers name facts.

    `words` holds those of each fact, parted by blanks, the first as messages write it. `needed` are
    the facts by which a row of words is a header at all, `instead` others that are enough as well;
    `loose` words count only when they stand alone; `opposites` says for a fact which words in its
    header turn yes and no round, and `either` what, in the same header, does not.
    """

    def __init__(
        self,
        words: Mapping[str, str],
        needed: Sequence[str],
        loose: Collection[str] = (),
        opposites: Mapping[str, tuple[str, str]] | None = None,
        instead: Sequence[Sequence[str]] = (),
    ) -> None:
        self.needed = tuple(needed)
        self._enough = (self.needed, *instead)
        self._words = {fact: group for fact, group in words.items() if group.split()}
        pairs = [(word, fact) for fact, group in words.items() for word in group.split()]
        self._exact = {heading_of(word).core: fact for word, fact in pairs}
        questions = ((heading_of(word).question, fact) for word, fact in pairs)
        self._questions = {question: fact for question, fact in questions if question}
        chinese = (w for w in self._exact if not w.isascii() and w not in loose and len(w) > 1)
        self._long = sorted(chinese, key=len, reverse=True)
        self._opposites = {
            fact: (re.compile(contrary), re.compile(same))
            for fact, (contrary, same) in (opposites or {}).items()
        }
        self._meaning = lru_cache(4_096)(self._meaning_of)

    def __contains__(self, fact: object) -> bool:
        return fact in self._words

    @property
    def facts(self) -> Collection[str]:
        """The facts that some word names."""
        return self._words.keys()

    def title(self, fact: str) -> str:
        """The word for a fact by which a message asks for its column: the first of its words."""
        return self._words[fact].split()[0]

    def meaning(self, title: str) -> Meaning:
        """What a header of one or more levels says; the lowest level that names a fact decides,
        and any level can make it somebody else's."""
        return self._meaning(title)

    def _meaning_of(self, title: str) -> Meaning:
        whole = self._level(title)
        above, _, last = title.rpartition("/")
        fact, sure = self._ticked(core := heading_of(last).core)
        if fact is not None and fact == whole.fact == self._exact.get(heading_of(above).core):
            return replace(whole, sure=sure, opposite=self._is_opposite(fact, core))
        if "/" not in title or (whole.fact is not None and whole.sure >= BILINGUAL):
            return whole
        levels = [self._level(part) for part in title.split("/") if part.strip()]
        reason = next((level.reason for level in levels if level.reason), "")
        for level in reversed(levels):
            if level.fact is not None:
                return replace(level, reason=level.reason or reason)
        return whole

    def _level(self, title: str) -> Meaning:
        heading = heading_of(title)
        fact, sure = self._named(heading)
        if fact is None:
            fact, sure = self._ticked(heading.core)
        if fact is None and not heading.question:
            fact, sure = self._alike(heading.core)
        if fact is None:
            return Meaning(reason=heading.core_reason or heading.note_reason)
        reason = heading.note_reason or ("" if heading.core in self._exact else heading.core_reason)
        if heading.confirmed or any(self._exact.get(note) == fact for note in heading.notes):
            sure = min(sure + 1, CONFIRMED)
        elif heading.lesser:
            sure = max(sure - 1, ALIKE)
        return Meaning(fact, sure, reason, self._is_opposite(fact, heading.core))

    def _named(self, heading: ColumnHeading) -> tuple[str | None, int]:
        core = heading.core
        if core in self._exact:
            return self._exact[core], EXACT
        if (former := PAST_CORE.sub("", core)) in self._exact:
            return self._exact[former], ALIKE
        if (present := PRESENT_CORE.sub("", core)) in self._exact:
            return self._exact[present], CONFIRMED
        if heading.question:
            return self._fact_of_question(heading.question)
        if len(core) > 1 and (fact := self._either(core)):
            return fact, BILINGUAL
        chinese = LATIN.sub("", core) if HAN.search(core) else ""
        if chinese in self._exact:
            return self._exact[chinese], BILINGUAL
        if not core or len(chinese) > LONGEST:
            return None, 0
        trunk = TAILS.sub("", chinese)
        for known in self._long:
            ends = chinese.endswith(known) or trunk.endswith(known)
            if ends and len(known) * 3 >= len(trunk or chinese):
                return self._exact[known], ALIKE
        return None, 0

    def _fact_of_question(self, question: str) -> tuple[str | None, int]:
        """The fact that answers a question; only facts that are asked for with yes and no do."""
        if question in self._questions:
            return self._questions[question], EXACT
        body = question.removeprefix("是否")
        for known, fact in self._questions.items():
            part = known.removeprefix("是否")
            if len(part) > 1 and body.endswith(part) and len(part) * 2 >= len(body):
                return fact, ALIKE
        return None, 0

    def _ticked(self, core: str) -> tuple[str | None, int]:
        """A header that is the answer itself, 退休 over ticks, asks 是否退休; of several such the
        one wins that tells who is not as most are."""
        fact = self._questions.get(question_of(f"是否{core}")) if core else None
        if fact is None:
            return None, 0
        return fact, BILINGUAL if self._is_opposite(fact, core) else ALIKE

    def _either(self, core: str) -> str | None:
        """A header that names both sides, 在职/离退休, is a status, however it words them."""
        for fact, (contrary, same) in self._opposites.items():
            if contrary.search(core) and same.search(core):
                return fact
        return None

    def _alike(self, core: str) -> tuple[str | None, int]:
        """The fact of a word that is written almost so."""
        word = (LATIN.sub("", core) if HAN.search(core) else "") or core
        if not 3 < len(word) <= LONGEST or DIGITS.search(word):
            return None, 0
        close = difflib.get_close_matches(word, self._exact, n=1, cutoff=LIKE_ENOUGH)
        if not close or TURNING & (set(word) ^ set(close[0])):
            return None, 0
        return self._exact[close[0]], ALIKE

    def _is_opposite(self, fact: str, core: str) -> bool:
        if fact not in self._opposites:
            return False
        contrary, same = self._opposites[fact]
        return contrary.search(core) is not None and same.search(core) is None

    def is_word(self, text: str) -> bool:
        """Whether a cell is the word of a fact, or several with a slash, as it stands in the list;
        quick."""
        return bool(text) and all(heading_of(one).core in self._exact for one in text.split("/"))

    def is_answer(self, text: str) -> bool:
        """Whether a cell is what a fact may be, as it heads a column of ticks."""
        return bool(text) and self._ticked(heading_of(text).core)[0] is not None

    def are_enough(self, texts: Iterable[str]) -> bool:
        """Whether cells, as they stand in the list of words, name all facts that a table needs."""
        facts = {self._exact.get(heading_of(text).core) for text in texts}
        return any(facts.issuperset(needed) for needed in self._enough)

    def header(
        self,
        window: Sequence[Sequence[str]],
        top: int,
        choices: Mapping[str, str],
        concealed: Collection[int] = (),
        side: TableSide | None = None,
    ) -> TableHeader:
        """The header that rows of one to three levels make, for the columns of one side or all.

        `choices` maps header keys to facts as a clerk corrected them, "" for none; `concealed` are
        hidden columns.
        """
        titles = _titles(window)
        side = side or TableSide(range(len(titles)), ())
        places = sorted({*side.span, *side.shared})
        columns, unused = self._columns(titles, places, choices, concealed)
        return TableHeader(top, top + len(window) - 1, columns, unused, titles, side.span)

    def _columns(
        self,
        titles: Sequence[str],
        places: Iterable[int],
        choices: Mapping[str, str],
        concealed: Collection[int],
    ) -> tuple[tuple[HeaderColumn, ...], tuple[UnusedColumn, ...]]:
        best: dict[str, tuple[tuple[bool, bool, int], HeaderColumn]] = {}
        spare: list[UnusedColumn] = []
        for index in places:
            title = titles[index]
            meaning, reason = self._judged(title, choices)
            fact = meaning.fact or ""
            if reason:
                spare.append(UnusedColumn(index, title, fact, reason))
                continue
            if not fact:
                continue
            is_chosen = meaning.sure == CLERK
            column = HeaderColumn(index, title, fact, meaning.opposite, is_chosen=is_chosen)
            rank = (is_chosen, index not in concealed, meaning.sure)
            if fact in best and best[fact][0] >= rank:
                won, first = best[fact]
                if index not in concealed and self._say_the_same(first, column):
                    best[fact] = won, replace(first, beside=(*first.beside, index))
                else:
                    spare.append(_beaten(column, concealed))
                continue
            if fact in best:
                spare.append(_beaten(best[fact][1], concealed))
            best[fact] = rank, column
        columns = sorted((column for _, column in best.values()), key=lambda c: c.index)
        return tuple(columns), tuple(sorted(spare, key=lambda c: c.index))

    def _say_the_same(self, *columns: HeaderColumn) -> bool:
        """Whether a tick in any of these columns says that somebody is not as most are."""
        answers = [heading_of(one.header.rpartition("/")[2]).core for one in columns]
        ticked = (self._ticked(answer)[0] == columns[0].fact for answer in answers)
        return all(one.opposite for one in columns) and all(ticked)

    def _judged(self, title: str, choices: Mapping[str, str]) -> tuple[Meaning, str]:
        """What a column means, and why it is not used; a clerk's word comes first."""
        if not title or header_key(title) in SERIALS:
            return UNKNOWN, ""
        choice = choices.get(header_key(title))
        meaning = self.meaning(title)
        if choice:
            opposite = choice in self._opposites and self._is_opposite(
                choice, heading_of(title).core
            )
            return Meaning(choice, CLERK, "", opposite), "" if choice in self._words else "unknown"
        if choice is not None:
            return meaning, "clerk"
        return meaning, meaning.reason or ("" if meaning.fact else "unknown")

    def find(
        self,
        rows: Sequence[Sequence[str]],
        choices: Mapping[str, str] | None = None,
        concealed: Collection[int] = (),
    ) -> TableHeader | None:
        """The header among the first rows (merged cells already filled), or None.

        It must name a needed fact, or at least two facts. The uppermost that names all needed
        facts, or those that are enough instead, is taken, else the one that names most; of windows
        of one to three rows the one that names most, the shortest and uppermost of equals.
        """
        candidates = [
            header
            for top in range(len(rows))
            for header in self._headers_at(rows, top, choices or {}, concealed)
        ]
        complete = next(filter(self._is_complete, candidates), None)
        if complete is not None:
            candidates = [
                one for one in candidates if one.top <= complete.bottom and self._is_complete(one)
            ]
        return max(candidates, key=_score, default=None)

    def _is_complete(self, header: TableHeader) -> bool:
        return any(not header.missing(facts) for facts in self._enough)

    def _headers_at(
        self,
        rows: Sequence[Sequence[str]],
        top: int,
        choices: Mapping[str, str],
        concealed: Collection[int],
    ) -> Iterable[TableHeader]:
        for levels in range(1, LEVELS + 1):
            window = rows[top : top + levels]
            if len(window) < levels or not _may_be_header(window):
                return
            if not any(self._may_name(cell, choices) for cell in window[-1]):
                if levels > 1:
                    return
                continue
            header = self.header(window, top, choices, concealed)
            facts = {column.fact for column in header.columns}
            if len(facts) > 1 or facts & set(self.needed):
                yield header

    def _may_name(self, cell: str, choices: Mapping[str, str]) -> bool:
        """Whether a cell can be of a header: a value never is, however alike."""
        if not cell or len(cell) > 60 or QUANTITY.fullmatch(cell):
            return False
        return self._named(heading_of(cell))[0] is not None or header_key(cell) in choices


def _beaten(column: HeaderColumn, concealed: Collection[int]) -> UnusedColumn:
    reason = "hidden" if column.index in concealed else "second"
    return UnusedColumn(column.index, column.header, column.fact, reason)


def _score(header: TableHeader) -> tuple[int, int, int]:
    return len(header.columns), header.top - header.bottom, -header.top


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
    """How the columns are called; pages show it, so a number that a row of people taken for a
    heading would bring is masked."""
    width = max(len(row) for row in window)
    return tuple(
        masked_numbers("/".join(dict.fromkeys(row[i] for row in window if i < len(row) and row[i])))
        for i in range(width)
    )
