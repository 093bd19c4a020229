"""The Django application of the slice needs."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel.errors import gettext_noop
from baodao.needs.rules import notices, policies
from baodao.needs.rules.requests import NeedSource
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.ui.facts import register_columns, register_words
from baodao.ui.hits import register_search


class NeedsConfig(AppConfig):
    name = "baodao.needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(gettext_noop("Need"), "needs.need", ("collected_at",), "need")
        register_columns(gettext_noop("Menu item"), "needs.menuitem", ("title",), "menu")
        register_kinds(*notices.NOTICES)
        register_search(import_module("baodao.needs.views.searches").NEEDS)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.needs.queries.needs").PENDING
        )
        register_policies(policies.HEADING, *policies.POLICIES)
        import_module("baodao.partnership.commands.registrations").register_contact_ender(
            import_module("baodao.needs.commands.menu").end_menu_of
        )
        register_handovers(*import_module("baodao.needs.commands.handovers").HANDOVERS)
        register_words("source", {code.value: code.words for code in NeedSource})
