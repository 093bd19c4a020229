"""What authorities and communities decide about series."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

AHEAD_DAYS = Amount(
    key="series.ahead_days",
    question=gettext_noop("Time ahead for which the dates of a series may be claimed"),
    default=56,
    quantity=Quantity.DAYS,
    least=14,
    most=184,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)

POLICIES = (AHEAD_DAYS,)
