"""The Django application of the slice reports."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.reports.rules import notices, papers, policies
from baodao.ui.facts import register_subjects


class ReportsConfig(AppConfig):
    name = "baodao.reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_subjects(
            gettext_noop("Work report"), import_module("baodao.reports.queries.reports").labels_of
        )
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.reports.queries.reports").PENDING
        )
        register_policies(policies.HEADING, *policies.POLICIES)
        register_handovers(*import_module("baodao.reports.commands.handovers").HANDOVERS)
        import_module("baodao.insight.queries.tasks").register_tasks(
            import_module("baodao.reports.queries.rounds").overview_tasks
        )
        import_module("baodao.reports.commands.submissions")
