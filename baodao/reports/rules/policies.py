"""What authorities decide about reports: until when they are in time."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, UNITS, Amount, Quantity

HEADING = gettext_noop("Reports")

DUE_DAYS = Amount(
    key="report.due_days",
    question=gettext_noop("Time to submit the report after the end of a half-year"),
    default=20,
    quantity=Quantity.DAYS,
    least=1,
    most=60,
    levels=AUTHORITIES,
    at=UNITS,
)

POLICIES = (DUE_DAYS,)
