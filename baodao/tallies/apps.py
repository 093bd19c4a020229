"""The Django application of the slice tallies."""

from django.apps import AppConfig


class TalliesConfig(AppConfig):
    name = "baodao.tallies"
    default_auto_field = "django.db.models.BigAutoField"
