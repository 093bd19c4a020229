"""What an authority proposes for households of a grade: which measure, how often, by whom.

A line of its dictionary is 每月上门看望：帮扶小组: how often, what, and after a colon who does it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules.dictionaries import WordList

RHYTHMS = {"每半月": 15, "每季度": 91, "每半年": 182, "每周": 7, "每月": 30, "每年": 365}
"""Days after which a measure is due again."""
LINE = 24
"""Characters of a line."""
GROUP_WORDS = "帮扶小组"
"""For who does it: the help group that stands by the household."""
KEEPER_WORDS = "社区"
"""Who does what a line says of nobody."""


@dataclass(frozen=True)
class ProposedMeasure:
    """A line of the dictionary in its parts, and by when it would be due for one household."""

    line: str
    text: str
    days: int
    doer: str
    due_on: date | None = None


@dataclass(frozen=True)
class TakenMeasure:
    """A measure that was taken from a line: whether it waits still, and when it was done."""

    line: str
    is_open: bool
    done_on: date | None


@dataclass(frozen=True, kw_only=True)
class MeasureList(WordList):
    """Measures for the households of one grade, a line each."""

    length: int = LINE

    def check(self, value: Sequence[str], current: Sequence[str]) -> None:
        """Refuse a line that does not say how often and what, or is longer than fits."""
        super().check(value, current)
        for line in value:
            read_line(line)


def read_line(line: str) -> ProposedMeasure:
    """The parts of a line; refused where it does not say how often, or what."""
    days = next(((words, days) for words, days in RHYTHMS.items() if line.startswith(words)), None)
    text, _, doer = line.removeprefix(days[0] if days else "").replace(":", "：").partition("：")
    if days is None or not text:
        raise Refused(
            "household.proposal",
            gettext_noop(
                "“%(line)s” does not say how often and what. Write it such as "
                "每月上门看望：帮扶小组."
            ),
            line=line,
        )
    return ProposedMeasure(line, text, days[1], doer or KEEPER_WORDS)


def proposals_of(
    lines: Iterable[str], taken: Sequence[TakenMeasure], today: date
) -> list[ProposedMeasure]:
    """What is proposed for a household today: each line of which no measure waits, due so long
    after it was done last, never in the past."""
    waiting = {one.line for one in taken if one.is_open}
    rows = []
    for one in [read_line(line) for line in lines if line not in waiting]:
        days = [row.done_on for row in taken if row.line == one.line and row.done_on is not None]
        due = max(max(days, default=today) + timedelta(days=one.days), today)
        rows.append(ProposedMeasure(one.line, one.text, one.days, one.doer, due))
    return rows
