"""Who goes on as whom after a merge, what hangs on a person in every slice, and what of it stands
in the way of taking a departure back."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.apps import apps

from baodao.people.models import Person
from baodao.people.rules.departures import Json, steps
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


def obstacles_to_return(marks: Json) -> dict[UUID, list[str]]:
    """Of persons who departed what cannot stand again as it did, in words (message ids)."""
    words: defaultdict[UUID, list[str]] = defaultdict(list)
    for step in steps():
        for person_id, more in step.obstacles(marks.get(step.key, {})).items():
            words[person_id].extend(more)
    return dict(words)
