"""How often contact cadres are wanted to visit, as authorities set it."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

HEADING = gettext_noop("Contact cadres and visits")
LEVELS = frozenset(PLACES)

WEEKLY = Amount(
    key="visit.weekly",
    question=gettext_noop("Visits of a contact community or grid that are wanted in a week"),
    default=1,
    quantity=Quantity.TIMES,
    least=0,
    most=7,
    levels=LEVELS,
    at=COMMUNITIES,
)
MONTHLY = Amount(
    key="visit.monthly",
    question=gettext_noop("Visits of a contact household that are wanted in a month"),
    default=1,
    quantity=Quantity.TIMES,
    least=0,
    most=8,
    levels=LEVELS,
    at=COMMUNITIES,
)
MONTHLY_CLOSE = Amount(
    key="visit.monthly_close",
    question=gettext_noop(
        "Visits of a contact household with close support that are wanted in a month"
    ),
    default=2,
    quantity=Quantity.TIMES,
    least=0,
    most=8,
    levels=LEVELS,
    at=COMMUNITIES,
)
MONTHLY_LIGHT = Amount(
    key="visit.monthly_light",
    question=gettext_noop(
        "Visits of a contact household with light contact that are wanted in a month"
    ),
    default=0,
    quantity=Quantity.TIMES,
    least=0,
    most=8,
    levels=LEVELS,
    at=COMMUNITIES,
)
REMIND_DAYS = Amount(
    key="visit.remind_days",
    question=gettext_noop(
        "Time before the week or month ends at which a contact who has not visited is reminded"
    ),
    default=2,
    quantity=Quantity.DAYS,
    least=0,
    most=6,
    levels=LEVELS,
    at=COMMUNITIES,
)
LATE_DAYS = Amount(
    key="visit.late_days",
    question=gettext_noop("Time after a visit during which it can be written down"),
    default=14,
    quantity=Quantity.DAYS,
    least=1,
    most=60,
    levels=LEVELS,
    at=COMMUNITIES,
)

POLICIES = (WEEKLY, MONTHLY, MONTHLY_CLOSE, MONTHLY_LIGHT, REMIND_DAYS, LATE_DAYS)
