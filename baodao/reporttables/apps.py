"""The Django application of the slice reporttables."""

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_policies, register_setting_page
from baodao.orgs.rules.tree import register_stories
from baodao.reporttables.rules import papers, policies


class ReportTablesConfig(AppConfig):
    name = "baodao.reporttables"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_handovers(Handover("own report table"))
        register_setting_page(gettext_noop("Tables of your own"), "reporttables:own_tables")
        register_stories(
            {
                "own-table.kept": gettext_noop("Own table kept: %(what)s, version %(version)s"),
                "own-table.ended": gettext_noop("Own table out of use: %(what)s"),
            }
        )
