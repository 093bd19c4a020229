"""The Django application of the slice notices."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel import health
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import OWN_KINDS, register_kinds
from baodao.notices.rules.organisations import NOTICES
from baodao.notices.rules.policies import HEADING, POLICIES
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations


class NoticesConfig(AppConfig):
    name = "baodao.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_kinds(*NOTICES, *OWN_KINDS)
        register_policies(HEADING, *POLICIES)
        health.register(*import_module("baodao.notices.checks").CHECKS)
        register_handovers(*import_module("baodao.notices.commands.handovers").HANDOVERS)
        register_departures(import_module("baodao.notices.commands.handovers").let_go)
        register_relations(PersonRelation("notices.notice", gettext_noop("notices")))
