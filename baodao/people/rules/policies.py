"""What authorities and units decide about rosters: how long an uploaded file is kept."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules import Kind
from baodao.orgs.rules.policies import UNITS, Amount, Unit

HEADING = gettext_noop("Rosters")

UPLOAD_DAYS = Amount(
    key="roster.kept_days",
    question=gettext_noop("Time a roster that was not applied is kept as a file"),
    default=30,
    unit=Unit.DAYS,
    least=1,
    most=90,
    levels=frozenset({Kind.CITY, Kind.DISTRICT, Kind.UNIT}),
    at=UNITS,
)

POLICIES = (UPLOAD_DAYS,)
