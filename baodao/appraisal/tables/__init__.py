"""What lists and pages show of cards: columns, words of codes, records behind a tick."""

from baodao.appraisal.tables.words import (
    Box,
    boxes_of,
    kind_words,
    span,
    state_word,
    ticked_words,
)

__all__ = ["Box", "boxes_of", "kind_words", "span", "state_word", "ticked_words"]
