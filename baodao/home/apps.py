"""The Django application of the slice home."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.home.rules.papers import PAPERS
from baodao.rosters.rules.sequels import register_sequel
from baodao.ui.hits import register_search


class HomeConfig(AppConfig):
    name = "baodao.home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*PAPERS)
        register_search(import_module("baodao.home.views.searches").PAPERS)
        register_sequel(import_module("baodao.home.tables.units").next_act_in)
