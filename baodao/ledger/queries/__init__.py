"""Reading the ledger."""

from baodao.ledger.queries.nearby import Nearby, categories_of, nearby

__all__ = ["Nearby", "categories_of", "nearby"]
