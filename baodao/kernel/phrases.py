"""Sentences as values: a message id with what stands in its places, told in a language later."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil

from baodao.kernel.errors import gettext_noop, ngettext_noop

Number = int | Fraction
"""Exact, so that the same facts give the same result for ever."""

Translate = Callable[[str, str, int], str]
"""The sentence for one message id, or for that of one and of many and a number of them."""

SAYINGS: dict[str, tuple[str, str]] = {}
"""By their code the sentences that are kept: the message id of one, and of several or "". A code
is never taken away or given to another sentence, so that what was kept is read for ever; its words
may change."""
CODES: dict[tuple[str, str], str] = {}
"""The code of each sentence by its message ids."""


def saying(code: str, message: str, many: str = "") -> str:
    """Give a sentence the code by which it is kept; returns its message id."""
    if SAYINGS.setdefault(code, (message, many)) != (message, many):
        raise ValueError(code)
    CODES.setdefault((message, many), code)
    return message


def code_of(phrase: "Phrase") -> str:
    """The code of a sentence; raises `KeyError` for one that was given none."""
    return CODES[phrase.message, phrase.many]


_LISTS = {
    "; ": saying("list-semicolon", gettext_noop("%(first)s; %(second)s")),
    ", ": saying("list-comma", gettext_noop("%(first)s, %(second)s")),
    "or": saying("list-or", gettext_noop("%(first)s or %(second)s")),
    "and": saying("list-and", gettext_noop("%(first)s and %(second)s")),
}

HOUR_FORMS = ngettext_noop("%(number)s hour", "%(number)s hours")
HOURS = saying("unit-hours", *HOUR_FORMS)
"""So many hours: told in hours and minutes where they are not whole."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence or a part of one. Facts that are phrases are told too; texts that an author wrote
    stand as they are. `many` is the message id of several, chosen by `number`."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)
    many: str = ""
    number: Number = 0

    def in_words(self, translate: Translate) -> str:
        """The words in the language of `translate`."""
        if self.message == HOURS and _is_length(self.number):
            return length_of_time(int(self.number * 60)).in_words(translate)
        sentence = translate(self.message, self.many, _whole(self.number))
        if not self.facts:
            return sentence
        return sentence % {name: words_of(fact, translate) for name, fact in self.facts.items()}


def _whole(number: Number) -> int:
    """The number by which one and many are told apart: 1.5 hours are several."""
    return number if isinstance(number, int) else ceil(abs(number))


def length_of_time(minutes: int) -> Phrase:
    """A length of time: 1 小时 30 分钟; whole hours and whole minutes alone, without a sign."""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return Phrase(gettext_noop("%(minutes)s min"), {"minutes": rest})
    if not rest:
        return Phrase(gettext_noop("%(hours)s h"), {"hours": hours})
    message = gettext_noop("%(hours)s h %(minutes)s min")
    return Phrase(message, {"hours": hours, "minutes": rest})


def _is_length(hours: Number) -> bool:
    """Whether hours that are not whole are whole minutes, which say no more and no less."""
    return hours > 0 and hours != int(hours) and hours * 60 == int(hours * 60)


def words_of(fact: object, translate: Translate) -> str:
    """A fact in words: a phrase, a day, an exact number, else as it is written."""
    if isinstance(fact, Phrase):
        return fact.in_words(translate)
    if isinstance(fact, date):
        day = {"year": fact.year, "month": fact.month, "day": fact.day}
        return translate(gettext_noop("%(year)s-%(month)s-%(day)s"), "", 0) % day
    return plain_number(fact) if isinstance(fact, int | Fraction) else str(fact)


def plain_number(number: Number) -> str:
    """In figures, with at most two places: 6, 37.5, 0.33."""
    if number == int(number):
        return str(int(number))
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def listed(parts: Iterable[object], joint: str = "; ") -> object:
    """Parts told one after the other; `joint` is one of "; ", ", ", "or" and "and"."""
    whole: object = ""
    for part in parts:
        first = whole
        whole = Phrase(_LISTS[joint], {"first": first, "second": part}) if first else part
    return whole


def in_english(message: str, many: str, number: int) -> str:
    """The message ids themselves, for logs and tests."""
    return many if many and number != 1 else message
