"""The Django application of the slice appraisal."""

from importlib import import_module

from django.apps import AppConfig

from baodao.appraisal.rules import notices, papers, policies
from baodao.documents.catalogue import register_forms
from baodao.identities.rules.merges import register_merges
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.people.rules.relations import PersonRelation, register_relations
from baodao.ui.facts import register_subjects, register_whom


class AppraisalConfig(AppConfig):
    name = "baodao.appraisal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.appraisal.queries.cards").PENDING
        )
        rows = import_module("baodao.appraisal.queries.cards")
        register_whom(rows.numbers_of)
        register_subjects(gettext_noop("Feedback card"), rows.labels_of)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_relations(
            PersonRelation(
                "appraisal.feedbackcard",
                gettext_noop("feedback cards"),
                instant="as_of",
                branch="branch",
            )
        )
        import_module("baodao.appraisal.commands.opinions")  # registers itself; it needs the models
        register_merges(import_module("baodao.appraisal.commands.merges").CardsMerge())
        register_handovers(*import_module("baodao.appraisal.commands.handovers").HANDOVERS)
