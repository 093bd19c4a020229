"""What authorities and communities decide about claims."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

_LEVELS = frozenset(PLACES)

THINKING_HOURS = Amount(
    key="claim.thinking_hours",
    question=gettext_noop("Time for who waited to confirm a free place"),
    default=24,
    quantity=Quantity.HOURS,
    least=6,
    most=168,
    levels=_LEVELS,
    at=COMMUNITIES,
)
HOURS_BEFORE = Amount(
    key="claim.hours_before",
    question=gettext_noop("Time before an activity in which nobody is asked to confirm"),
    default=2,
    quantity=Quantity.HOURS,
    least=0,
    most=48,
    levels=_LEVELS,
    at=COMMUNITIES,
)
LEAST_HOURS = Amount(
    key="claim.least_hours",
    question=gettext_noop("Shortest time to confirm; with less the place is given at once"),
    default=1,
    quantity=Quantity.HOURS,
    least=1,
    most=6,
    levels=_LEVELS,
    at=COMMUNITIES,
)

POLICIES = (THINKING_HOURS, HOURS_BEFORE, LEAST_HOURS)
