"""The Django application of the slice divisions."""

from importlib import import_module

from django.apps import AppConfig

from baodao.divisions.rules.rows import WORDS
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover, register_handovers, register_undone_acts
from baodao.orgs.rules.tree import register_stories, register_tree_page
from baodao.vocabulary.rules.words import register_word_table


class DivisionsConfig(AppConfig):
    name = "baodao.divisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_word_table(WORDS)
        register_handovers(Handover("division import"), Handover("table upload"))
        register_undone_acts(import_module("baodao.divisions.queries.undos").instants_undone_since)
        register_tree_page(gettext_noop("Import the division table"), "divisions:choose")
        register_stories(
            {
                "divisions.imported": gettext_noop("Places imported from the division table"),
                "divisions.undone": gettext_noop(
                    "Division table undone: everything is as it was before"
                ),
            }
        )
