"""What hangs on persons, whichever slice keeps it."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.apps import apps

from baodao.people.rules.relations import RELATIONS


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
