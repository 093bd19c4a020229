"""The Django application of the slice honours."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.honours.rules import notices, papers, policies
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.ui.facts import register_columns


class HonoursConfig(AppConfig):
    name = "baodao.honours"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Honours and appraisal"),
            "honours.honourround",
            ("organisation__name", "period_text"),
            "honour",
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_handovers(*import_module("baodao.honours.commands.handovers").HANDOVERS)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.honours.queries.votes").PENDING
        )
