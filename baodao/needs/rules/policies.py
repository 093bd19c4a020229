"""What authorities decide about needs: how long who asked is kept."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Needs")

KEPT_DAYS = Amount(
    key="need.kept_days",
    question=gettext_noop("Time after its end in which a need keeps who asked"),
    default=90,
    quantity=Quantity.DAYS,
    least=30,
    most=366,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)
"""Time for the asker's word and for a complaint; then what it was for is over (PIPL 19)."""

POLICIES = (KEPT_DAYS,)
