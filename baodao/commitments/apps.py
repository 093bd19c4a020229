"""The Django application of the slice commitments."""

from importlib import import_module

from django.apps import AppConfig

from baodao.commitments.rules import notices, papers, policies
from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules.acts import ListLink, register_link
from baodao.orgs.rules.policies import register_policies
from baodao.ui.facts import register_columns


class CommitmentsConfig(AppConfig):
    name = "baodao.commitments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Volunteer number"),
            "commitments.commitment",
            ("registration__person__number",),
            "commitment",
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_policies(policies.HEADING, *policies.POLICIES)
        register_link(ListLink("commitments:list", gettext_noop("Commitments")))
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.commitments.queries.commitments").PENDING
        )
