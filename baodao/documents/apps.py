"""The Django application of the slice documents."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel import health
from baodao.orgs.rules.handovers import Handover, register_handovers


class DocumentsConfig(AppConfig):
    name = "baodao.documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        health.register(*import_module("baodao.documents.checks").CHECKS)
        register_handovers(Handover("issue"), Handover("series"))
