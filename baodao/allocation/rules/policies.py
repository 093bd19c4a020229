"""What authorities decide about balanced allocation."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, Amount, Quantity
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Balanced allocation")

MOST_HANDS = Amount(
    key="allocation.most_helpers",
    question=gettext_noop("Helpers that a community takes at most, when helpers are shared out"),
    default=300,
    quantity=Quantity.PEOPLE,
    least=1,
    most=5000,
    levels=AUTHORITIES | {Kind.COMMUNITY},
    at=frozenset({Kind.COMMUNITY}),
)

POLICIES = (MOST_HANDS,)
