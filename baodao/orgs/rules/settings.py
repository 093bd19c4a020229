"""The settings there are: choices with what holds when nobody chose, and dictionaries of words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from baodao.kernel.errors import Refused, gettext_noop


@dataclass(frozen=True)
class Option:
    """A setting: its question, its choices in words, the default."""

    key: str
    question: str
    choices: Mapping[str, str]
    default: str


OPTIONS = {
    option.key: option
    for option in (
        Option(
            "registration.place",
            gettext_noop("Where do members in service report?"),
            {
                "home": gettext_noop("To the community where they live"),
                "partner": gettext_noop("To the partner community of their unit"),
            },
            "home",
        ),
    )
}


def check_setting(key: str, value: str) -> None:
    """Refuse a setting or a choice that is not known."""
    option = OPTIONS.get(key)
    if option is None or value not in option.choices:
        raise Refused("setting.unknown", gettext_noop("Choose one of the answers offered."))


@dataclass(frozen=True)
class Word:
    """An entry of a dictionary. Its code is for ever; one no longer offered is not `shown`.

    `words` of a dictionary that came with the program are message ids, those of an authority stand
    as they are.
    """

    code: str
    words: str
    shown: bool = True


DICTIONARIES = {"service.categories": gettext_noop("Kinds of service")}
"""Settings whose value is an ordered list of words."""

WORD_LENGTH = 8
MOST_WORDS = 20
"""What is offered stands on one sheet of paper, each word beside its box."""


def check_dictionary(key: str, words: Sequence[Word], held: Collection[str]) -> None:
    """Refuse a dictionary that loses a code of `held`, offers nothing, or confuses its readers."""
    if key not in DICTIONARIES:
        raise Refused("setting.unknown", gettext_noop("Choose one of the answers offered."))
    codes = [word.code for word in words]
    lost = set(held) - set(codes)
    if lost or len(set(codes)) != len(codes):
        raise Refused(
            "dictionary.codes",
            gettext_noop("A word can be hidden, but not taken out: %(lost)s."),
            lost="、".join(sorted(lost or codes)),
        )
    if not any(word.shown for word in words):
        raise Refused("dictionary.empty", gettext_noop("Leave at least one word to choose."))
    said = [word.words for word in words if word.shown]
    if len(said) > MOST_WORDS:
        raise Refused("dictionary.long", gettext_noop("Keep to %(most)s words."), most=MOST_WORDS)
    if not all(word.words for word in words):
        raise Refused("dictionary.blank", gettext_noop("Every word needs a name."))
    if len(set(said)) != len(said):
        raise Refused("dictionary.twice", gettext_noop("Two words have the same name."))


def check_word(typed: str) -> str:
    """A new name as kept; refused when it would not fit beside its box on paper."""
    kept = "".join(typed.split())
    if len(kept) > WORD_LENGTH:
        raise Refused(
            "dictionary.word-long",
            gettext_noop("“%(word)s” is too long; %(most)s characters are the most."),
            word=kept,
            most=WORD_LENGTH,
        )
    return kept
