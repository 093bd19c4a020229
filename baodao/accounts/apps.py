"""The Django application of the slice accounts."""

from importlib import import_module

from django.apps import AppConfig

from baodao.accounts.rules import HEADING, POLICIES
from baodao.kernel import actors, sealed
from baodao.orgs.rules.policies import register_policies


class AccountsConfig(AppConfig):
    name = "baodao.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_policies(HEADING, *POLICIES)
        actors.register(import_module("baodao.accounts.queries").Keeper())
        sealed.register(import_module("baodao.accounts.commands.seals").SecondSteps())
