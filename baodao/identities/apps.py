"""The Django application of the slice identities."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel.errors import gettext_noop
from baodao.people.rules.departures import register_departures
from baodao.people.rules.links import MembersLink, register_link


class IdentitiesConfig(AppConfig):
    name = "baodao.identities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        corrections = import_module("baodao.identities.queries.corrections").waiting_corrections
        checks = import_module("baodao.identities.queries.checks").waiting_checks
        merges = import_module("baodao.identities.queries.merges").merges
        register_link(
            MembersLink(
                "identities:corrections",
                gettext_noop("ID numbers to be confirmed"),
                lambda actor: corrections(actor).exists() or checks(actor).exists(),
            )
        )
        register_link(
            MembersLink(
                "identities:merges",
                gettext_noop("Entered twice"),
                lambda actor: merges(actor).exists(),
            )
        )
        register_departures(import_module("baodao.identities.commands.corrections").PROPOSALS)
        register_departures(import_module("baodao.identities.commands.merges").PROPOSALS)
