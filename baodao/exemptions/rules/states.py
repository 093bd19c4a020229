"""The life of an exemption or delay, and who may decide on it."""

from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life


class ExemptionState(Code):
    """Requested by the clerk, decided by the secretary, revoked when the reason is gone."""

    REQUESTED = "requested", gettext_noop("Waiting for a decision")
    APPROVED = "approved", gettext_noop("Approved")
    REFUSED = "refused", gettext_noop("Not approved")
    REVOKED = "revoked", gettext_noop("Revoked")


EXEMPTION = Life(
    "exemption",
    moves={
        ExemptionState.REQUESTED: {
            ExemptionState.APPROVED,
            ExemptionState.REFUSED,
            ExemptionState.REVOKED,
        },
        ExemptionState.APPROVED: {ExemptionState.REVOKED},
        ExemptionState.REFUSED: (),
        ExemptionState.REVOKED: (),
    },
    refusals={
        ExemptionState.REQUESTED: gettext_noop("The request waits for a decision."),
        ExemptionState.APPROVED: gettext_noop("This request was approved already."),
        ExemptionState.REFUSED: gettext_noop("This request was not approved; make a new one."),
        ExemptionState.REVOKED: gettext_noop("It was revoked and no longer holds."),
    },
)
"""A person has at most one live exemption."""


def check_decision(state: str, requested_by: UUID | None, decided_by: UUID | None) -> None:
    """Only an open request is decided, and never by the one who made it."""
    EXEMPTION.check(state, ExemptionState.REQUESTED)
    if requested_by == decided_by:
        raise Refused(
            "exemption.own-request",
            gettext_noop("Who made the request cannot approve it; ask another secretary."),
        )
