"""The Django application of the slice ui."""

from django.apps import AppConfig

from baodao.ui import catalogues


class UiConfig(AppConfig):
    name = "baodao.ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        catalogues.merge_catalogues()
