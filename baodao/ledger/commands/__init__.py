"""Writing the ledger: records and what puts them right, statements, disputes, seals, sheets."""

from baodao.ledger.commands.appending import Confirmed, append
from baodao.ledger.commands.disputes import answer_dispute, dispute
from baodao.ledger.commands.entering import enter
from baodao.ledger.commands.reversing import correct, reverse
from baodao.ledger.commands.sealing import file_seals, seal
from baodao.ledger.commands.sheets import issue_sheet, renew_code
from baodao.ledger.commands.statements import (
    confirm_statements,
    return_statement,
    state,
    withdraw_statement,
)

__all__ = [
    "Confirmed",
    "answer_dispute",
    "append",
    "confirm_statements",
    "correct",
    "dispute",
    "enter",
    "file_seals",
    "issue_sheet",
    "renew_code",
    "return_statement",
    "reverse",
    "seal",
    "state",
    "withdraw_statement",
]
from baodao.ledger.commands.categories import set_categories

__all__ = ["Confirmed", "append", "set_categories"]
