"""The Django application of the slice insight."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "baodao.insight"
    default_auto_field = "django.db.models.BigAutoField"
