"""The ticks of a card, derived from records, and the facts in words. No praise is invented here.

Words on the card are Chinese, like the paper they stand on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from baodao.ledger.rules.durations import length_on_paper

NAMED = 3
NO_RECORDS = "本年度暂无服务记录。"


class CountedRecord(NamedTuple):
    """One standing record, as far as a card counts it."""

    category: str
    way: str
    minutes: int


class Option(NamedTuple):
    """A kind or way that the card offers: its code, and the words as the dictionary had them."""

    code: str
    words: str


@dataclass(frozen=True)
class Ticks:
    """What the standing records of a period come to; codes in the order of the dictionary."""

    kinds: list[str]
    ways: list[str]
    services: int
    minutes: int


def ticks_of(
    served: Iterable[CountedRecord], categories: Sequence[str], ways: Sequence[str]
) -> Ticks:
    """A kind or way is ticked when at least one record has it; a kind no longer offered, last."""
    rows = list(served)
    return Ticks(
        _ordered({row.category for row in rows}, categories),
        _ordered({row.way for row in rows}, ways),
        len(rows),
        sum(row.minutes for row in rows),
    )


def _ordered(codes: set[str], order: Sequence[str]) -> list[str]:
    return [code for code in order if code in codes] + sorted(codes - set(order))


def options_of(
    offered: Mapping[str, str], ticked: Iterable[str], known: Mapping[str, str]
) -> list[Option]:
    """Everything the card offers, and what is ticked though it is no longer offered: that has its
    words from all that are `known`."""
    more = [Option(code, known.get(code, code)) for code in ticked if code not in offered]
    return [Option(code, words) for code, words in offered.items()] + more


def boxes(options: Iterable[Sequence[str]], ticked: Iterable[str]) -> list[str]:
    """The options as they stand on paper: （√）政策宣传, （　）文明倡导."""
    codes = set(ticked)
    return [f"（{'√' if code in codes else '　'}）{words}" for code, words in options]


def facts_in_words(served: Iterable[CountedRecord], words: Mapping[str, str]) -> str:
    """What the records say, in a sentence that may stand as the line of judgement.

    Kinds stand in the order of how often they occur; `words` are their Chinese.
    """
    rows = list(served)
    if not rows:
        return NO_RECORDS
    times: dict[str, int] = {}
    for row in rows:
        times[row.category] = times.get(row.category, 0) + 1
    kinds = sorted(times, key=lambda code: (-times[code], code))
    named = "、".join(f"{words.get(code, code)}{times[code]}次" for code in kinds[:NAMED])
    more = "等" if len(kinds) > NAMED else ""
    total = length_on_paper(sum(row.minutes for row in rows))
    return f"参加服务{len(rows)}次，共{total}；其中{named}{more}。"
