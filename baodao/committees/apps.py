"""The Django application of the slice committees."""

from importlib import import_module

from django.apps import AppConfig

from baodao.committees.rules import notices, papers
from baodao.documents.catalogue import register_forms
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers


class CommitteesConfig(AppConfig):
    name = "baodao.committees"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_handovers(*import_module("baodao.committees.commands.handovers").HANDOVERS)
