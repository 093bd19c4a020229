"""The Django application of the slice opinions."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.opinions.rules import notices, papers
from baodao.orgs.rules.handovers import register_handovers
from baodao.ui.facts import register_columns


class OpinionsConfig(AppConfig):
    name = "baodao.opinions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Opinions"),
            "opinions.opinionround",
            ("asker__name", "period_text"),
            "opinion",
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_handovers(*import_module("baodao.opinions.commands.handovers").HANDOVERS)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.opinions.queries.rounds").PENDING
        )
