"""The Django application of the slice orders."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules.acts import (
    ListLink,
    OfferPanel,
    register_act,
    register_link,
    register_panel,
)
from baodao.orders.rules import notices, papers, policies, stages
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies


class OrdersConfig(AppConfig):
    name = "baodao.orders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.orders.queries.whistles").PENDING
        )
        register_handovers(*import_module("baodao.orders.commands.handovers").HANDOVERS)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_act(stages.SENDING)
        on_offer = import_module("baodao.orders.queries.whistles").whistles_on
        register_panel(OfferPanel("orders/offer_whistles.html", on_offer))
        register_link(ListLink("orders:list", gettext_noop("Orders")))
        register_link(ListLink("orders:whistles", gettext_noop("Whistles")))
