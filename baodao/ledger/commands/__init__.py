"""Writing the ledger."""

from baodao.ledger.commands.appending import Confirmed, append

__all__ = ["Confirmed", "append"]
