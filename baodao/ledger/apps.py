"""The Django application of the slice ledger."""

from importlib import import_module

from django.apps import AppConfig

from baodao.identities.rules.merges import register_merges
from baodao.kernel import health
from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules import notices, policies
from baodao.ledger.rules.records import Origin
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_whom, register_words


class LedgerConfig(AppConfig):
    name = "baodao.ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_kinds(*notices.NOTICES)
        register_whom(import_module("baodao.ledger.queries.records").numbers_of)
        register_policies(policies.HEADING, *policies.POLICIES)
        health.register(*import_module("baodao.ledger.checks").CHECKS)
        register_relations(
            PersonRelation(
                "ledger.servicerecord",
                gettext_noop("service records"),
                instant="recorded_at",
                branch="branch",
                moves=False,
            )
        )
        register_merges(import_module("baodao.ledger.commands.merges").RecordsMerge())
        register_handovers(
            Handover("chain head"),
            Handover("seal"),
            Handover("service record", words=gettext_noop("service records")),
        )
        register_words("origin", {code.value: code.words for code in Origin})
