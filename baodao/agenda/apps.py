"""The Django application of the slice agenda."""

from importlib import import_module

from django.apps import AppConfig

from baodao.agenda.rules import notices, papers, policies
from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.ledger.queries.known_services import register_known
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules.acts import ListLink, register_link
from baodao.offers.rules.policies import HEADING
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.ui.hits import register_search


class AgendaConfig(AppConfig):
    name = "baodao.agenda"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        pending = import_module("baodao.notices.queries.pending")
        for name in ("candidates", "openings"):
            pending.register_pending(import_module(f"baodao.agenda.queries.{name}").PENDING)
        register_search(*import_module("baodao.agenda.views.searches").SERVICES)
        register_policies(HEADING, *policies.POLICIES)
        register_known(import_module("baodao.agenda.queries.claims").known)
        register_link(ListLink("agenda:month", gettext_noop("Calendar of the month")))
        register_handovers(*import_module("baodao.agenda.commands.handovers").HANDOVERS)
