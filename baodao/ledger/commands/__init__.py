"""Writing the ledger."""

from baodao.ledger.commands.appending import Confirmed, append
from baodao.ledger.commands.categories import set_categories

__all__ = ["Confirmed", "append", "set_categories"]
