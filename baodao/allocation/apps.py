"""The Django application of the slice allocation."""

from importlib import import_module

from django.apps import AppConfig

from baodao.allocation.rules import notices, papers, policies
from baodao.documents.catalogue import register_forms
from baodao.identities.rules.merges import register_merges
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.partnership.rules.askers import register_askers
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_columns


class AllocationConfig(AppConfig):
    name = "baodao.allocation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Balanced allocation"),
            "allocation.allocation",
            ("authority__name", "created_at"),
            "allocation",
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_handovers(*import_module("baodao.allocation.commands.handovers").HANDOVERS)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.allocation.queries.allocations").PENDING
        )
        import_module("baodao.insight.queries.tasks").register_tasks(
            import_module("baodao.allocation.queries.tasks").allocation_tasks
        )
        import_module("baodao.allocation.commands.proposals")
        queries = import_module("baodao.allocation.queries.allocations")
        register_askers(queries.member_askers, queries.unit_asker)
        register_merges(import_module("baodao.allocation.commands.merges").InvitationsMerge())
        register_relations(
            PersonRelation(
                "allocation.allocationline",
                gettext_noop("invitations to serve"),
                instant="invited_at",
                moves=False,
            )
        )
