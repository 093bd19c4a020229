"""The Django application of the slice statements."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.statements.rules import notices, papers, policies
from baodao.ui.facts import register_whom


class StatementsConfig(AppConfig):
    name = "baodao.statements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_whom(import_module("baodao.statements.queries.statements").numbers_of)
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.statements.queries.disputes").PENDING
        )
        register_policies(policies.HEADING, *policies.POLICIES)
        leavers = import_module("baodao.statements.commands.leavers")
        register_departures(leavers.STATEMENTS, leavers.DISPUTES)
        register_relations(
            PersonRelation(
                "statements.statement", gettext_noop("own statements"), instant="stated_at"
            ),
            PersonRelation("statements.dispute", gettext_noop("objections"), instant="raised_at"),
            PersonRelation(
                "statements.recordsheet", gettext_noop("record sheets"), instant="issued_at"
            ),
        )
        register_handovers(
            Handover("record sheet", words=gettext_noop("record sheets")),
            *import_module("baodao.statements.commands.handovers").HANDOVERS,
        )
