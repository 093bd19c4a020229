"""The Django application of the slice home."""

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.home.rules.papers import PAPERS


class HomeConfig(AppConfig):
    name = "baodao.home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*PAPERS)
