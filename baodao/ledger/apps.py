"""The Django application of the slice ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "baodao.ledger"
    default_auto_field = "django.db.models.BigAutoField"
