"""Merges of persons, as the unit sees them whose member is kept, and what hangs on a person."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.people.models import PersonMerge
from baodao.people.queries.members import memberships
from baodao.people.rules.merges import UNDOABLE, MergeState
from baodao.people.rules.relations import RELATIONS


def merges(actor: Actor) -> QuerySet[PersonMerge]:
    """What waits for a second person, and what can still be undone, the newest first."""
    theirs = memberships(actor, Permission.PERSON_MERGE).filter(person=OuterRef("kept"))
    late = Q(state=MergeState.MERGED, decided_at__gt=clock.now() - UNDOABLE)
    rows = PersonMerge.objects.filter(Exists(theirs)).filter(late | Q(state=MergeState.PROPOSED))
    return rows.select_related("kept", "gone").order_by("-proposed_at")


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
