"""The Django application of the slice alliance."""

from importlib import import_module

from django.apps import AppConfig

from baodao.alliance.rules import notices, papers
from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_columns, register_subjects


class AllianceConfig(AppConfig):
    name = "baodao.alliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_subjects(
            gettext_noop("Convenience alliance"),
            import_module("baodao.alliance.queries.alliance").names_of,
            "alliance",
        )
        register_columns(
            gettext_noop("Convenience alliance"),
            "alliance.allianceservice",
            ("title",),
            "alliance",
        )
        register_columns(
            gettext_noop("Appointments"),
            "alliance.appointment",
            ("service__title", "starts_at"),
            "appointment",
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        rows = import_module("baodao.alliance.queries.appointments")
        import_module("baodao.notices.queries.pending").register_pending(rows.PENDING)
        import_module("baodao.needs.queries.residents").register_code_page(
            import_module("baodao.alliance.views.residents").page_of_code
        )
        register_handovers(*import_module("baodao.alliance.commands.handovers").HANDOVERS)
        register_relations(
            PersonRelation(
                "alliance.alliancemember", gettext_noop("offers to neighbours"), instant="joined_at"
            )
        )
