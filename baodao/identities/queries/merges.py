"""Merges of persons, as the unit sees them whose member is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from baodao.identities.models import PersonMerge
from baodao.identities.rules.merges import UNDOABLE, MergeState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.people.facts import BY_NAME, Viewer
from baodao.people.models import Membership, Person
from baodao.people.queries.facts import seen_facts
from baodao.people.queries.members import current, memberships
from baodao.people.queries.relations import hanging

NAMED = 10


def merges(actor: Actor) -> QuerySet[PersonMerge]:
    """What waits for a second person, and what can still be undone, the newest first."""
    theirs = memberships(actor, Permission.PERSON_MERGE).filter(person=OuterRef("kept"))
    late = Q(state=MergeState.MERGED, decided_at__gt=clock.now() - UNDOABLE)
    rows = PersonMerge.objects.filter(Exists(theirs)).filter(late | Q(state=MergeState.PROPOSED))
    return rows.select_related("kept", "gone").order_by("-proposed_at")


@dataclass(frozen=True)
class MergeEntry:
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

    kept: MergeEntry
    gone: MergeEntry

    @property
    def lines(self) -> list[Line]:
        """Each fact of either."""
        one, other = self.kept.facts, self.gone.facts
        labels = dict.fromkeys([*one, *other])
        return [
            (label, one.get(label, ""), other.get(label, ""), one.get(label) != other.get(label))
            for label in labels
        ]


@dataclass(frozen=True)
class MergeView:
    """A merge with its two entries."""

    merge: PersonMerge
    pair: EntryPair


def merge_views(actor: Actor) -> list[MergeView]:
    """The merges of the actor's unit, each with its two entries."""
    rows = list(merges(actor))
    entries = _entries(person for row in rows for person in (row.kept, row.gone))
    return [MergeView(row, EntryPair(entries[row.kept_id], entries[row.gone_id])) for row in rows]


def pair_of(actor: Actor, person_id: UUID, number: str) -> EntryPair | None:
    """A member and another of the actor's under a volunteer number, before their merge is proposed;
    None where there is no such other."""
    rows = memberships(actor, Permission.PERSON_MERGE).select_related("person")
    kept = rows.filter(person=person_id).first()
    gone = rows.filter(person__number=number.strip().upper()).first()
    if kept is None or gone is None or kept.person_id == gone.person_id:
        return None
    entries = _entries([kept.person, gone.person])
    return EntryPair(entries[kept.person_id], entries[gone.person_id])


def same_names(actor: Actor, membership: Membership) -> list[Membership]:
    """The actor's other members of the same name, of whom one may be the same person."""
    rows = memberships(actor, Permission.PERSON_MERGE).filter(person__name=membership.person.name)
    rows = rows.exclude(person=membership.person_id).select_related("person", "branch")
    return list(rows.order_by("branch__path", "person__number")[:NAMED])


def _entries(persons: Iterable[Person]) -> dict[UUID, MergeEntry]:
    rows = {person.pk: person for person in persons}
    words = hanging(rows.keys())
    present = {row.person_id: row for row in current().filter(person__in=rows)}

    def entry(person: Person) -> MergeEntry:
        row = present.get(person.pk)
        names = {"number": person.number, "branch": row.branch.name if row else ""}
        facts = {gettext(BY_NAME[name].label): text for name, text in names.items()}
        facts |= {gettext(fact.label): text for fact, text in seen_facts(person, row, Viewer.UNIT)}
        return MergeEntry(person, facts, [gettext(one) for one in words.get(person.pk, [])])

    return {key: entry(person) for key, person in rows.items()}
