"""The words of codes in lists and forms, and the steps of a member's way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from baodao.kernel.errors import gettext_noop
from baodao.people.rules.standing import Grade, Standing
from baodao.registration.rules.exemptions import EFFECTS, EXEMPTION_STATES, REASONS
from baodao.registration.rules.missing import WHY
from baodao.registration.rules.states import END_REASONS, STATES, State, UnitState
from baodao.ui.wording import choices_of, word_of

Choices = list[tuple[str, str]]

UNIT_STATES: dict[UnitState, str] = {
    UnitState.SUBMITTED: gettext_noop("Waiting for the community"),
    UnitState.RETURNED: gettext_noop("Returned"),
    UnitState.ACCEPTED: gettext_noop("Accepted"),
    UnitState.ENDED: gettext_noop("Ended"),
}

STANDINGS: dict[Standing, str] = {
    Standing.IN_SERVICE: gettext_noop("In service"),
    Standing.RETIRED: gettext_noop("Retired"),
    Standing.SECONDED: gettext_noop("Seconded"),
    Standing.ELSEWHERE: gettext_noop("Lives elsewhere"),
}

GRADES: dict[Grade, str] = {
    Grade.FULL: gettext_noop("Full member"),
    Grade.PROBATIONARY: gettext_noop("Probationary member"),
}


def _plain(words: Mapping[Any, str]) -> dict[str, str]:
    return {str(code): message for code, message in words.items()}


VOCABULARIES: dict[str, dict[str, str]] = {
    "state": _plain(STATES),
    "unit-state": _plain(UNIT_STATES),
    "end": _plain(END_REASONS),
    "exemption": {code: reason.words for code, reason in REASONS.items()},
    "exemption-state": _plain(EXEMPTION_STATES),
    "effect": _plain(EFFECTS),
    "missing": _plain(WHY),
    "standing": _plain(STANDINGS),
    "grade": _plain(GRADES),
}


def word(code: str, vocabulary: str) -> str:
    """What `code` is called in the reader's language; an unknown code as it is."""
    return word_of(VOCABULARIES[vocabulary], code)


def choices(vocabulary: str, codes: Iterable[str] = ()) -> Choices:
    """The codes of a vocabulary, or those given, with their words, for a form or a filter."""
    return choices_of(VOCABULARIES[vocabulary], codes)


@dataclass(frozen=True)
class Step:
    """One step of a member's way: `state` is done, current or todo."""

    label: Promise
    state: str


_WAY = (
    gettext_lazy("Letter"),
    gettext_lazy("Presented"),
    gettext_lazy("Community receives"),
    gettext_lazy("Registered"),
)
_REACHED: dict[str, int] = {
    State.ISSUED: 1,
    State.RETURNED: 1,
    State.SUBMITTED: 2,
    State.ACCEPTED: 4,
}


def steps_to(state: str) -> list[Step]:
    """The way from the letter to being registered, for a registration in `state` ("" for none)."""
    reached = _REACHED.get(state, 0)
    return [
        Step(label, "done" if place < reached else "current" if place == reached else "todo")
        for place, label in enumerate(_WAY)
    ]
