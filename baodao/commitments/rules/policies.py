"""What authorities and communities decide about commitments."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Alternative, Amount, Quantity
from baodao.orgs.rules.tree import PLACES

HEADING = gettext_noop("Commitments")

NOWHERE, BOARD = "nowhere", "board"

POSTED = Alternative(
    key="commitment.posted",
    question=gettext_noop("Are members' commitments posted up?"),
    default=NOWHERE,
    answers={
        NOWHERE: gettext_noop("No"),
        BOARD: gettext_noop("Of those who agree, on the notice board"),
    },
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)
TIMES = Amount(
    key="commitment.times",
    question=gettext_noop("Services a year that a commitment proposes to begin with"),
    default=6,
    quantity=Quantity.TIMES,
    least=0,
    most=100,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)
INVITE_DAYS = Amount(
    key="commitment.invite_days",
    question=gettext_noop(
        "Time from the beginning of the year in which members are invited once to commit"
    ),
    default=31,
    quantity=Quantity.DAYS,
    least=0,
    most=92,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)

POLICIES = (POSTED, TIMES, INVITE_DAYS)
