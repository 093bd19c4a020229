"""What authorities decide about the time bank."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, COMMUNITIES, Alternative, Amount, Quantity

HEADING = gettext_noop("Time bank")

MONTH_HOURS = Amount(
    key="timebank.month_hours",
    question=gettext_noop("Hours that somebody earns in the time bank in a month at most"),
    default=20,
    quantity=Quantity.HOURS,
    least=1,
    most=200,
    levels=AUTHORITIES,
    at=COMMUNITIES,
)
EXPIRY_DAYS = Amount(
    key="timebank.expiry_days",
    question=gettext_noop("Time after which hours of the time bank that were not spent expire"),
    default=1096,
    quantity=Quantity.DAYS,
    least=30,
    most=3653,
    levels=AUTHORITIES,
    at=COMMUNITIES,
)
NOWHERE, POOL, ANYBODY = "nowhere", "pool", "anybody"
DONATION = Alternative(
    key="timebank.donation",
    question=gettext_noop("To whom hours of the time bank may be given"),
    default=POOL,
    answers={
        NOWHERE: gettext_noop("To nobody"),
        POOL: gettext_noop("To the pool of the community"),
        ANYBODY: gettext_noop("To the pool, or to another person with an account"),
    },
    levels=AUTHORITIES,
    at=COMMUNITIES,
)

POLICIES = (MONTH_HOURS, EXPIRY_DAYS, DONATION)
