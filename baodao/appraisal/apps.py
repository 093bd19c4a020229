"""The Django application of the slice appraisal."""

from django.apps import AppConfig

from baodao.appraisal.rules import notices
from baodao.notices.rules.catalogue import register


class AppraisalConfig(AppConfig):
    name = "baodao.appraisal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(*notices.NOTICES)
