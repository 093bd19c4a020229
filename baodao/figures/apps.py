"""The Django application of the slice figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "baodao.figures"
    default_auto_field = "django.db.models.BigAutoField"
