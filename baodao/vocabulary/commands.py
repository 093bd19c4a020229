"""Teaching what a word of a table means for an organisation and all below, and taking it back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, override

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock
from baodao.orgs.queries.tree import check_open, reached
from baodao.orgs.rules.tree import about
from baodao.vocabulary.models import TableWord
from baodao.vocabulary.queries import may_teach, teachable_words
from baodao.vocabulary.rules.words import (
    LONGEST,
    UNUSED,
    WORD_TABLES,
    WordRole,
    WordTable,
    word_key,
)

MOST_WORDS = 500
"""Words that one organisation may teach of one kind of table."""

FileWords = Mapping[tuple[WordRole, str], str]
"""What each word of a file means, by whether it heads a column or says how somebody stands."""


@command
def teach(
    actor: Actor, *, organisation_id: int, table: str, role: str, word: str, meaning: str
) -> TableWord:
    """Say what a word means for an organisation and all below; what was said before of the same
    word gives way. `meaning` is "" for a column that is not used."""
    place = lock(reached(actor), organisation_id)
    check_open(place)
    known = WORD_TABLES.get(table)
    if known is None or not may_teach(actor, known, place.path):
        raise Absent("table")
    meanings = known.meanings.get(WordRole(role), {})
    if meaning not in meanings and not (role == WordRole.HEADER and meaning == UNUSED):
        raise Absent("meaning")
    key = word_key(role, word)
    if not key:
        raise Refused("word.empty", gettext_noop("Write the word as it stands in the table."))
    _check_own_name(known, role, word, meaning)
    own = TableWord.objects.filter(organisation=place, table=table)
    if own.count() >= MOST_WORDS and not own.filter(role=role, key=key).exists():
        raise Refused(
            "word.many",
            gettext_noop("No more than %(most)s words can be taught. Remove some first."),
            most=MOST_WORDS,
        )
    row, _ = TableWord.objects.update_or_create(
        organisation=place,
        table=table,
        role=role,
        key=key,
        defaults={
            "word": check_length(word.strip(), LONGEST),
            "meaning": meaning,
            "taught_by": actor.name,
            "taught_at": clock.now(),
        },
    )
    _write(actor, "word.taught", row)
    return row


@command
def remember(
    actor: Actor, *, organisation_id: int, table: str, words: FileWords, since: datetime
) -> None:
    """Teach what was said of the words of a file that was uploaded at `since`. Refused where
    another taught one of them otherwise since then: whoever says it second knows of the first."""
    for (role, word), meaning in words.items():
        rows = TableWord.objects.filter(organisation=organisation_id, table=table, role=role)
        other = rows.filter(key=word_key(role, word), taught_at__gt=since).first()
        if other and other.meaning != meaning and other.taught_by != actor.name:
            raise Refused(
                "word.taught-meanwhile",
                gettext_noop(
                    "%(name)s taught “%(word)s” otherwise meanwhile: it holds %(meaning)s. Read "
                    "the file without remembering, or agree with them and teach it again."
                ),
                name=other.taught_by,
                word=other.word,
                meaning=WORD_TABLES[table].label_of(role, other.meaning),
            )
        teach(
            actor,
            organisation_id=organisation_id,
            table=table,
            role=role,
            word=word,
            meaning=meaning,
        )


def _check_own_name(table: WordTable, role: str, word: str, meaning: str) -> None:
    """A column without which no table is read keeps its own name, Chinese as tables are."""
    if role != WordRole.HEADER:
        return
    labels = table.meanings[WordRole.HEADER]
    with override("zh-hans"):
        names = {word_key(role, gettext(labels[fact])) for fact in table.needed - {meaning}}
    if word_key(role, word) in names:
        raise Refused(
            "word.own-name",
            gettext_noop(
                "“%(word)s” is the name of a column without which no table is read, and keeps its "
                "meaning."
            ),
            word=word.strip(),
        )


@command
def remove_word(actor: Actor, *, word_id: UUID) -> None:
    """Take a word away; what is taught above, or what everybody knows, holds again."""
    row = lock(teachable_words(actor), word_id)
    _write(actor, "word.forgotten", row)
    row.delete()


def _write(actor: Actor, verb: str, row: TableWord) -> None:
    place = row.organisation_id
    label = WORD_TABLES[row.table].label_of(row.role, row.meaning)
    facts: dict[str, journal.Fact] = {"what": row.word, "value": label}
    journal.write_many(actor, [journal.Act(verb, about(place), place, facts)])
