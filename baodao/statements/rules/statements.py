"""The life of a member's own statement, and what else is asked of one that tells of an offer."""

from collections.abc import Callable

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life
from baodao.ledger.rules.records import Entry


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

OfferCheck = Callable[[Entry], None]
"""Refuses a service in an offer (`offer_id`) that cannot have been as it is stated."""

OFFER_CHECKS: list[OfferCheck] = []


def register_offer_check(check: OfferCheck) -> None:
    """Add what a slice above, which knows the offer, asks of a statement."""
    OFFER_CHECKS.append(check)
