"""The Django application of the slice problems."""

from importlib import import_module

from django.apps import AppConfig

from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.problems.rules import notices, papers
from baodao.ui.facts import register_columns
from baodao.ui.follow_ups import register_follow_ups


class ProblemsConfig(AppConfig):
    name = "baodao.problems"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(gettext_noop("Problem"), "problems.placeproblem", ("text",), "problem")
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        outcomes = import_module("baodao.visits.queries.visits")
        outcomes.register_outcomes(
            import_module("baodao.problems.queries.problems").problems_of_visits
        )
        register_handovers(*import_module("baodao.problems.commands.handovers").HANDOVERS)
        links = import_module("baodao.problems.views.links")
        for noun, source in links.FOLLOW_UPS.items():
            register_follow_ups(noun, source)
        import_module("baodao.needs.queries.residents").register_code_page(links.page_of_code)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.problems.queries.problems").PENDING
        )
