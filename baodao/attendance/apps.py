"""The Django application of the slice attendance."""

from django.apps import AppConfig

from baodao.attendance.rules import RECORDING
from baodao.offers.rules.acts import register_act


class AttendanceConfig(AppConfig):
    name = "baodao.attendance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_act(RECORDING)
