"""The Django application of the slice registration."""

from django.apps import AppConfig

from baodao.notices.rules.catalogue import register
from baodao.registration.rules import notices


class RegistrationConfig(AppConfig):
    name = "baodao.registration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(*notices.NOTICES)
