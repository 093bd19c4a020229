"""What authorities decide about orders and whistles."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import PLACES, Kind

HEADING = gettext_noop("Orders")

STILL_DAYS = Amount(
    key="order.still_days",
    question=gettext_noop("Time after which an order that nothing happens to stands on “Today”"),
    default=3,
    quantity=Quantity.DAYS,
    least=1,
    most=30,
    levels=frozenset(PLACES),
    at=COMMUNITIES,
)

ANSWER_DAYS = Amount(
    key="whistle.answer_days",
    question=gettext_noop("Time for a unit to answer the whistle of a community"),
    default=2,
    quantity=Quantity.WORKING_DAYS,
    least=1,
    most=10,
    levels=frozenset({Kind.CITY, Kind.DISTRICT, Kind.STREET}),
    at=COMMUNITIES,
)
"""吹哨后 2 个工作日内报到或说明原因."""

POLICIES = (STILL_DAYS, ANSWER_DAYS)
