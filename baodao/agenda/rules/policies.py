"""What authorities and communities decide about what is ahead."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

UNTAKEN_DAYS = Amount(
    key="offer.untaken_days",
    question=gettext_noop("Time after which partner units are told of a wish that nobody takes on"),
    default=7,
    quantity=Quantity.DAYS,
    least=1,
    most=60,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)

POLICIES = (UNTAKEN_DAYS,)
