"""What authorities and units decide about letters and where members report."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, UNITS, Alternative, Amount, Quantity
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Letters and registration")

HOME, PARTNER = "home", "partner"

PLACE = Alternative(
    key="registration.place",
    question=gettext_noop("Where do members in service report?"),
    default=HOME,
    answers={
        HOME: gettext_noop("To the community where they live"),
        PARTNER: gettext_noop("To the partner community of their unit"),
    },
    levels=AUTHORITIES | {Kind.UNIT},
    at=UNITS,
)
TRIES = Amount(
    key="letter.tries",
    question=gettext_noop("Wrong answers that a letter's code bears a day"),
    default=5,
    quantity=Quantity.TIMES,
    least=3,
    most=10,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=UNITS,
)

POLICIES = (PLACE, TRIES)
