"""The Django application of the slice resources."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.resources.rules import notices, papers, policies
from baodao.ui.facts import register_columns


class ResourcesConfig(AppConfig):
    name = "baodao.resources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(gettext_noop("Resource"), "resources.resource", ("title",), "resource")
        register_columns(gettext_noop("Project"), "resources.project", ("title",), "project")
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.resources.queries.claims").PENDING
        )
        register_handovers(*import_module("baodao.resources.commands.handovers").HANDOVERS)
        import_module("baodao.partnership.commands.registrations").register_contact_ender(
            import_module("baodao.resources.commands.claims").end_contact
        )
