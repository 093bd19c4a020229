"""The Django application of the slice offers."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules import notices, papers, policies
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.hits import register_search


class OffersConfig(AppConfig):
    name = "baodao.offers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_search(import_module("baodao.offers.views.searches").OFFERS)
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.offers.queries.claims").PENDING
        )
        register_policies(policies.HEADING, *policies.POLICIES)
        import_module("baodao.offers.commands.answers")  # registers itself; it needs the models
        register_handovers(*import_module("baodao.offers.commands.handovers").HANDOVERS)
        register_departures(import_module("baodao.offers.commands.leavers").let_go)
        register_relations(
            PersonRelation("offers.claim", gettext_noop("claims")),
            PersonRelation("offers.seat", gettext_noop("places in claims")),
        )
