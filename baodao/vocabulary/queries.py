"""Which words hold at an organisation: its own and those of all above it, the nearest first."""

from django.db.models import Q, QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.rules.policies import codes_of
from baodao.vocabulary.models import TableWord
from baodao.vocabulary.rules.words import (
    WORD_TABLES,
    OwnWords,
    WordRole,
    WordTable,
    word_key,
)


def tables_taught_by(actor: Actor, organisation: Organisation) -> list[WordTable]:
    """The tables whose words the actor may teach for an organisation."""
    return [table for table in WORD_TABLES.values() if may_teach(actor, table, organisation.path)]


def may_teach(actor: Actor, table: WordTable, path: str) -> bool:
    """Who reads such tables in, and who decides settings, may teach their words there."""
    return actor.may(table.permission, path) or actor.may(Permission.SETTING_EDIT, path)


def teachable_words(actor: Actor) -> QuerySet[TableWord]:
    """The words that the actor may take away again."""
    rows = TableWord.objects.all()
    may = Q(pk__in=within(rows, actor, Permission.SETTING_EDIT, "organisation__path").values("pk"))
    for table in WORD_TABLES.values():
        scoped = within(
            rows.filter(table=table.name), actor, table.permission, "organisation__path"
        )
        may |= Q(pk__in=scoped.values("pk"))
    return rows.filter(may).select_related("organisation")


def word_taught_by(
    organisation: Organisation, table: str, role: str, word: str
) -> TableWord | None:
    """What an organisation itself has taught of a word, however it is spelt."""
    rows = TableWord.objects.filter(organisation=organisation, table=table, role=role)
    return rows.filter(key=word_key(role, word)).first()


def words_at(organisation: Organisation) -> list[TableWord]:
    """Every word that holds at an organisation, each once: the nearest teaching of it."""
    nearest: dict[tuple[str, str, str], TableWord] = {}
    for row in _rows(organisation.path):
        nearest[row.table, row.role, row.key] = row
    return sorted(nearest.values(), key=lambda row: (row.table, row.role, row.word))


def own_words(organisation: Organisation, table: str) -> OwnWords:
    """What the words of one kind of table mean at an organisation."""
    rows = list(_rows(organisation.path).filter(table=table))
    return OwnWords(
        {row.key: row.meaning for row in rows if row.role == WordRole.HEADER},
        {row.key: row.meaning for row in rows if row.role == WordRole.STATUS},
    )


def _rows(path: str) -> QuerySet[TableWord]:
    """The words of an organisation and of all above it, the outermost first."""
    rows = TableWord.objects.filter(organisation__code__in=codes_of([path]))
    return rows.select_related("organisation").order_by("organisation__path", "word")
