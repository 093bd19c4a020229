"""The life of a member's own statement."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life


class StatementState(Code):
    """待核实, 已核实, 已退回, 已撤回."""

    WAITING = "waiting", gettext_noop("Waiting to be confirmed")
    CONFIRMED = "confirmed", gettext_noop("Confirmed")
    RETURNED = "returned", gettext_noop("Returned")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn")


STATEMENT = Life(
    "statement",
    moves={
        StatementState.WAITING: {
            StatementState.CONFIRMED,
            StatementState.RETURNED,
            StatementState.WITHDRAWN,
        },
        StatementState.RETURNED: {StatementState.WAITING, StatementState.WITHDRAWN},
        StatementState.CONFIRMED: (),
        StatementState.WITHDRAWN: (),
    },
    refusals={
        StatementState.WAITING: gettext_noop("This statement waits for the community already."),
        StatementState.CONFIRMED: gettext_noop(
            "This statement is confirmed and recorded already; what is wrong is put right on the "
            "record."
        ),
        StatementState.RETURNED: gettext_noop(
            "This statement was returned; the member can correct and send it again."
        ),
        StatementState.WITHDRAWN: gettext_noop("The member has withdrawn this statement."),
    },
)
