"""The Django application of the slice bookings."""

from django.apps import AppConfig

from baodao.bookings.rules import policies
from baodao.orgs.rules.policies import register_policies


class BookingsConfig(AppConfig):
    name = "baodao.bookings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_policies(policies.HEADING, *policies.POLICIES)
