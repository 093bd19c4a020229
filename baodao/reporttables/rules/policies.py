"""What authorities decide about the costs of reporting."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, Amount, Quantity

HEADING = gettext_noop("Costs of reporting")

MINUTES_PER_FIGURE = Amount(
    key="burden.minutes_per_figure",
    question=gettext_noop(
        "Time to type one figure, by which figures filled in are turned into hours (0: not)"
    ),
    default=0,
    quantity=Quantity.MINUTES,
    least=0,
    most=30,
    levels=AUTHORITIES,
    at=AUTHORITIES,
)

POLICIES = (MINUTES_PER_FIGURE,)
