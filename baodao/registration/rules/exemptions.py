"""Exemption and delay: the dictionary of reasons, what each may change, who may decide."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop


class ExemptionState(StrEnum):
    """Requested by the clerk, decided by the secretary, revoked when the reason is gone."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    REVOKED = "revoked"


EXEMPTION_STATES: dict[ExemptionState, str] = {
    ExemptionState.REQUESTED: gettext_noop("Waiting for a decision"),
    ExemptionState.APPROVED: gettext_noop("Approved"),
    ExemptionState.REFUSED: gettext_noop("Not approved"),
    ExemptionState.REVOKED: gettext_noop("Revoked"),
}


class Effect(StrEnum):
    """What an exemption changes: nothing is asked, less is asked, later, or elsewhere."""

    FULL = "full"
    PRO_RATA = "pro-rata"
    DELAY = "delay"
    OTHER_PLACE = "other-place"


EFFECTS: dict[Effect, str] = {
    Effect.FULL: gettext_noop("Exempt from reporting"),
    Effect.PRO_RATA: gettext_noop("Reports, with less service asked"),
    Effect.DELAY: gettext_noop("Reports later"),
    Effect.OTHER_PLACE: gettext_noop("Reports in another place"),
}


@dataclass(frozen=True)
class ExemptionReason:
    """A reason: its words, what it may change (the usual effect first), whether it must end."""

    code: str
    words: str
    effects: tuple[Effect, ...]
    must_end: bool = False


REASONS: dict[str, ExemptionReason] = {
    reason.code: reason
    for reason in (
        ExemptionReason(
            "seconded-away",
            gettext_noop("Seconded to another place"),
            (Effect.DELAY, Effect.OTHER_PLACE, Effect.FULL),
            must_end=True,
        ),
        ExemptionReason(
            "long-illness",
            gettext_noop("Long illness"),
            (Effect.FULL, Effect.DELAY, Effect.PRO_RATA),
        ),
        ExemptionReason(
            "maternity",
            gettext_noop("Pregnancy and birth"),
            (Effect.DELAY, Effect.PRO_RATA, Effect.FULL),
            must_end=True,
        ),
        ExemptionReason(
            "village-posting",
            gettext_noop("Posted to a village or on assistance"),
            (Effect.OTHER_PLACE, Effect.DELAY, Effect.FULL),
            must_end=True,
        ),
        ExemptionReason(
            "living-elsewhere",
            gettext_noop("Lives in another city"),
            (Effect.OTHER_PLACE, Effect.FULL),
        ),
        ExemptionReason("other", gettext_noop("Other"), tuple(Effect)),
    )
}


def check_exemption(
    *, reason: str, effect: str, evidence: str, from_on: date, to_on: date | None
) -> None:
    """Refuse a request whose reason, effect, evidence and period do not fit together."""
    known = REASONS.get(reason)
    if known is None:
        raise Refused("exemption.reason-unknown", gettext_noop("Choose the reason from the list."))
    if effect not in known.effects:
        raise Refused(
            "exemption.effect-unfit",
            gettext_noop("This effect does not go with the reason “%(reason)s”; choose another."),
            reason=known.words,
        )
    if not evidence.strip():
        raise Refused(
            "exemption.evidence-missing",
            gettext_noop("Name the document the request rests on, with its number or date."),
        )
    if to_on is None and (known.must_end or effect == Effect.DELAY):
        raise Refused("exemption.end-missing", gettext_noop("Say until which day it is to hold."))
    if to_on is not None and to_on < from_on:
        raise Refused(
            "exemption.ends-before-start",
            gettext_noop("The last day must not be before the first day."),
        )


def check_decision(state: str, requested_by: UUID | None, decided_by: UUID | None) -> None:
    """Only an open request is decided, and never by the one who made it."""
    if state != ExemptionState.REQUESTED:
        raise Refused(
            "exemption.decided",
            gettext_noop("This request was already decided: %(state)s."),
            state=EXEMPTION_STATES[ExemptionState(state)],
        )
    if requested_by == decided_by:
        raise Refused(
            "exemption.own-request",
            gettext_noop("Who made the request cannot approve it; ask another secretary."),
        )
