"""The Django application of the slice accounts."""

from importlib import import_module

from django.apps import AppConfig

from baodao.accounts.rules import HEADING, POLICIES, ROLE_NAMES, SCOPES, SWITCHES
from baodao.identities.rules.merges import register_merges
from baodao.kernel import actors, sealed
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_words
from baodao.ui.hits import register_search


class AccountsConfig(AppConfig):
    name = "baodao.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_policies(HEADING, *POLICIES)
        register_search(import_module("baodao.accounts.views.searches").ACCOUNTS)
        actors.register(import_module("baodao.accounts.queries").ActorSource())
        sealed.register(import_module("baodao.accounts.commands.seals").SecondSteps())
        register_handovers(*import_module("baodao.accounts.commands.handovers").HANDOVERS)
        persons = import_module("baodao.accounts.commands.persons")
        register_departures(persons.AccountsOfDeparted())
        register_relations(
            PersonRelation(
                "accounts.account", gettext_noop("sign-in account"), made="created_at", moves=False
            )
        )
        register_merges(persons.AccountsMerge())
        register_words("role", {role.value: words for role, words in ROLE_NAMES.items()})
        register_words("scopes", {scope.value: words for scope, words in SCOPES.items()})
        register_words("switch", {key: switch.name for key, switch in SWITCHES.items()})
