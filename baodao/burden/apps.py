"""The Django application of the slice burden."""

from django.apps import AppConfig

from baodao.orgs.rules.handovers import Handover, register_handovers


class BurdenConfig(AppConfig):
    name = "baodao.burden"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_handovers(Handover("burden entry"))
