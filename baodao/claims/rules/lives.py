"""The life of a claim: its states, what follows what, who takes a place, and what is told of it."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life


class ClaimState(Code):
    """One life for every claim, whatever is claimed and whoever claims.

    待审批, 候补, 候补待确认, 已认领, 申请退出, 已完成, 未通过, 已退出, 已放弃, 未到场. Who did not
    come is a fact for nobody to read: in words it is no more than "over".
    """

    APPLIED = "applied", gettext_noop("Waiting for approval")
    WAITING = "waiting", gettext_noop("On the waiting list")
    INVITED = "invited", gettext_noop("Waits for the claimant's word")
    ACTIVE = "active", gettext_noop("Claimed")
    EXIT_REQUESTED = "exit-requested", gettext_noop("Asked to leave")
    DONE = "done", gettext_noop("Served")
    REFUSED = "refused", gettext_noop("Claim not approved")
    LEFT = "left", gettext_noop("Left the offer")
    WITHDRAWN = "withdrawn", gettext_noop("Given up")
    ABSENT = "absent", gettext_noop("Over")


CLAIM = Life(
    "claim",
    moves={
        ClaimState.APPLIED: {
            *(ClaimState.ACTIVE, ClaimState.WAITING),
            *(ClaimState.REFUSED, ClaimState.WITHDRAWN),
        },
        ClaimState.WAITING: {
            *(ClaimState.INVITED, ClaimState.ACTIVE),
            *(ClaimState.REFUSED, ClaimState.WITHDRAWN),
        },
        ClaimState.INVITED: {ClaimState.ACTIVE, ClaimState.WITHDRAWN, ClaimState.REFUSED},
        ClaimState.ACTIVE: {
            *(ClaimState.EXIT_REQUESTED, ClaimState.LEFT),
            *(ClaimState.DONE, ClaimState.ABSENT),
        },
        ClaimState.EXIT_REQUESTED: {
            *(ClaimState.LEFT, ClaimState.ACTIVE),
            *(ClaimState.DONE, ClaimState.ABSENT),
        },
        ClaimState.DONE: set(),
        ClaimState.REFUSED: set(),
        ClaimState.LEFT: set(),
        ClaimState.WITHDRAWN: set(),
        ClaimState.ABSENT: {ClaimState.DONE},
    },
    refusals={
        ClaimState.APPLIED: gettext_noop("This claim waits for the community's approval."),
        ClaimState.WAITING: gettext_noop("This claim is on the waiting list."),
        ClaimState.INVITED: gettext_noop(
            "A place is free for this claim; it waits to be confirmed."
        ),
        ClaimState.ACTIVE: gettext_noop("This claim is approved already."),
        ClaimState.EXIT_REQUESTED: gettext_noop(
            "Leaving has been asked for; the community decides about it first."
        ),
        ClaimState.DONE: gettext_noop("The service of this claim is recorded already."),
        ClaimState.REFUSED: gettext_noop(
            "This claim was not approved; claim again if it still fits."
        ),
        ClaimState.LEFT: gettext_noop("This claim has ended; claim again if it still fits."),
        ClaimState.WITHDRAWN: gettext_noop(
            "This claim was given up; claim again if it still fits."
        ),
        ClaimState.ABSENT: gettext_noop("This claim has ended without a service."),
    },
    over=(
        *(ClaimState.DONE, ClaimState.REFUSED, ClaimState.LEFT),
        *(ClaimState.WITHDRAWN, ClaimState.ABSENT),
    ),
)
"""Who was missed when the list was closed is done once they are added to it."""

SERVING = (ClaimState.ACTIVE, ClaimState.EXIT_REQUESTED)
"""Whose service may be recorded: they hold a place and have not ended."""

UNTICKED = (ClaimState.ABSENT, ClaimState.DONE)
"""In these a seat may be left that a closed list does not have as there: the whole claim's, or one
of several."""

SEATED = (ClaimState.INVITED, *SERVING, ClaimState.DONE)
"""These take places; never more than the offer has."""

CLAIM_STORIES: dict[str, str] = {
    "claim.made": gettext_noop("%(name)s claimed"),
    "claim.made-at-window": gettext_noop("Claimed at the window for %(name)s"),
    "claim.assigned": gettext_noop("%(name)s asked to take it on"),
    "claim.approved": gettext_noop("%(name)s approved"),
    "claim.lined-up": gettext_noop("%(name)s approved, and waits for a place"),
    "claim.refused": gettext_noop("%(name)s not approved"),
    "claim.decision-undone": gettext_noop("The answer to %(name)s taken back"),
    "claim.reseated": gettext_noop("%(name)s changed who serves"),
    "claim.seat-left": gettext_noop("One of those whom %(name)s sends gave the place up"),
    "claim.withdrawn": gettext_noop("%(name)s gave up the claim"),
    "claim.left": gettext_noop("%(name)s left"),
    "claim.resumed": gettext_noop("The claim of %(name)s stands again"),
    "claim.invited": gettext_noop("A free place offered to %(name)s"),
    "claim.seated": gettext_noop("A free place given to %(name)s"),
    "claim.placed": gettext_noop("%(name)s placed, having said that they can come"),
    "claim.confirmed": gettext_noop("%(name)s took the place"),
    "claim.lapsed": gettext_noop("The place kept for %(name)s became free again"),
    "claim.exit-requested": gettext_noop("%(name)s asked to leave"),
    "claim.exit-taken-back": gettext_noop("%(name)s stays after all"),
    "claim.exit-refused": gettext_noop("%(name)s stays"),
}
"""What the journal's verbs say in a timeline. Facts that are message ids themselves are translated;
`reason` is shown beside the sentence."""
