"""What authorities decide about tables of services that were uploaded."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Tables of services")

UPLOAD_DAYS = Amount(
    key="import.kept_days",
    question=gettext_noop("Time an imported table is kept as a file"),
    default=30,
    quantity=Quantity.DAYS,
    least=1,
    most=90,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)

FILES_A_DAY = Amount(
    key="import.files_a_day",
    question=gettext_noop(
        "Tables of services that a community uploads or reads again in a day, at most"
    ),
    default=40,
    quantity=Quantity.TIMES,
    least=5,
    most=200,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)

POLICIES = (UPLOAD_DAYS, FILES_A_DAY)
