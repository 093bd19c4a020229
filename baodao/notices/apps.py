"""The Django application of the slice notices."""

from importlib import import_module

from django.apps import AppConfig

from baodao.identities.rules.checks import register_identity_tellers
from baodao.kernel import health
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules import identities, organisations, transfers
from baodao.notices.rules.catalogue import OWN_KINDS, Topic, register_kinds
from baodao.notices.rules.policies import HEADING, POLICIES
from baodao.orgs.rules.handovers import register_handovers, register_restoration_teller
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.departures import register_departures
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.people.rules.transfers import register_tellers
from baodao.ui.facts import register_columns, register_words


class NoticesConfig(AppConfig):
    name = "baodao.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Complaints and suggestions"),
            "notices.complaint",
            ("created_at",),
            "complaint",
        )
        register_kinds(*organisations.NOTICES, *transfers.NOTICES, *identities.NOTICES, *OWN_KINDS)
        pending = import_module("baodao.notices.queries.pending")
        pending.register_pending(pending.OWN_PENDING)
        register_policies(HEADING, *POLICIES)
        health.register(*import_module("baodao.notices.checks").CHECKS)
        handovers = import_module("baodao.notices.commands.handovers")
        register_handovers(*handovers.HANDOVERS)
        register_restoration_teller(handovers.tell_restored)
        register_departures(handovers.UNREAD, handovers.Unsent())
        register_tellers(import_module("baodao.notices.commands.transfers").tell)
        register_identity_tellers(import_module("baodao.notices.commands.identities").tell)
        register_relations(
            PersonRelation("notices.notice", gettext_noop("notices"), instant="created_at")
        )
        register_words("topics", {topic.value: topic.words for topic in Topic})
