"""The Django application of the slice claims."""

from importlib import import_module

from django.apps import AppConfig

from baodao.claims.rules import notices, papers, policies
from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules.policies import HEADING
from baodao.orgs.rules.handovers import register_aftermath, register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.teams.rules.departures import register_team_departures
from baodao.ui.facts import register_whom


class ClaimsConfig(AppConfig):
    name = "baodao.claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_whom(import_module("baodao.claims.queries.claims").numbers_of)
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.claims.queries.claims").PENDING
        )
        register_policies(HEADING, *policies.POLICIES)
        import_module("baodao.claims.commands.offers")  # registers itself; it needs the models
        register_handovers(*import_module("baodao.claims.commands.handovers").HANDOVERS)
        import_module("baodao.claims.commands.reversals")  # the same
        leavers = import_module("baodao.claims.commands.leavers")
        register_departures(leavers.ClaimsOfDeparted())
        register_aftermath(leavers.ClaimsOutOfReach())
        import_module("baodao.statements.commands.statements").register_consequence(
            import_module("baodao.claims.commands.late_services").finish_stated
        )
        register_team_departures(import_module("baodao.claims.commands.claims").end_seats_of_team)
        register_relations(
            PersonRelation(
                "claims.claim", gettext_noop("claims"), instant="claimed_at", branch="branch"
            ),
            PersonRelation(
                "claims.seat", gettext_noop("places in claims"), instant="since", branch="branch"
            ),
        )
