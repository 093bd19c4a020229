"""Reading the ledger."""

from baodao.ledger.queries.dictionary import category_words, dictionary_of
from baodao.ledger.queries.nearby import Nearby, categories_of, nearby
from baodao.ledger.queries.standing import settled_at, standing_of

__all__ = [
    "Nearby",
    "categories_of",
    "category_words",
    "dictionary_of",
    "nearby",
    "settled_at",
    "standing_of",
]
