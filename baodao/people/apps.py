"""The Django application of the slice people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "baodao.people"
    default_auto_field = "django.db.models.BigAutoField"
