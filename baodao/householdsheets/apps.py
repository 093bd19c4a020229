"""The Django application of the slice householdsheets."""

from django.apps import AppConfig

from baodao.householdsheets.rules.headings import WORDS
from baodao.orgs.rules.handovers import Handover, register_handovers
from baodao.vocabulary.rules.words import register_word_table


class HouseholdsheetsConfig(AppConfig):
    name = "baodao.householdsheets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_word_table(WORDS)
        register_handovers(Handover("household import"))
