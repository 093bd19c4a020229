"""The Django application of the slice visits."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_whom
from baodao.visits.rules import notices, papers, policies


class VisitsConfig(AppConfig):
    name = "baodao.visits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        rows = import_module("baodao.visits.queries.contacts")
        register_whom(rows.numbers_of)
        import_module("baodao.notices.queries.pending").register_pending(rows.PENDING)
        import_module("baodao.residents.queries.entries").register_entries(rows.entries_of_contacts)
        import_module("baodao.needs.queries.answers").register_visits(
            import_module("baodao.visits.queries.visits").visit_behind
        )
        import_module("baodao.residents.queries.files").register_stories(
            import_module("baodao.visits.queries.households").household_stories
        )
        handovers = import_module("baodao.visits.commands.handovers")
        register_handovers(*handovers.HANDOVERS)
        register_departures(handovers.DEPARTURES)
        register_relations(
            PersonRelation(
                "visits.contactpoint", gettext_noop("contact points"), instant="assigned_at"
            ),
            PersonRelation(
                "visits.contactvisit",
                gettext_noop("visits of contact cadres"),
                instant="noted_at",
                branch="branch",
            ),
        )
