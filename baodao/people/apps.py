"""The Django application of the slice people."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.facts import FACTS
from baodao.people.rules import papers, policies
from baodao.people.rules.departures import register_departures
from baodao.ui.facts import register_whom, register_words
from baodao.ui.guards import register_number_guard
from baodao.ui.hits import register_search


class PeopleConfig(AppConfig):
    name = "baodao.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_whom(import_module("baodao.people.queries.members").numbers_of)
        register_forms(*papers.PAPERS)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_policies(policies.CHOICES, *policies.MORE_CHOICES)
        searches = import_module("baodao.people.views.searches")
        register_number_guard(searches.PeopleGuard())
        register_search(searches.MEMBERS)
        register_handovers(*import_module("baodao.people.commands.handovers").HANDOVERS)
        register_departures(import_module("baodao.people.commands.leavers").TRANSFERS)
        register_words("fields", {fact.name: fact.label for fact in FACTS})
