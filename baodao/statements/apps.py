"""The Django application of the slice statements."""

from django.apps import AppConfig

from baodao.notices.rules.catalogue import register
from baodao.statements.rules import notices


class StatementsConfig(AppConfig):
    name = "baodao.statements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(*notices.NOTICES)
