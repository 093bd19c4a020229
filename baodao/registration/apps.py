"""The Django application of the slice registration."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "baodao.registration"
    default_auto_field = "django.db.models.BigAutoField"
