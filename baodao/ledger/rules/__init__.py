"""The decisions of the ledger, pure: what a record may say, and the chain."""

from baodao.ledger.rules.chain import COLUMNS, ROOT, Value, line_of, link
from baodao.ledger.rules.records import (
    BY_HAND,
    CATEGORIES,
    ORIGINS,
    WAYS,
    Entry,
    Held,
    Origin,
    Way,
    check_entry,
    check_overlap,
    subject_of,
)

__all__ = [
    "BY_HAND",
    "CATEGORIES",
    "COLUMNS",
    "ORIGINS",
    "ROOT",
    "WAYS",
    "Entry",
    "Held",
    "Origin",
    "Value",
    "Way",
    "check_entry",
    "check_overlap",
    "line_of",
    "link",
    "subject_of",
]
