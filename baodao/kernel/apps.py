"""The kernel's Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from baodao.kernel import health, workdays


class KernelConfig(AppConfig):
    name = "baodao.kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        workdays.own.file = settings.HOLIDAYS
        health.register(*import_module("baodao.kernel.checks").CHECKS)
