"""The Django application of the slice timesheets."""

from django.apps import AppConfig

from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.orgs.rules.policies import register_policies
from baodao.timesheets.rules import policies
from baodao.timesheets.rules.headings import WORDS
from baodao.vocabulary.rules.words import register_word_table


class TimesheetsConfig(AppConfig):
    name = "baodao.timesheets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_policies(policies.HEADING, *policies.POLICIES)
        register_word_table(WORDS)
        register_handovers(Handover("record import"))
