"""What authorities decide about feedback cards: how long an objection may wait for its answer."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, COMMUNITIES, Amount, Quantity

HEADING = gettext_noop("Feedback")

ANSWER_DAYS = Amount(
    key="feedback.answer_days",
    question=gettext_noop("Time to answer an objection to a feedback card"),
    default=5,
    quantity=Quantity.WORKING_DAYS,
    least=1,
    most=15,
    levels=AUTHORITIES,
    at=COMMUNITIES,
)

POLICIES = (ANSWER_DAYS,)
