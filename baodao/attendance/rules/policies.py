"""What authorities and communities decide about checking in."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

HEADING = gettext_noop("Checking in")

_LEVELS = frozenset(PLACES)

CODE_MINUTES = Amount(
    key="check_in.code_minutes",
    question=gettext_noop("Time for which a check-in code is taken after it was shown"),
    default=2,
    quantity=Quantity.MINUTES,
    least=1,
    most=10,
    levels=_LEVELS,
    at=COMMUNITIES,
)
AROUND_MINUTES = Amount(
    key="check_in.around_minutes",
    question=gettext_noop("Time before an activity and after it in which one checks in and out"),
    default=60,
    quantity=Quantity.MINUTES,
    least=10,
    most=240,
    levels=_LEVELS,
    at=COMMUNITIES,
)
ROUNDING_MINUTES = Amount(
    key="check_in.rounding_minutes",
    question=gettext_noop("Time served between checking in and out is rounded down to full"),
    default=1,
    quantity=Quantity.MINUTES,
    least=1,
    most=60,
    levels=_LEVELS,
    at=COMMUNITIES,
)

LIST_DAYS = Amount(
    key="check_in.list_days",
    question=gettext_noop(
        "Time after an activity until which a list kept on a phone or on paper is delivered"
    ),
    default=7,
    quantity=Quantity.DAYS,
    least=1,
    most=31,
    levels=_LEVELS,
    at=COMMUNITIES,
)

POLICIES = (CODE_MINUTES, AROUND_MINUTES, ROUNDING_MINUTES, LIST_DAYS)
