"""The Django application of the slice notices."""

from django.apps import AppConfig

from baodao.notices.rules.policies import HEADING, POLICIES
from baodao.orgs.rules.policies import register_policies


class NoticesConfig(AppConfig):
    name = "baodao.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_policies(HEADING, *POLICIES)
