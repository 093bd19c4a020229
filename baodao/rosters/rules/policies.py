"""What authorities and units decide about rosters."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import UNITS, Amount, Quantity
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Rosters")

UPLOAD_DAYS = Amount(
    key="roster.kept_days",
    question=gettext_noop("Time a roster that was not applied is kept as a file"),
    default=30,
    quantity=Quantity.DAYS,
    least=1,
    most=90,
    levels=frozenset({Kind.CITY, Kind.DISTRICT, Kind.UNIT}),
    at=UNITS,
)

MOST_PEOPLE = Amount(
    key="roster.most_people",
    question=gettext_noop("People that a roster may hold, where a unit has not half as many"),
    default=3_000,
    quantity=Quantity.PEOPLE,
    least=200,
    most=200_000,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=UNITS,
)

FILES_A_DAY = Amount(
    key="roster.files_a_day",
    question=gettext_noop("Rosters that a unit uploads or reads again in a day, at most"),
    default=20,
    quantity=Quantity.TIMES,
    least=5,
    most=100,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=UNITS,
)

POLICIES = (UPLOAD_DAYS, MOST_PEOPLE, FILES_A_DAY)
