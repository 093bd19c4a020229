"""Policies whose value is a list of words, such as the kinds of service an authority offers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules.policies import Policy


@dataclass(frozen=True)
class Word:
    """An entry of a dictionary. Its code is for ever; one no longer offered is not `shown`.

    `words` of a dictionary that came with the program are message ids, those of an authority stand
    as they are.
    """

    code: str
    words: str
    is_offered: bool = True


WORD_LENGTH = 8
DIVIDERS = re.compile(r"[、，,；;/|\s]+")
MOST_WORDS = 20
"""What is offered stands on one sheet of paper, each word beside its box."""


@dataclass(frozen=True, kw_only=True)
class Dictionary(Policy[Sequence[Word]]):
    """A list of words in its order. Words can be hidden and added, but none is lost: rows of before
    keep their codes."""

    def check(self, value: Sequence[Word], current: Sequence[Word]) -> None:
        """Refuse a list that loses a code of `current`, offers nothing, or confuses its readers."""
        codes = [word.code for word in value]
        lost = {word.code for word in current} - set(codes)
        if lost or len(set(codes)) != len(codes):
            raise Refused(
                "dictionary.codes",
                gettext_noop("A word can be hidden, but not taken out: %(lost)s."),
                lost="、".join(sorted(lost or codes)),
            )
        offered = [word.words for word in value if word.is_offered]
        if not offered:
            raise Refused("dictionary.empty", gettext_noop("Leave at least one word to choose."))
        if len(offered) > MOST_WORDS:
            raise Refused(
                "dictionary.long", gettext_noop("Keep to %(most)s words."), most=MOST_WORDS
            )
        if not all(word.words for word in value):
            raise Refused("dictionary.blank", gettext_noop("Every word needs a name."))
        if len(set(offered)) != len(offered):
            raise Refused("dictionary.twice", gettext_noop("Two words have the same name."))

    def read(self, kept: Any) -> Sequence[Word]:
        return [Word(*entry) for entry in kept]

    def kept(self, value: Sequence[Word]) -> list[list[str | bool]]:
        return [[word.code, word.words, word.is_offered] for word in value]

    def noted(self, value: Sequence[Word]) -> list[str]:
        return [word.words for word in value if word.is_offered]


@dataclass(frozen=True, kw_only=True)
class WordList(Policy[Sequence[str]]):
    """Words that an authority adds to a list that came with the program. One that is taken away is
    offered no longer; where it was chosen it stays, as if it had been written freely."""

    length: int = WORD_LENGTH

    def check(self, value: Sequence[str], current: Sequence[str]) -> None:  # noqa: ARG002
        """Refuse more words than fit on a page, and one that is too long."""
        if len(value) > MOST_WORDS:
            raise Refused(
                "dictionary.long", gettext_noop("Keep to %(most)s words."), most=MOST_WORDS
            )
        for word in value:
            check_word(word, self.length)

    def read(self, kept: Any) -> Sequence[str]:
        return tuple(kept)

    def kept(self, value: Sequence[str]) -> list[str]:
        return list(value)

    def noted(self, value: Sequence[str]) -> list[str]:
        return list(value) or [gettext_noop("none")]


def words_in(typed: str) -> tuple[str, ...]:
    """The words of a line, each once, however they are divided."""
    return tuple(dict.fromkeys(word for word in DIVIDERS.split(typed) if word))


def check_word(typed: str, most: int = WORD_LENGTH) -> str:
    """A new name as kept; refused when it would not fit beside its box on paper."""
    kept = "".join(typed.split())
    if len(kept) > most:
        raise Refused(
            "dictionary.word-long",
            gettext_noop("“%(word)s” is too long; %(most)s characters are the most."),
            word=kept,
            most=most,
        )
    return kept
