"""The Django application of the slice series."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import register_kinds
from baodao.offers.rules.acts import ListLink, register_link
from baodao.offers.rules.policies import HEADING
from baodao.orgs.rules.handovers import register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.series.rules import notices, policies
from baodao.ui.facts import register_columns


class SeriesConfig(AppConfig):
    name = "baodao.series"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_columns(gettext_noop("Series"), "series.activityseries", ("title",), "series")
        register_kinds(*notices.NOTICES)
        import_module("baodao.notices.queries.pending").register_pending(
            import_module("baodao.series.queries.series").PENDING
        )
        register_handovers(*import_module("baodao.series.commands.handovers").HANDOVERS)
        register_policies(HEADING, *policies.POLICIES)
        register_link(ListLink("series:list", gettext_noop("Series")))
