"""The Django application of the slice insight."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.insight.rules import papers
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.ui.hits import register_search


class InsightConfig(AppConfig):
    name = "baodao.insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_search(import_module("baodao.insight.tables.searches").FIGURES)
        register_handovers(Handover("issued table"))
