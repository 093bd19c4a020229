"""Reading the ledger."""

from baodao.ledger.queries.nearby import Nearby, categories_of, nearby
from baodao.ledger.queries.standing import settled_at, standing_of

__all__ = ["Nearby", "categories_of", "nearby", "settled_at", "standing_of"]
