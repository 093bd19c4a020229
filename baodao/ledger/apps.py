"""The Django application of the slice ledger."""

from django.apps import AppConfig

from baodao.ledger.rules import notices, policies
from baodao.notices.rules.catalogue import register
from baodao.orgs.rules.policies import register_policies


class LedgerConfig(AppConfig):
    name = "baodao.ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
