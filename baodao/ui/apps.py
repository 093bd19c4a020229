"""The Django application of the slice ui."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "baodao.ui"
    default_auto_field = "django.db.models.BigAutoField"
