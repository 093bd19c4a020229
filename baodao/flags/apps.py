"""The Django application of the slice flags."""

from importlib import import_module

from django.apps import AppConfig

from baodao.flags.rules import notices
from baodao.identities.rules.merges import register_merges
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers


class FlagsConfig(AppConfig):
    name = "baodao.flags"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_kinds(*notices.NOTICES)
        register_handovers(*import_module("baodao.flags.commands.handovers").HANDOVERS)
        register_merges(import_module("baodao.flags.commands.merges").FlagsMerge())
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.flags.queries.flags").PENDING
        )
