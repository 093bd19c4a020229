"""The Django application of operations: its words, and what it looks at."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel import health


class OperationsConfig(AppConfig):
    name = "baodao.operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        health.register(*import_module("baodao.operations.checks").CHECKS)
