"""Who goes on as whom after a merge, and what hangs on a person in every slice."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.apps import apps

from baodao.people.models import Person
from baodao.people.rules.relations import RELATIONS


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
