"""The life of a dispute: a record is objected to, once at a time, and it is kept or put right."""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life

WORDS = 500
"""The longest objection and the longest answer, in characters."""


class DisputeState(Code):
    """待答复, 记录无误, 已更正."""

    OPEN = "open", gettext_noop("Not answered yet")
    KEPT = "kept", gettext_noop("The record stays as it is")
    CORRECTED = "corrected", gettext_noop("The record was put right")


_ANSWERED = gettext_noop("This objection was answered already.")

DISPUTE = Life(
    "dispute",
    moves={
        DisputeState.OPEN: {DisputeState.KEPT, DisputeState.CORRECTED},
        DisputeState.KEPT: (),
        DisputeState.CORRECTED: (),
    },
    refusals={
        DisputeState.OPEN: gettext_noop(
            "Your objection to this record waits for its answer already."
        ),
        DisputeState.KEPT: _ANSWERED,
        DisputeState.CORRECTED: _ANSWERED,
    },
)


def check_disputable(*, is_reversal: bool, is_reversed: bool, is_open: bool) -> None:
    """A standing record is disputed, once at a time."""
    if is_reversal or is_reversed:
        raise Refused(
            "dispute.reversed",
            gettext_noop("This record was reversed and counts no more; nothing is to be disputed."),
        )
    if is_open:
        raise DISPUTE.refusal(DisputeState.OPEN)


def check_answer(state: str, outcome: str, *, is_reversed: bool) -> DisputeState:
    """How an open dispute ends; "corrected" if its record was reversed, "kept" if it was not."""
    DISPUTE.check(state, DisputeState.OPEN)
    if outcome not in DISPUTE.over:
        raise Refused("dispute.outcome", gettext_noop("Say whether the record stays as it is."))
    answer = DisputeState(outcome)
    if answer == DisputeState.CORRECTED and not is_reversed:
        raise Refused(
            "dispute.not-corrected",
            gettext_noop("Reverse or correct the record first, then answer that it was put right."),
        )
    if answer == DisputeState.KEPT and is_reversed:
        raise Refused(
            "dispute.not-kept",
            gettext_noop("The record was reversed meanwhile; answer that it was put right."),
        )
    return answer
