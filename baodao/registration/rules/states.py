"""The life of a member's registration and of a unit's: which state follows which."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from baodao.kernel.errors import Refused, gettext_noop


class State(StrEnum):
    """已开介绍信, 待社区接收, 已退回, 已报到, 已结束, 已撤回."""

    ISSUED = "issued"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


STATES: dict[State, str] = {
    State.ISSUED: gettext_noop("Letter issued"),
    State.SUBMITTED: gettext_noop("Waiting for the community"),
    State.RETURNED: gettext_noop("Returned"),
    State.ACCEPTED: gettext_noop("Registered"),
    State.ENDED: gettext_noop("Ended"),
    State.WITHDRAWN: gettext_noop("Withdrawn"),
}

LIVE = (State.ISSUED, State.SUBMITTED, State.RETURNED, State.ACCEPTED)
"""A person has at most one registration in these states."""

NEXT: dict[State, frozenset[State]] = {
    State.ISSUED: frozenset({State.SUBMITTED, State.ACCEPTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.ACCEPTED, State.RETURNED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.ENDED}),
    State.ENDED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""A letter shown at the desk is accepted at once: issued → accepted."""


class EndReason(StrEnum):
    """调离, 转往其他社区, 退休, 去世, 撤销."""

    MOVED = "moved"
    TRANSFERRED = "transferred"
    RETIRED = "retired"
    DIED = "died"
    REVOKED = "revoked"


END_REASONS: dict[EndReason, str] = {
    EndReason.MOVED: gettext_noop("Left the unit or the city"),
    EndReason.TRANSFERRED: gettext_noop("Moved to another community"),
    EndReason.RETIRED: gettext_noop("Retired"),
    EndReason.DIED: gettext_noop("Died"),
    EndReason.REVOKED: gettext_noop("Registration revoked"),
}


class UnitState(StrEnum):
    """A unit's own registration with its partner community."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ENDED = "ended"


NEXT_OF_UNIT: dict[UnitState, frozenset[UnitState]] = {
    UnitState.SUBMITTED: frozenset({UnitState.ACCEPTED, UnitState.RETURNED, UnitState.ENDED}),
    UnitState.RETURNED: frozenset({UnitState.SUBMITTED, UnitState.ENDED}),
    UnitState.ACCEPTED: frozenset({UnitState.ENDED}),
    UnitState.ENDED: frozenset(),
}

_REFUSALS: dict[State, str] = {
    State.ISSUED: gettext_noop(
        "The letter has not been presented yet; the member or the unit presents it first."
    ),
    State.SUBMITTED: gettext_noop(
        "It waits for the community, which may accept or return it; the unit may withdraw it."
    ),
    State.RETURNED: gettext_noop(
        "The community has returned it; the member or the unit must present it again first."
    ),
    State.ACCEPTED: gettext_noop(
        "The community has accepted it already; it can be transferred or ended."
    ),
    State.ENDED: gettext_noop("This registration has ended; issue a new letter."),
    State.WITHDRAWN: gettext_noop("The letter was withdrawn; issue a new one."),
}

_UNIT_REFUSALS: dict[UnitState, str] = {
    UnitState.SUBMITTED: gettext_noop(
        "The contact form waits for the community; the unit may take it back."
    ),
    UnitState.RETURNED: gettext_noop(
        "The community has returned the contact form; the unit must present it again first."
    ),
    UnitState.ACCEPTED: gettext_noop(
        "The community has accepted the unit already; the unit may end this contact."
    ),
    UnitState.ENDED: gettext_noop("This contact has ended; present a new contact form."),
}

S = TypeVar("S", State, UnitState)


def _moved(state: S, to: S, following: Mapping[S, frozenset[S]], refusal: Refused) -> S:
    if to not in following[state]:
        raise refusal
    return to


def move(state: State | str, to: State) -> State:
    """The next state; refuses a move that the life does not know, saying how things stand."""
    held = State(state)
    return _moved(held, to, NEXT, Refused(f"registration.{held}", _REFUSALS[held]))


def move_unit(state: UnitState | str, to: UnitState) -> UnitState:
    """The same for a unit's own registration."""
    held = UnitState(state)
    refusal = Refused(f"unit-registration.{held}", _UNIT_REFUSALS[held])
    return _moved(held, to, NEXT_OF_UNIT, refusal)


def check_end_date(ended_on: date, accepted_on: date, today: date) -> None:
    """A registration ends neither before its acceptance nor in the future."""
    if ended_on < accepted_on:
        raise Refused(
            "registration.ends-before-acceptance",
            gettext_noop("The end date must not be before the acceptance on %(accepted_on)s."),
            accepted_on=accepted_on,
        )
    if ended_on > today:
        raise Refused(
            "registration.ends-in-future", gettext_noop("The end date must not be after today.")
        )


def check_end_reason(reason: str) -> EndReason:
    """A reason a person may give; a move to another community is a transfer, not an end."""
    if reason not in set(EndReason):
        raise Refused(
            "registration.end-reason-unknown",
            gettext_noop("Choose why the registration ends from the list."),
        )
    if reason == EndReason.TRANSFERRED:
        raise Refused(
            "registration.end-is-transfer",
            gettext_noop("For a move to another community use “Transfer”, which does both in one."),
        )
    return EndReason(reason)


def check_reason(reason: str) -> str:
    """The reason without outer spaces; refused when empty or too long to be shown."""
    told = reason.strip()
    if not told:
        raise Refused("reason.missing", gettext_noop("Say why, in a sentence."))
    if len(told) > 200:
        raise Refused("reason.too-long", gettext_noop("Keep the reason under 200 characters."))
    return told
