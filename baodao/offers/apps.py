"""The Django application of the slice offers."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "baodao.offers"
    default_auto_field = "django.db.models.BigAutoField"
