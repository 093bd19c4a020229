"""What authorities decide about pairings."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

HEADING = gettext_noop("Pairings")

REMIND_DAYS = Amount(
    key="pairing.remind_days",
    question=gettext_noop("Time before a visit is due at which who visits is reminded"),
    default=3,
    quantity=Quantity.DAYS,
    least=0,
    most=14,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)

POLICIES = (REMIND_DAYS,)
