"""The Django application of the slice helpgroups."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.helpgroups.rules import notices, papers
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_whom


class HelpGroupsConfig(AppConfig):
    name = "baodao.helpgroups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        rows = import_module("baodao.helpgroups.queries.groups")
        helps = import_module("baodao.helpgroups.queries.helps")
        register_whom(helps.numbers_of)
        import_module("baodao.notices.queries.pending").register_pending(rows.PENDING)
        measures = import_module("baodao.helpgroups.queries.measures")
        import_module("baodao.notices.queries.pending").register_pending(measures.PENDING)
        import_module("baodao.residents.queries.files").register_stories(helps.household_stories)
        handovers = import_module("baodao.helpgroups.commands.handovers")
        register_handovers(*handovers.HANDOVERS)
        register_departures(handovers.DEPARTURES)
        register_relations(
            PersonRelation(
                "helpgroups.groupaide", gettext_noop("help groups"), instant="joined_at"
            ),
            PersonRelation(
                "helpgroups.measuredoer", gettext_noop("support measures"), instant="named_at"
            ),
        )
