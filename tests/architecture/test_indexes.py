"""A trap of the planner that no other test meets: it needs a hundred thousand rows at once."""

from django.apps import apps
from django.db.models import ForeignKey

from tests.architecture.source import ORDER


def test_no_index_carries_the_key_of_a_table_behind_another_column() -> None:
    """While rows are not committed yet, a vacuum may count the table as empty; every index that
    holds the key then looks as good to the check of a foreign key, also one that it must read from
    end to end for each row."""
    models = [model for model in apps.get_models() if model._meta.app_label in ORDER]
    fields = [field for model in models for field in model._meta.get_fields()]
    pointed_at = {field.related_model for field in fields if isinstance(field, ForeignKey)}
    wrong = [
        f"{model.__name__}: {index.name}"
        for model in pointed_at
        for index in model._meta.indexes
        if {"id", "pk", model._meta.pk.name} & set(index.fields[1:])
    ]
    assert wrong == []
