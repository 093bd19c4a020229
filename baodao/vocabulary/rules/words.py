"""Which words of which tables can be taught, declared by the slice that reads the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.spreadsheets.cells import compact
from baodao.spreadsheets.headings import header_key

LONGEST = 100
UNUSED = ""
"""What a header means that is not used."""


class WordRole(Code):
    """Where a word stands: over a column, or in a cell that says how somebody stands."""

    HEADER = "header", gettext_noop("Column name")
    STATUS = "status", gettext_noop("How somebody stands")


@dataclass(frozen=True)
class WordTable:
    """A kind of table: who may read one in may teach its words. `meanings` says for each role what
    a word can mean, each meaning with its words as a message id."""

    name: str
    label: str
    permission: Permission
    meanings: Mapping[WordRole, Mapping[str, str]]
    needed: frozenset[str] = frozenset()
    """The columns without which no such table is read: their own names keep their meaning."""

    def label_of(self, role: str, meaning: str) -> str:
        """What a meaning is called; one that is declared no more stands for itself."""
        if meaning == UNUSED:
            return NOT_USED
        return self.meanings.get(WordRole(role), {}).get(meaning, meaning)


NOT_USED = gettext_noop("not used")


@dataclass(frozen=True)
class OwnWords:
    """What holds at one organisation: header key → fact ("" for none), status → its code."""

    headers: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)


WORD_TABLES: dict[str, WordTable] = {}


def register_word_table(table: WordTable) -> None:
    """Let the words of a table be taught; slices register from the lowest upwards."""
    WORD_TABLES[table.name] = table


def word_key(role: str, word: str) -> str:
    """By what two spellings of one word are the same."""
    key = header_key(word) if role == WordRole.HEADER else compact(word)
    return key[:LONGEST]
