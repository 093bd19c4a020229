"""The Django application of the slice registration."""

from django.apps import AppConfig

from baodao.notices.rules.catalogue import register
from baodao.orgs.rules.policies import register_policies
from baodao.registration.rules import notices, policies


class RegistrationConfig(AppConfig):
    name = "baodao.registration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
