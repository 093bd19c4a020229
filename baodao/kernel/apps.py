"""The kernel's Django application."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel import health


class KernelConfig(AppConfig):
    name = "baodao.kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        health.register(*import_module("baodao.kernel.checks").CHECKS)
