"""The Django application of the slice accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "baodao.accounts"
    default_auto_field = "django.db.models.BigAutoField"
