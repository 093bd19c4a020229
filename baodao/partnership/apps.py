"""The Django application of the slice partnership."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "baodao.partnership"
    default_auto_field = "django.db.models.BigAutoField"
