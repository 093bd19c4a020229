"""What authorities decide about objections to records."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, COMMUNITIES, Amount, Quantity

HEADING = gettext_noop("Statements and objections")

ANSWER_DAYS = Amount(
    key="dispute.answer_days",
    question=gettext_noop("Time to answer an objection to a record"),
    default=5,
    quantity=Quantity.WORKING_DAYS,
    least=1,
    most=15,
    levels=AUTHORITIES,
    at=COMMUNITIES,
)

POLICIES = (ANSWER_DAYS,)
