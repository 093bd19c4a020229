"""What authorities and communities decide about what is ahead."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

SHORT_DAYS = Amount(
    key="offer.short_days",
    question=gettext_noop("Time before an activity in which places left are told as a shortage"),
    default=3,
    quantity=Quantity.DAYS,
    least=1,
    most=14,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)

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

POLICIES = (SHORT_DAYS, UNTAKEN_DAYS)
