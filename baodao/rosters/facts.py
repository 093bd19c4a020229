"""Which of the facts of a person a roster tells, and by which words its headers name them."""

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.people.facts import FACTS, Facts, notes_of
from baodao.people.rules.standing import Grade, Standing
from baodao.rostersheets.rules.headers import LOOSE, OPPOSITES, REQUIRED
from baodao.rostersheets.rules.roster import RosterFacts
from baodao.spreadsheets.headers import HeaderWords
from baodao.vocabulary.rules.words import WordRole, WordTable


def roster_facts(facts: Facts = FACTS) -> RosterFacts:
    """What a roster may tell, and how it is read."""
    words = {fact.name: fact.headers for fact in facts if fact.headers}
    notes = {fact.name: fact.text for fact in notes_of(facts)}
    return RosterFacts(HeaderWords(words, REQUIRED, LOOSE, OPPOSITES), notes)


ROSTER = roster_facts()
NOTES = tuple(ROSTER.notes)
"""The names of a row's notes, in their order."""

WORDS = WordTable(
    "roster",
    gettext_noop("Rosters"),
    Permission.ROSTER_IMPORT,
    {
        WordRole.HEADER: {fact.name: fact.label for fact in FACTS if fact.headers},
        WordRole.STATUS: {one.value: one.words for one in (*Standing, *Grade)},
    },
    needed=frozenset({"name"}),
)
"""The words of rosters that a tenant may teach."""
