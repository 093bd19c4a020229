"""The Django application of the slice committees."""

from importlib import import_module

from django.apps import AppConfig

from baodao.committees.rules import notices, papers
from baodao.documents.catalogue import register_forms
from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.orgs.rules.handovers import register_handovers
from baodao.ui.facts import register_columns


class CommitteesConfig(AppConfig):
    name = "baodao.committees"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(
            gettext_noop("Committee"), "committees.committee", ("name",), "committee", "meeting"
        )
        register_columns(
            gettext_noop("Committee"),
            "committees.committeemember",
            ("committee__name",),
            "committee",
        )
        register_columns(
            gettext_noop("Meeting"),
            "committees.meeting",
            ("committee__name", "starts_at"),
            "meeting",
        )
        register_forms(*papers.PAPERS)
        register_kinds(*notices.NOTICES)
        register_handovers(*import_module("baodao.committees.commands.handovers").HANDOVERS)
