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

POLICIES = (UPLOAD_DAYS,)
