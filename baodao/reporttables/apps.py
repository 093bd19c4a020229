"""The Django application of the slice reporttables."""

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.reporttables.rules import papers


class ReportTablesConfig(AppConfig):
    name = "baodao.reporttables"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
