"""The Django application of the slice orgs."""

from importlib import import_module

from django.apps import AppConfig

from baodao.orgs.rules.handovers import register_handovers, register_undone_acts
from baodao.orgs.rules.tree import Kind
from baodao.ui.facts import register_words
from baodao.ui.hits import register_search


class OrgsConfig(AppConfig):
    name = "baodao.orgs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_search(import_module("baodao.orgs.views.searches").ORGANISATIONS)
        register_handovers(*import_module("baodao.orgs.commands.handovers").HANDOVERS)
        register_undone_acts(
            import_module("baodao.orgs.queries.reorganisations").instants_undone_since
        )
        register_words("kind", {kind.value: kind.words for kind in Kind})
