"""The Django application of the slice trials."""

from django.apps import AppConfig

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.tree import register_stories


class TrialsConfig(AppConfig):
    name = "baodao.trials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_handovers(Handover("policy trial"))
        register_stories({"policy.tried": gettext_noop("Policy tried: %(what)s, as of %(day)s")})
