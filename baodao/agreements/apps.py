"""The Django application of the slice agreements."""

from importlib import import_module

from django.apps import AppConfig

from baodao.agreements.rules import notices, papers, policies
from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.ui.facts import register_columns


class AgreementsConfig(AppConfig):
    name = "baodao.agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Agreement"),
            "agreements.agreement",
            ("unit__name", "community__name", "year"),
            "agreement",
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_pending = import_module("baodao.notices.queries.pending").register_pending
        for queries in ("agreements", "keeping"):
            register_pending(import_module(f"baodao.agreements.queries.{queries}").PENDING)
        register_handovers(*import_module("baodao.agreements.commands.handovers").HANDOVERS)
        import_module("baodao.partnership.commands.registrations").register_contact_ender(
            import_module("baodao.agreements.commands.agreements").end_agreements
        )
