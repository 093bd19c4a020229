"""Two entries of people side by side, before it is decided who they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from baodao.people.facts import BY_NAME, FACTS, Facts, Viewer
from baodao.people.models import Person
from baodao.people.queries.facts import seen_facts
from baodao.people.queries.members import current, unit_of
from baodao.people.queries.relations import hanging


@dataclass(frozen=True)
class IdentityEntry:
    """One of two entries as both who decide see it: which it is, its facts as the unit's page
    shows them, by label, and what hangs on it, in words."""

    person: Person
    facts: dict[str, str]
    hanging: list[str]


Line = tuple[str, str, str, bool]
"""A fact of two: its label, what the two say, whether they differ."""


@dataclass(frozen=True)
class EntryPair:
    """Two entries side by side: the one that stays, then the one that goes."""

    kept: IdentityEntry
    gone: IdentityEntry

    @property
    def lines(self) -> list[Line]:
        """Each fact of either."""
        one, other = self.kept.facts, self.gone.facts
        labels = dict.fromkeys([*one, *other])
        return [
            (label, one.get(label, ""), other.get(label, ""), one.get(label) != other.get(label))
            for label in labels
        ]


IDENTIFYING = tuple(
    BY_NAME[name] for name in ("name", "id_number", "phone", "sex", "born_on", "joined_on")
)
"""By which two entries are told apart or known as one: what an authority above sees of them."""


OUTLINE = tuple(fact for fact in IDENTIFYING if fact.name != "phone")
"""What a unit that the person has left sees still."""


def entries(
    persons: Iterable[Person], facts: Facts = FACTS, *, present: bool = True
) -> dict[UUID, IdentityEntry]:
    """Each of these persons as one of two entries, with the unit where they are of several; where
    they belong now only where that is `present` to who reads it."""
    rows = {person.pk: person for person in persons}
    words = hanging(rows.keys())
    members = current().filter(person__in=rows) if present else ()
    belonging = {row.person_id: row for row in members}
    units = {row.person_id: unit_of(row.branch).name for row in belonging.values()}
    several = len(set(units.values())) > 1

    def entry(person: Person) -> IdentityEntry:
        row = belonging.get(person.pk)
        names = {"number": person.number, "branch": row.branch.name if row else ""}
        lines = {gettext("Unit"): units.get(person.pk, "")} if several else {}
        lines |= {gettext(BY_NAME[name].label): text for name, text in names.items()}
        seen = seen_facts(person, row, Viewer.UNIT, facts)
        lines |= {gettext(fact.label): text for fact, text in seen}
        return IdentityEntry(person, lines, [gettext(one) for one in words.get(person.pk, [])])

    return {key: entry(person) for key, person in rows.items()}
