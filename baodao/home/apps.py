"""The Django application of the slice home."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "baodao.home"
    default_auto_field = "django.db.models.BigAutoField"
