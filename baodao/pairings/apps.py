"""The Django application of the slice pairings."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules.acts import ListLink, register_act, register_link
from baodao.orgs.rules.policies import register_policies
from baodao.pairings.rules import notices, pairings, papers, policies


class PairingsConfig(AppConfig):
    name = "baodao.pairings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_act(pairings.PAIRING_PAGE)
        register_link(ListLink("pairings:list", gettext_noop("Pairings")))
        rows = import_module("baodao.pairings.queries.pairings")
        entries = import_module("baodao.residents.queries.entries")
        households = import_module("baodao.pairings.queries.households")
        entries.register_entries(households.entries_of_pairings)
        entries.register_bars(households.offered_for)
        import_module("baodao.residents.commands.entries").register_withdrawals(
            import_module("baodao.pairings.commands.households").withdraw_untaken
        )
        import_module("baodao.residents.queries.files").register_stories(
            import_module("baodao.pairings.queries.stories").household_stories
        )
        import_module("baodao.notices.queries.pending").register_pending(rows.PENDING)
        import_module("baodao.offers.queries.names").register_names(rows.names_of)
