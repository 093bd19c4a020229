"""The Django application of the slice policies."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "baodao.policies"
    default_auto_field = "django.db.models.BigAutoField"
