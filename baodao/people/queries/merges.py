"""Merges of persons, as the unit sees them whose member is kept, and what hangs on a person."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.people.facts import Viewer
from baodao.people.models import Person, PersonMerge
from baodao.people.queries.facts import seen_facts
from baodao.people.queries.members import current, memberships
from baodao.people.rules.merges import UNDOABLE, MergeState
from baodao.people.rules.relations import RELATIONS


def merges(actor: Actor) -> QuerySet[PersonMerge]:
    """What waits for a second person, and what can still be undone, the newest first."""
    theirs = memberships(actor, Permission.PERSON_MERGE).filter(person=OuterRef("kept"))
    late = Q(state=MergeState.MERGED, decided_at__gt=clock.now() - UNDOABLE)
    rows = PersonMerge.objects.filter(Exists(theirs)).filter(late | Q(state=MergeState.PROPOSED))
    return rows.select_related("kept", "gone").order_by("-proposed_at")


@dataclass(frozen=True)
class MergeEntry:
    """One of two entries as both who decide see it: its facts as the unit's page shows them, by
    label, and what hangs on it, in words."""

    person: Person
    facts: dict[str, str]
    hanging: list[str]


@dataclass(frozen=True)
class MergeView:
    """A merge with its two entries side by side: the one that stays, then the one that goes."""

    merge: PersonMerge
    kept: MergeEntry
    gone: MergeEntry

    @property
    def lines(self) -> list[tuple[str, str, str, bool]]:
        """Each fact of either: its label, what the two say, whether they differ."""
        one, other = self.kept.facts, self.gone.facts
        labels = dict.fromkeys([*one, *other])
        return [
            (label, one.get(label, ""), other.get(label, ""), one.get(label) != other.get(label))
            for label in labels
        ]


def merge_views(actor: Actor) -> list[MergeView]:
    """The merges of the actor's unit, each with its two entries."""
    rows = list(merges(actor))
    persons = {person.pk for row in rows for person in (row.kept, row.gone)}
    words = hanging(persons)
    present = {row.person_id: row for row in current().filter(person__in=persons)}

    def entry(person: Person) -> MergeEntry:
        seen = seen_facts(person, present.get(person.pk), Viewer.UNIT)
        facts = {gettext(fact.label): text for fact, text in seen}
        return MergeEntry(person, facts, [gettext(one) for one in words.get(person.pk, [])])

    return [MergeView(row, entry(row.kept), entry(row.gone)) for row in rows]


def going_on_as(person: Person) -> Person:
    """The entry as which a person goes on who was entered twice; themselves of anybody else."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def hanging(person_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The words (message ids) for what hangs on each of these persons on whom anything does."""
    words: defaultdict[UUID, list[str]] = defaultdict(list)
    for relation in RELATIONS:
        rows = apps.get_model(relation.model)._base_manager
        column = f"{relation.column}_id"
        persons = rows.filter(**{f"{column}__in": person_ids}).values_list(column, flat=True)
        for person_id in persons.order_by().distinct():
            words[person_id].append(relation.words)
    return dict(words)
