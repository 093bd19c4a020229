"""The Django application of the slice subjects."""

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "baodao.subjects"
    default_auto_field = "django.db.models.BigAutoField"
