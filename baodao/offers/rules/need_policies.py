"""What authorities and communities decide about needs."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules import PLACES, Kind
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Unit

HEADING = gettext_noop("Needs")

KEPT_DAYS = Amount(
    key="need.kept_days",
    question=gettext_noop("Time after its end in which a need keeps who asked"),
    default=90,
    unit=Unit.DAYS,
    least=30,
    most=366,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)
"""Time for the asker's word and for a complaint; then what it was for is over (PIPL 19)."""

NOTICE_DAYS = Amount(
    key="need.notice_days",
    question=gettext_noop("Time for members to claim before the day proposed for an activity"),
    default=3,
    unit=Unit.DAYS,
    least=0,
    most=14,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)

POLICIES = (KEPT_DAYS, NOTICE_DAYS)
