"""Reading registration: rows in scope, the desk, the check list, a letter's page, timelines."""

from baodao.registration.queries.checking import (
    BranchStanding,
    Missing,
    UnitStanding,
    check_list,
    unit_standing,
)
from baodao.registration.queries.desks import Desk, Group, desk, hosted, places_of
from baodao.registration.queries.exemptions import (
    effects_in_force,
    exemptions,
    in_force,
    live_exemption,
    own_exemptions,
)
from baodao.registration.queries.letters import LetterView, Viewer, letters, registration_by_token
from baodao.registration.queries.registrations import (
    current_registrations_of,
    letter_rows,
    live_registrations,
    own_registration,
    own_registrations,
    registrations,
    registrations_of,
    unit_of,
)
from baodao.registration.queries.timelines import (
    TimelineItem,
    exemption_timeline,
    timeline,
    unit_timeline,
)
from baodao.registration.queries.units import (
    by_partner_community,
    chosen_community,
    live_unit_registration,
    partner_community,
    reports_to_partner,
    require_unit,
    unit_registration_of,
    unit_registrations,
)

__all__ = [
    "BranchStanding",
    "Desk",
    "Group",
    "LetterView",
    "Missing",
    "TimelineItem",
    "UnitStanding",
    "Viewer",
    "by_partner_community",
    "check_list",
    "chosen_community",
    "current_registrations_of",
    "desk",
    "effects_in_force",
    "exemption_timeline",
    "exemptions",
    "hosted",
    "in_force",
    "letter_rows",
    "letters",
    "live_exemption",
    "live_registrations",
    "live_unit_registration",
    "own_exemptions",
    "own_registration",
    "own_registrations",
    "partner_community",
    "places_of",
    "registration_by_token",
    "registrations",
    "registrations_of",
    "reports_to_partner",
    "require_unit",
    "timeline",
    "unit_of",
    "unit_registration_of",
    "unit_registrations",
    "unit_standing",
    "unit_timeline",
]
