"""The Django application of the slice appraisal."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "baodao.appraisal"
    default_auto_field = "django.db.models.BigAutoField"
