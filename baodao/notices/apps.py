"""The Django application of the slice notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "baodao.notices"
    default_auto_field = "django.db.models.BigAutoField"
