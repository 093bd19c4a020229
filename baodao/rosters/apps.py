"""The Django application of the slice rosters."""

from importlib import import_module

from django.apps import AppConfig

from baodao.kernel import sealed
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.rosters.rules import policies
from baodao.vocabulary.rules.words import register_word_table


class RostersConfig(AppConfig):
    name = "baodao.rosters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_policies(policies.HEADING, *policies.POLICIES)
        sealed.refuse_while(import_module("baodao.rosters.commands.roster").check_idle)
        register_word_table(import_module("baodao.rosters.facts").WORDS)
        register_handovers(Handover("roster import"))
