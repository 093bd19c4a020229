"""The life of a registration, of a unit's registration and of an exemption: pure decisions."""

from datetime import date
from enum import StrEnum

from baodao.kernel.errors import Refused, gettext_noop


class State(StrEnum):
    """已开介绍信, 待社区接收, 已退回, 已报到, 已结束, 已撤回."""

    ISSUED = "issued"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


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


class UnitState(StrEnum):
    """A unit's own registration with its partner community."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ENDED = "ended"


class ExemptionState(StrEnum):
    """Requested by the clerk, decided by the secretary, revoked when the reason is gone."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    REVOKED = "revoked"


class Effect(StrEnum):
    """What an exemption changes: nothing is asked, less is asked, later, or elsewhere."""

    FULL = "full"
    PRO_RATA = "pro-rata"
    DELAY = "delay"
    OTHER_PLACE = "other-place"


_REFUSALS: dict[State, str] = {
    State.ISSUED: gettext_noop("The letter has not been presented yet."),
    State.SUBMITTED: gettext_noop("It already waits for the community."),
    State.RETURNED: gettext_noop(
        "The community has returned it; the member or the unit must present it again first."
    ),
    State.ACCEPTED: gettext_noop("The community has already accepted it."),
    State.ENDED: gettext_noop("This registration has ended; issue a new letter."),
    State.WITHDRAWN: gettext_noop("The letter was withdrawn; issue a new one."),
}


def move(state: State | str, to: State) -> State:
    """The next state; refuses a move that the life does not know, saying how things stand."""
    if to not in NEXT[State(state)]:
        raise Refused(f"registration.{state}", _REFUSALS[State(state)])
    return to


def check_end_date(ended_on: date, accepted_on: date, today: date) -> None:
    """A registration ends neither before its acceptance nor in the future."""
    if ended_on < accepted_on:
        raise Refused(
            "registration.ends-before-acceptance",
            gettext_noop("The end date must not be before the acceptance on %(accepted_on)s."),
            accepted_on=accepted_on.isoformat(),
        )
    if ended_on > today:
        raise Refused(
            "registration.ends-in-future", gettext_noop("The end date must not be after today.")
        )
