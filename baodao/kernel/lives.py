"""The life of a row: its states with their words, which state follows which, and what is refused.

A life is pure: rules, forms and pages read it without a database. `kernel/stages.py` moves rows
through it.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Generic, Self, TypeVar

from baodao.kernel.errors import Refused, gettext_noop

MOST_WORDS = 200
"""Characters of a reason that a page and a notice can show."""


class Code(StrEnum):
    """A closed list of codes, each with its words: `OPEN = "open", gettext_noop("Open")`.

    The code is kept in the database, the words are a message id that readers see translated.
    """

    words: str
    __hash__ = str.__hash__  # alike what is equal: a code and its text find each other in mappings

    def __new__(cls, code: str, words: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.words = words
        return member

    @classmethod
    def words_of(cls, code: str) -> str:
        """The message id of `code`; an unknown code stands for itself."""
        return cls(code).words if code in set(cls) else code


S = TypeVar("S", bound=Code)


class Life(Generic[S]):
    """Which state follows which, and the sentence that refuses a move, by the state one is in.

    `noun` begins the refusals' codes: `registration.ended`. `over` are the states in which nothing
    is waited for any more; without it those that no state follows.
    """

    def __init__(
        self,
        noun: str,
        *,
        moves: Mapping[S, Collection[S]],
        refusals: Mapping[S, str],
        over: Collection[S] | None = None,
    ) -> None:
        self.noun = noun
        self.states: type[S] = type(next(iter(moves)))
        self._moves = {state: frozenset(following) for state, following in moves.items()}
        self._refusals = dict(refusals)
        for part in (self._moves, self._refusals):
            if set(part) != set(self.states):
                raise ValueError(f"the life of a {noun} leaves out a state")
        ended = [state for state in self.states if not self._moves[state]]
        self.over: tuple[S, ...] = tuple(ended if over is None else over)
        self.live: tuple[S, ...] = tuple(s for s in self.states if s not in self.over)

    def following(self, state: str) -> frozenset[S]:
        """The states that may follow `state`."""
        return self._moves[self.states(state)]

    def refusal(self, state: str) -> Refused:
        """How things stand in `state`, as the answer to an act that needs another one."""
        here = self.states(state)
        return Refused(f"{self.noun}.{here}", self._refusals[here])

    def move(self, state: str, to: S) -> S:
        """`to`, if it may follow `state`; raises the refusal of `state` otherwise."""
        if to not in self.following(state):
            raise self.refusal(state)
        return to

    def check(self, state: str, *allowed: S) -> None:
        """Raise the refusal of `state` unless it is one of `allowed`."""
        if state not in allowed:
            raise self.refusal(state)


BEGINNING = 12
"""How many characters a refusal quotes of a text that is too long."""


def check_reason(reason: str, most: int = MOST_WORDS) -> str:
    """Why a row is moved, without outer spaces; refused when empty or longer than `most`
    characters, which what shows it has room for."""
    words = reason.strip()
    if not words:
        raise Refused("reason.missing", gettext_noop("Say why, in a sentence."))
    return check_length(words, most, "reason.too-long")


def check_length(words: str, most: int, code: str = "words.too-long") -> str:
    """The words; refused where they are longer than `most` characters, because nothing that
    somebody wrote is cut off in silence. The refusal quotes their beginning, which tells them from
    what else was written on the same page."""
    if len(words) > most:
        raise Refused(
            code,
            gettext_noop(
                "“%(start)s…” is too long: write at most %(most)s characters; there are %(length)s."
            ),
            start=words[:BEGINNING],
            most=most,
            length=len(words),
        )
    return words
