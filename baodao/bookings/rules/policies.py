"""What communities and authorities decide about bookings of an hour. Their keys are those that
authorities set before rooms were booked alike."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES, Kind

HEADING = gettext_noop("Appointments")

AHEAD_DAYS = Amount(
    key="alliance.ahead_days",
    question=gettext_noop("Time ahead for which appointments are booked"),
    default=14,
    quantity=Quantity.DAYS,
    least=1,
    most=60,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)
KEPT_DAYS = Amount(
    key="alliance.kept_days",
    question=gettext_noop("Time after its day in which an appointment keeps who booked it"),
    default=30,
    quantity=Quantity.DAYS,
    least=1,
    most=180,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)
"""Time for a word and a complaint; then what it was for is over (个人信息保护法 19)."""

POLICIES = (AHEAD_DAYS, KEPT_DAYS)
