"""The Django application of the slice offers."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules import notices, policies
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.ui.facts import register_subjects
from baodao.ui.hits import register_search


class OffersConfig(AppConfig):
    name = "baodao.offers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_search(import_module("baodao.offers.views.searches").OFFERS)
        register_kinds(*notices.NOTICES)
        register_subjects(
            gettext_noop("Service offered"),
            import_module("baodao.offers.queries.offers").titles_of,
        )
        pending = import_module("baodao.notices.queries.pending")
        pending.register_pending(import_module("baodao.offers.queries.offers").PENDING)
        register_policies(policies.HEADING, *policies.POLICIES)
        import_module("baodao.offers.commands.answers")  # registers itself; it needs the models
        register_handovers(*import_module("baodao.offers.commands.handovers").HANDOVERS)
