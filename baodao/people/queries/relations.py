"""Who goes on as whom after a merge, what hangs on a person in every slice, and what of it stands
in the way of taking a departure back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from baodao.people.models import Person
from baodao.people.rules.departures import Json, steps
from baodao.people.rules.relations import RELATIONS, PersonRelation


def going_on_as(person: Person) -> Person:
    """The entry as which a person goes on who was entered twice; themselves of anybody else."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def hanging(person_ids: Collection[UUID], since: datetime | None = None) -> dict[UUID, list[str]]:
    """The words (message ids) for what hangs on each of these persons on whom anything does, or was
    made after an instant."""
    words: defaultdict[UUID, list[str]] = defaultdict(list)
    for relation in RELATIONS:
        persons = _rows(relation, person_ids, since).values_list(f"{relation.column}_id", flat=True)
        for person_id in persons.order_by().distinct():
            words[person_id].append(relation.words)
    return dict(words)


def hanging_in(branch_ids: Mapping[UUID, int], since: datetime) -> dict[UUID, list[str]]:
    """The words (message ids) for what was made after an instant of each of these persons, by their
    id, as of a member of this branch."""
    words: defaultdict[UUID, list[str]] = defaultdict(list)
    for relation in RELATIONS:
        if relation.branch:
            rows = _rows(relation, branch_ids, since).order_by()
            keys = rows.values_list(f"{relation.column}_id", f"{relation.branch}_id").distinct()
            for person_id, branch_id in keys:
                if branch_ids[person_id] == branch_id:
                    words[person_id].append(relation.words)
    return dict(words)


def _rows(
    relation: PersonRelation, person_ids: Iterable[UUID], since: datetime | None
) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(relation.model)._base_manager.filter(
        **{f"{relation.column}__in": list(person_ids)}
    )
    return rows.filter(**{f"{relation.made}__gt": since}) if since else rows


def obstacles_to_return(marks: Json) -> dict[UUID, list[str]]:
    """Of persons who departed what cannot stand again as it did, in words (message ids)."""
    words: defaultdict[UUID, list[str]] = defaultdict(list)
    for step in steps():
        for person_id, more in step.obstacles(marks.get(step.key, {})).items():
            words[person_id].extend(more)
    return dict(words)
