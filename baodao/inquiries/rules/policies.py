"""What authorities decide about requests: when who is asked is reminded of the last day."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, Amount, Quantity

HEADING = gettext_noop("Requests for reports")

REMIND_DAYS = Amount(
    key="request.remind_days",
    question=gettext_noop(
        "Time before the last day of a request at which who is asked is reminded"
    ),
    default=2,
    quantity=Quantity.DAYS,
    least=0,
    most=14,
    levels=AUTHORITIES,
    at=AUTHORITIES,
)

POLICIES = (REMIND_DAYS,)
