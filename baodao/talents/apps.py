"""The Django application of the slice talents."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.talents.rules import notices, papers, policies
from baodao.talents.rules.talents import TalentEnding
from baodao.ui.facts import register_columns, register_words


class TalentsConfig(AppConfig):
    name = "baodao.talents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(gettext_noop("Talent"), "talents.talent", ("number",), "talent")
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        rows = import_module("baodao.talents.queries.talents")
        import_module("baodao.notices.queries.pending").register_pending(rows.PENDING)
        import_module("baodao.needs.queries.residents").register_code_page(
            import_module("baodao.talents.views.residents").page_of_code
        )
        register_handovers(*import_module("baodao.talents.commands.handovers").HANDOVERS)
        register_words("ending", {code.value: code.words for code in TalentEnding})
