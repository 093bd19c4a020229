"""Writing registration: letters, presentation, reception, ends, units, exemptions, reminders."""

from baodao.kernel.batch import Batch
from baodao.registration.commands.ending import end, transfer, withdraw
from baodao.registration.commands.exemptions import (
    ExemptionRequest,
    decide_exemption,
    request_exemption,
    revoke_exemption,
)
from baodao.registration.commands.letters import issue_letters
from baodao.registration.commands.opening import open_by_letter
from baodao.registration.commands.presenting import present, present_group
from baodao.registration.commands.printing import record_print
from baodao.registration.commands.receiving import accept, place, return_to_member
from baodao.registration.commands.reminding import remind
from baodao.registration.commands.units import (
    UnitContact,
    accept_unit,
    end_unit,
    present_unit,
    return_unit,
)

__all__ = [
    "Batch",
    "ExemptionRequest",
    "UnitContact",
    "accept",
    "accept_unit",
    "decide_exemption",
    "end",
    "end_unit",
    "issue_letters",
    "open_by_letter",
    "place",
    "present",
    "present_group",
    "present_unit",
    "record_print",
    "remind",
    "request_exemption",
    "return_to_member",
    "return_unit",
    "revoke_exemption",
    "transfer",
    "withdraw",
]
