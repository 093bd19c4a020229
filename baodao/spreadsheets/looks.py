"""How a sheet looks beyond what its cells hold: hidden, struck through, with comments or errors."""

import re
from dataclasses import dataclass, field

PLACE = re.compile(r"^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
THREAD = re.compile(r"^\[[^\]]*\].*(?:Comment|注释|批注)\s*[:：]\s*", re.DOTALL)
MOST_MARKS = 50_000
"""Cells of a sheet that are kept as struck through, and as many comments; more is no list."""

LONGEST_COMMENT = 300


@dataclass
class SheetLooks:
    """Hidden rows as Excel numbers them, hidden columns from zero; cells that are struck through as
    row → columns, and comments as row → column → text; `errors` likewise, what a formula shows that
    has no value, #N/A or #REF!."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    struck: dict[int, set[int]] = field(default_factory=dict)
    comments: dict[int, dict[int, str]] = field(default_factory=dict)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)

    def strike(self, row: int, column: int) -> None:
        """Note a cell that is struck through."""
        if len(self.struck) < MOST_MARKS:
            self.struck.setdefault(row, set()).add(column)

    def fail(self, row: int, column: int, text: str) -> None:
        """Note what a cell shows in place of a value."""
        self.errors.setdefault(row, {})[column] = text

    def comment(self, row: int, column: int, text: str, author: str = "") -> None:
        """Note what is commented on a cell, without who did: `author:` stands before it."""
        plain = THREAD.sub("", text.strip())
        if author and plain.startswith(author):
            plain = plain[len(author) :].lstrip(":： \r\n")
        if plain and len(self.comments) < MOST_MARKS:
            self.comments.setdefault(row, {})[column] = " ".join(plain.split())[:LONGEST_COMMENT]


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column (from zero) of a reference such as B5."""
    match = PLACE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column - 1
