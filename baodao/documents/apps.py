"""The Django application of the slice documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "baodao.documents"
    default_auto_field = "django.db.models.BigAutoField"
