"""The decisions of registration, pure: states, exemptions, who is missing and why, stories."""

from baodao.registration.rules.exemptions import (
    EFFECTS,
    EXEMPTION_STATES,
    REASONS,
    Effect,
    ExemptionReason,
    ExemptionState,
    check_decision,
    check_exemption,
)
from baodao.registration.rules.letters import (
    TAIL,
    check_tail,
    letter_number,
    tries_left,
)
from baodao.registration.rules.missing import WHY, Why, why_missing
from baodao.registration.rules.states import (
    END_REASONS,
    LIVE,
    NEXT,
    STATES,
    EndReason,
    State,
    UnitState,
    check_end_date,
    check_end_reason,
    check_reason,
    move,
    move_unit,
)
from baodao.registration.rules.stories import STORIES

__all__ = [
    "EFFECTS",
    "END_REASONS",
    "EXEMPTION_STATES",
    "LIVE",
    "NEXT",
    "REASONS",
    "STATES",
    "STORIES",
    "TAIL",
    "WHY",
    "Effect",
    "EndReason",
    "ExemptionReason",
    "ExemptionState",
    "State",
    "UnitState",
    "Why",
    "check_decision",
    "check_end_date",
    "check_end_reason",
    "check_exemption",
    "check_reason",
    "check_tail",
    "letter_number",
    "move",
    "move_unit",
    "tries_left",
    "why_missing",
]
