"""What lists show: their columns, filters and searches, and the words of codes."""

from baodao.ledger.tables.words import Kinds, by_hand, time_words, word

__all__ = ["Kinds", "by_hand", "time_words", "word"]
