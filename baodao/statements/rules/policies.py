"""What authorities decide about objections to records and about uploaded tables."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, COMMUNITIES, Amount, Unit
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Statements and objections")

ANSWER_DAYS = Amount(
    key="dispute.answer_days",
    question=gettext_noop("Time to answer an objection to a record"),
    default=5,
    unit=Unit.WORKING_DAYS,
    least=1,
    most=15,
    levels=AUTHORITIES,
    at=COMMUNITIES,
)
UPLOAD_DAYS = Amount(
    key="import.kept_days",
    question=gettext_noop("Time an imported table is kept as a file"),
    default=30,
    unit=Unit.DAYS,
    least=1,
    most=90,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)

POLICIES = (ANSWER_DAYS, UPLOAD_DAYS)
