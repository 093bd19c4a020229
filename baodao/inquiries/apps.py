"""The Django application of the slice inquiries."""

from importlib import import_module

from django.apps import AppConfig

from baodao.inquiries.rules import notices, policies
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.ui.facts import register_columns


class InquiriesConfig(AppConfig):
    name = "baodao.inquiries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Requests for reports"), "inquiries.reportrequest", ("title",), "request"
        )
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        requests = import_module("baodao.inquiries.queries.requests")
        import_module("baodao.notices.queries.pending").register_pending(requests.PENDING)
        register_handovers(*import_module("baodao.inquiries.commands.handovers").HANDOVERS)
        import_module("baodao.insight.queries.tasks").register_tasks(
            import_module("baodao.inquiries.queries.tasks").request_tasks
        )
        import_module("baodao.reports.queries.occasions").register_occasions(
            import_module("baodao.inquiries.tables.requests").occasion
        )
