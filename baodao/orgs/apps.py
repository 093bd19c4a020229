"""The Django application of the slice orgs."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "baodao.orgs"
    default_auto_field = "django.db.models.BigAutoField"
