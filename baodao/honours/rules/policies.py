"""What authorities and units decide about honours."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, EVERY, Amount, Quantity
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Honours")

PUBLIC_DAYS = Amount(
    key="honour.public_days",
    question=gettext_noop("Time for which a list of honours is in publicity"),
    default=5,
    quantity=Quantity.WORKING_DAYS,
    least=5,
    most=20,
    levels=AUTHORITIES | {Kind.UNIT, Kind.COMMUNITY},
    at=EVERY,
)
"""公示不少于 5 个工作日, as 东营, 四川 and 合肥 have it (R15)."""
ANSWER_DAYS = Amount(
    key="honour.answer_days",
    question=gettext_noop("Time in which an objection to a list of honours is answered"),
    default=5,
    quantity=Quantity.WORKING_DAYS,
    least=1,
    most=20,
    levels=AUTHORITIES | {Kind.UNIT, Kind.COMMUNITY},
    at=EVERY,
)
POLICIES = (PUBLIC_DAYS, ANSWER_DAYS)
