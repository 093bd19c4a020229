"""What tallies tell apart among service records: how many have a trait that never changes, and
their minutes."""

from dataclasses import dataclass

from baodao.ledger.rules.records import Origin, Way
from baodao.tallies.rules.conditions import Condition, Trait

ORIGIN, WAY, CONFIRMED = Trait("origin"), Trait("way"), Trait("recipient_confirmed")
ANSWERING = Trait("answering")
"""Whether its offer answered a need when it was recorded; a reversal is as what it reverses."""


@dataclass(frozen=True)
class TallyPart:
    """Those records for which `condition` holds: the tally's column of how many they are, and that
    of their minutes, where somebody asks for these."""

    column: str
    condition: Condition
    minutes_column: str = ""


PARTS = (
    *(
        TallyPart(f"by_{origin.name.lower()}", ORIGIN.one_of(origin))
        for origin in (
            *(Origin.CHECK_IN, Origin.LIST, Origin.STATEMENT),
            *(Origin.OFFICE, Origin.IMPORT),
        )
    ),
    TallyPart("confirmed", CONFIRMED.holds),
    TallyPart("in_teams", WAY.one_of(Way.TEAM)),
    TallyPart("in_pairings", WAY.one_of(Way.PAIRING)),
    TallyPart("for_needs", ANSWERING.holds, "minutes_for_needs"),
)
