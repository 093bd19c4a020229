"""The Django application of the slice registration."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.registration.rules import notices, papers, policies
from baodao.ui.facts import register_subjects, register_whom
from baodao.ui.hits import register_search


class RegistrationConfig(AppConfig):
    name = "baodao.registration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_whom(import_module("baodao.registration.queries.registrations").numbers_of)
        rows = import_module("baodao.registration.queries.registrations")
        register_subjects(gettext_noop("Letter"), rows.letter_numbers_of)
        register_forms(*papers.PAPERS)
        register_search(*import_module("baodao.registration.views.searches").SEARCHES)
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.registration.queries.registrations").PENDING
        )
        register_policies(policies.HEADING, *policies.POLICIES)
        register_handovers(*import_module("baodao.registration.commands.handovers").HANDOVERS)
        leavers = import_module("baodao.registration.commands.leavers")
        register_departures(leavers.REGISTRATIONS, leavers.PAPERS)
        for acts in ("placements", "departures"):  # what takes placing and issuing many back
            import_module(f"baodao.registration.commands.{acts}")
        register_relations(
            PersonRelation("registration.letter", gettext_noop("letters"), instant="issued_at"),
            PersonRelation(
                "registration.registration",
                gettext_noop("registrations"),
                instant="stages__since",
                branch="branch",
            ),
        )
