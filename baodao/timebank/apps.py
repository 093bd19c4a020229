"""The Django application of the slice timebank."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel import health
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.timebank.rules import notices, papers, policies
from baodao.timebank.rules.accounts import AccountEnding, KinRelation
from baodao.ui.facts import register_columns, register_words
from baodao.ui.follow_ups import register_follow_ups


class TimebankConfig(AppConfig):
    name = "baodao.timebank"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Time bank"),
            "timebank.timeaccount",
            ("name", "person__number", "talent__number"),
            "time",
        )
        register_columns(
            gettext_noop("Time bank"),
            "timebank.timeorder",
            ("account__name", "account__person__number", "account__talent__number"),
            "time",
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        rows = import_module("baodao.timebank.queries.orders")
        import_module("baodao.notices.queries.pending").register_pending(rows.PENDING)
        register_handovers(*import_module("baodao.timebank.commands.handovers").HANDOVERS)
        health.register(*import_module("baodao.timebank.checks").CHECKS)
        links = import_module("baodao.timebank.views.residents")
        register_follow_ups("talent", links.accounts_of_talents)
        register_words("kin_relation", {code.value: code.words for code in KinRelation})
        register_words("account_ending", {code.value: code.words for code in AccountEnding})
        register_relations(
            PersonRelation(
                "timebank.timeaccount",
                gettext_noop("accounts of the time bank"),
                instant="opened_at",
            )
        )
