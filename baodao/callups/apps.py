"""The Django application of the slice callups."""

from importlib import import_module

from django.apps import AppConfig

from baodao.callups.rules import notices, papers
from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_columns


class CallupsConfig(AppConfig):
    name = "baodao.callups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(gettext_noop("Call-up"), "callups.callup", ("title",), "callup")
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        rows = import_module("baodao.callups.queries.callups")
        import_module("baodao.notices.queries.pending").register_pending(rows.PENDING)
        attended = import_module("baodao.attendance.queries.check_ins")
        attended.register_requirement(rows.requires_check_in)
        register_handovers(*import_module("baodao.callups.commands.handovers").HANDOVERS)
        register_relations(
            PersonRelation(
                "callups.summons", gettext_noop("call-ups"), instant="called_at", branch="branch"
            )
        )
