"""The Django application of the slice people."""

from django.apps import AppConfig

from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.policies import HEADING, POLICIES


class PeopleConfig(AppConfig):
    name = "baodao.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_policies(HEADING, *POLICIES)
