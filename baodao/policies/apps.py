"""The Django application of the slice policies."""

from django.apps import AppConfig

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_setting_page
from baodao.orgs.rules.tree import register_stories


class PoliciesConfig(AppConfig):
    name = "baodao.policies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_handovers(Handover("policy document"))
        register_setting_page(gettext_noop("Policies"), "policies:library", Permission.POLICY_READ)
        register_stories(
            {
                "policy.saved": gettext_noop("Policy saved: %(what)s, version %(version)s"),
                "policy.ended": gettext_noop("Policy out of use: %(what)s"),
            }
        )
