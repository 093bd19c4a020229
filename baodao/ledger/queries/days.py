"""Of which days services are recorded in a community today."""

from baodao.kernel import clock
from baodao.ledger.rules.days import DayBounds
from baodao.ledger.rules.policies import YEARS_BACK
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of


def day_bounds(community: Organisation) -> DayBounds:
    """What the authority above the community allows, as of today."""
    return DayBounds(clock.today(), value_of(YEARS_BACK, community))
