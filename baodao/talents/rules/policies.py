"""What authorities decide about talents: how long an entry stays of which nothing is heard."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.policies import COMMUNITIES, Amount, Quantity
from baodao.orgs.rules.tree import Kind

HEADING = gettext_noop("Talents of residents")

KEPT_DAYS = Amount(
    key="talent.kept_days",
    question=gettext_noop("Time without a word or a service after which a talent is forgotten"),
    default=730,
    quantity=Quantity.DAYS,
    least=90,
    most=1_826,
    levels=frozenset({Kind.CITY, Kind.DISTRICT}),
    at=COMMUNITIES,
)
"""Consent is for helping now and then, not for ever (个人信息保护法 19)."""

POLICIES = (KEPT_DAYS,)
