"""The Django application of the slice insight."""

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.insight.rules import papers


class InsightConfig(AppConfig):
    name = "baodao.insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
