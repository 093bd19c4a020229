"""The kernel's Django application."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "baodao.kernel"
    default_auto_field = "django.db.models.BigAutoField"
