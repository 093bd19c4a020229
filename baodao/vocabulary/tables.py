"""The words of tables as pages show them."""

from dataclasses import dataclass

from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.vocabulary.models import TableWord
from baodao.vocabulary.queries import may_teach, words_at
from baodao.vocabulary.rules.words import WORD_TABLES, WordRole


@dataclass(frozen=True)
class WordLine:
    """A word that holds, in the reader's language; `may_remove` for who may take it away."""

    row: TableWord
    table: str
    role: str
    meaning: str
    may_remove: bool


def word_lines(actor: Actor, place: Organisation) -> list[WordLine]:
    """Every word that holds at an organisation, with where it was taught and by whom."""
    return [
        WordLine(
            row,
            gettext(table.label),
            gettext(WordRole(row.role).words),
            gettext(table.label_of(row.role, row.meaning)),
            may_teach(actor, table, row.organisation.path),
        )
        for row in words_at(place)
        if (table := WORD_TABLES.get(row.table)) is not None
    ]
