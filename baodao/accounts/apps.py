"""The Django application of the slice accounts."""

from django.apps import AppConfig

from baodao.accounts.rules import HEADING, POLICIES
from baodao.orgs.rules.policies import register_policies


class AccountsConfig(AppConfig):
    name = "baodao.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_policies(HEADING, *POLICIES)
