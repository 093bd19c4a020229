"""The life of a proposal of balanced allocation, and of each of its rows."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life


class AllocationState(Code):
    """正在测算, 待采纳, 未能测算, 已撤回."""

    CALCULATING = "calculating", gettext_noop("Being calculated")
    READY = "ready", gettext_noop("Ready to be adopted")
    UNSOLVED = "unsolved", gettext_noop("Could not be calculated")
    WITHDRAWN = "withdrawn", gettext_noop("Allocation withdrawn")


ALLOCATION = Life(
    "allocation",
    moves={
        AllocationState.CALCULATING: {
            *(AllocationState.READY, AllocationState.UNSOLVED, AllocationState.WITHDRAWN),
        },
        AllocationState.READY: {AllocationState.WITHDRAWN},
        AllocationState.UNSOLVED: (),
        AllocationState.WITHDRAWN: (),
    },
    refusals={
        AllocationState.CALCULATING: gettext_noop("This proposal is still being calculated."),
        AllocationState.READY: gettext_noop("This proposal is calculated already."),
        AllocationState.UNSOLVED: gettext_noop(
            "This proposal could not be calculated; make another one."
        ),
        AllocationState.WITHDRAWN: gettext_noop(
            "This proposal was withdrawn; make another one where it is needed."
        ),
    },
)
"""What is ready is adopted row by row; nothing of it moves anybody by itself."""


class LineState(Code):
    """待采纳, 待答复, 已同意, 不同意, 已失效."""

    PROPOSED = "proposed", gettext_noop("Not adopted")
    INVITED = "invited", gettext_noop("Waiting for the answer")
    ACCEPTED = "accepted", gettext_noop("Agreed")
    DECLINED = "declined", gettext_noop("Declined")
    ENDED = "ended", gettext_noop("No longer valid")


LINE = Life(
    "allocation-line",
    moves={
        LineState.PROPOSED: {LineState.INVITED},
        LineState.INVITED: {
            *(LineState.ACCEPTED, LineState.DECLINED, LineState.ENDED, LineState.PROPOSED),
        },
        LineState.ACCEPTED: (),
        LineState.DECLINED: (),
        LineState.ENDED: (),
    },
    refusals={
        LineState.PROPOSED: gettext_noop("Nobody has been asked yet."),
        LineState.INVITED: gettext_noop("Has been asked already and has still to answer."),
        LineState.ACCEPTED: gettext_noop("Has agreed already."),
        LineState.DECLINED: gettext_noop("Has declined; nobody is asked twice by one proposal."),
        LineState.ENDED: gettext_noop("This invitation is no longer valid."),
    },
)
"""Who is asked agrees or declines; an adoption that was a mistake is taken back for a moment."""

STORIES: dict[str, str] = {
    "allocation.requested": gettext_noop("Calculation asked for"),
    "allocation.calculated": gettext_noop("Calculated, rows: %(count)s"),
    "allocation.unsolved": gettext_noop("Could not be calculated"),
    "allocation.adopted": gettext_noop("%(count)s adopted and asked"),
    "allocation.adoption-undone": gettext_noop("Adoption of %(count)s taken back"),
    "allocation.withdrawn": gettext_noop("Withdrawn"),
}
"""What the journal's verbs say in the timeline of a proposal."""
