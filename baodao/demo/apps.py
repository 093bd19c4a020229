"""The Django application of the slice demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "baodao.demo"
    default_auto_field = "django.db.models.BigAutoField"
