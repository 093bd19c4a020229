"""The Django application of the slice needs."""

from django.apps import AppConfig

from baodao.needs.rules import notices
from baodao.notices.rules.catalogue import register


class NeedsConfig(AppConfig):
    name = "baodao.needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(*notices.NOTICES)
