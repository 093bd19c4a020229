"""The Django application of the slice snapshots."""

from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "baodao.snapshots"
    default_auto_field = "django.db.models.BigAutoField"
