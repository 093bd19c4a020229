"""The steps of a member's way from the letter to being registered."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from baodao.registration.rules.states import State


@dataclass(frozen=True)
class Step:
    """One step of a member's way: `state` is done, current or todo."""

    label: Promise
    state: str


_WAY = (
    (gettext_lazy("Letter"), gettext_lazy("Letter")),
    (gettext_lazy("Present it"), gettext_lazy("Presented")),
    (gettext_lazy("Community receives"), gettext_lazy("Community receives")),
    (gettext_lazy("Registered"), gettext_lazy("Registered")),
)
"""What a step is called until it is done, and then."""
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
        Step(done, "done")
        if place < reached
        else Step(ahead, "current" if place == reached else "todo")
        for place, (ahead, done) in enumerate(_WAY)
    ]
