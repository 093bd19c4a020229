"""The Django application of the slice exemptions."""

from django.apps import AppConfig

from baodao.exemptions.rules import notices
from baodao.notices.rules.catalogue import register_kinds


class ExemptionsConfig(AppConfig):
    name = "baodao.exemptions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_kinds(*notices.NOTICES)
