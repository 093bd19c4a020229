"""The Django application of the slice gatherings."""

from importlib import import_module

from django.apps import AppConfig

from baodao.gatherings.rules import notices
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.ui.facts import register_columns


class GatheringsConfig(AppConfig):
    name = "baodao.gatherings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Organisational life"), "gatherings.gathering", ("title",), "gathering"
        )
        register_columns(
            gettext_noop("Study material"), "gatherings.studymaterial", ("title",), "material"
        )
        register_kinds(*notices.NOTICES)
        register_handovers(*import_module("baodao.gatherings.commands.handovers").HANDOVERS)
