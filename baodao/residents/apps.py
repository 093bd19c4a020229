"""The Django application of the slice residents."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.residents.rules import papers, policies


class ResidentsConfig(AppConfig):
    name = "baodao.residents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_handovers(*import_module("baodao.residents.commands.handovers").HANDOVERS)
        files = import_module("baodao.residents.queries.files")
        import_module("baodao.residents.queries.entries").register_entries(files.entries_of_files)
