"""The Django application of the slice documents."""

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.documents.reports import PAPERS


class DocumentsConfig(AppConfig):
    name = "baodao.documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*PAPERS)
