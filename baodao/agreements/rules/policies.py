"""What authorities decide about agreements: the least that a unit does in a year."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, UNITS, Amount, Quantity

HEADING = gettext_noop("Agreements of units and communities")

LEAST_ACTIVITIES = Amount(
    key="agreement.activities",
    question=gettext_noop("Activities a year that a unit holds in its partner community, at least"),
    default=2,
    quantity=Quantity.TIMES,
    least=0,
    most=100,
    levels=AUTHORITIES,
    at=UNITS,
)
LEAST_SERVICES = Amount(
    key="agreement.services",
    question=gettext_noop("Services a year of a unit's members there, at least"),
    default=12,
    quantity=Quantity.TIMES,
    least=0,
    most=5000,
    levels=AUTHORITIES,
    at=UNITS,
)

POLICIES = (LEAST_ACTIVITIES, LEAST_SERVICES)
