"""The Django application of the slice needs."""

from django.apps import AppConfig

from baodao.needs.rules import notices
from baodao.notices.rules.catalogue import register_kinds


class NeedsConfig(AppConfig):
    name = "baodao.needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_kinds(*notices.NOTICES)
