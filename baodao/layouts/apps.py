"""The Django application of the slice layouts."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_layouts
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_setting_page
from baodao.orgs.rules.tree import register_stories


class LayoutsConfig(AppConfig):
    name = "baodao.layouts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_layouts(import_module("baodao.layouts.queries").layout_of)
        register_handovers(Handover("word layout"))
        register_setting_page(gettext_noop("Word layouts of your papers"), "layouts:layouts")
        register_stories(
            {
                "layout.kept": gettext_noop("Word layout kept: %(form)s, %(what)s"),
                "layout.ended": gettext_noop("Word layout out of use: %(form)s, %(what)s"),
            }
        )
