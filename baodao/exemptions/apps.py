"""The Django application of the slice exemptions."""

from importlib import import_module

from django.apps import AppConfig

from baodao.exemptions.rules import notices
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_columns


class ExemptionsConfig(AppConfig):
    name = "baodao.exemptions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Volunteer number"),
            "exemptions.exemption",
            ("person__number",),
            "exemption",
        )
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.exemptions.queries").PENDING
        )
        register_departures(import_module("baodao.exemptions.commands").DEPARTURES)
        register_relations(
            PersonRelation(
                "exemptions.exemption",
                gettext_noop("exemptions and delays"),
                instant="requested_at",
                branch="branch",
            )
        )
        register_handovers(Handover("exemption", words=gettext_noop("exemptions")))
