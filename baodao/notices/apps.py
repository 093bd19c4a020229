"""The Django application of the slice notices."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel import health


class NoticesConfig(AppConfig):
    name = "baodao.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        health.register(*import_module("baodao.notices.checks").CHECKS)
