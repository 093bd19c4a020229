"""The Django application of the slice venues."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_columns
from baodao.venues.rules import notices, papers


class VenuesConfig(AppConfig):
    name = "baodao.venues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(gettext_noop("Places of service"), "venues.venue", ("name",), "venue")
        register_columns(
            gettext_noop("Room"), "venues.roombooking", ("room__title", "starts_at"), "room"
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        rows = import_module("baodao.venues.queries.bookings")
        import_module("baodao.notices.queries.pending").register_pending(rows.PENDING)
        import_module("baodao.needs.queries.residents").register_code_page(
            import_module("baodao.venues.views.residents").page_of_code
        )
        register_handovers(*import_module("baodao.venues.commands.handovers").HANDOVERS)
        register_relations(
            PersonRelation("venues.roombooking", gettext_noop("booked a room"), instant="booked_at")
        )
